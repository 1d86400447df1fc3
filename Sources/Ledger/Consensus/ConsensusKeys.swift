// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Signing and checking of consensus statements, apart from the rules of the consensus.
///
/// The chain's own keys are ``RegisteredKeys``. A simulator may put a keyed hash in their place,
/// because the rules never look into a signature.
public protocol ConsensusKeys: Sendable {
    /// Signs as the node's own member.
    ///
    /// The same statement gets the same signature again, or another valid one.
    func sign(_ statement: ConsensusStatement) -> [UInt8]

    /// Whether `signature` is `member`'s signature of `statement`.
    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool
}

/// Ed25519 keys of registered members.
public struct RegisteredKeys: ConsensusKeys {
    private let identity: SigningIdentity
    private let registry: MemberRegistry
    private let domain: Domain

    /// The keys of a node that signs as `identity` on the chain of `registry`.
    public init(_ identity: SigningIdentity, registry: MemberRegistry) {
        self.identity = identity
        self.registry = registry
        domain = LedgerDomain.consensusStatement(registry.chainID)
    }

    /// Signs as `identity`; empty, so never valid, where swift-crypto fails.
    public func sign(_ statement: ConsensusStatement) -> [UInt8] {
        (try? identity.sign(statement.bytes, in: domain))?.bytes ?? []
    }

    /// Whether a registered member signed the statement.
    public func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        guard let registered = registry.member(at: member), signature.count == 64 else {
            return false
        }
        return registered.identity.isValid(
            Signature(unchecked: signature), of: statement.bytes, in: domain)
    }
}

extension Address {
    /// An address that no key belongs to, for simulations.
    ///
    /// - Precondition: 20 bytes.
    package init(simulatedBytes bytes: [UInt8]) {
        precondition(bytes.count == 20, "an address has 20 bytes, not \(bytes.count)")
        self.init(unchecked: bytes)
    }
}
