// SPDX-License-Identifier: Apache-2.0

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

/// Keys of registered members.
public struct RegisteredKeys: ConsensusKeys {
    private let identity: SigningIdentity
    private let registry: MemberRegistry

    /// The keys of a node that signs as `identity` on the chain of `registry`.
    public init(_ identity: SigningIdentity, registry: MemberRegistry) {
        self.identity = identity
        self.registry = registry
    }

    /// Signs as `identity`; empty, so never valid, where swift-crypto fails.
    public func sign(_ statement: ConsensusStatement) -> [UInt8] {
        identity.sign(statement, chainID: registry.chainID)
    }

    /// Whether a registered member signed the statement.
    public func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        registry.member(at: member)?.identity.isValid(
            signature, of: statement, chainID: registry.chainID) ?? false
    }
}

extension SigningIdentity {
    /// Signs a statement on a chain; empty, so never valid, where swift-crypto fails.
    func sign(_ statement: ConsensusStatement, chainID: LedgerDigest) -> [UInt8] {
        (try? sign(statement.bytes, in: LedgerDomain.consensusStatement(chainID)))?.bytes ?? []
    }
}

extension PublicIdentity {
    /// Whether `signature` is this key's signature of a statement on a chain.
    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, chainID: LedgerDigest
    ) -> Bool {
        isValid(
            Signature(unchecked: signature), of: statement.bytes,
            in: LedgerDomain.consensusStatement(chainID))
    }
}
