// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A bank's signed vote in one view.
public struct BlockVote: Hashable, Sendable {
    /// What a vote says.
    ///
    /// Blocks are certified here by one round of `finalize` votes. The other kinds have their
    /// numbers and their rules of contradiction already, for the two-phase protocol.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// The block is a valid candidate of this view.
        case notarize = 1
        /// This view shall pass without a block.
        case nullify = 2
        /// The block is final.
        case finalize = 3
    }

    /// What the vote says.
    public let kind: Kind
    /// The height voted on.
    public let height: UInt64
    /// The view voted in.
    public let view: UInt64
    /// The block voted for; the parent's hash in a `nullify` vote.
    public let blockHash: LedgerDigest
    /// The voting bank.
    public let bank: Address
    /// The bank's signature over all of the above and the chain id.
    public let signature: Signature

    /// Signs a vote on the block with `header`.
    ///
    /// This only signs; ``Voter`` is what checks a block and never votes twice.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public init(
        _ kind: Kind = .finalize, on header: BlockHeader, signedBy identity: SigningIdentity
    ) throws(LedgerError) {
        self.kind = kind
        height = header.height
        view = header.view
        blockHash = kind == .nullify ? header.previousHash : header.hash
        bank = identity.address(chainID: header.chainID)
        signature = try identity.sign(
            Self.content(kind, height, view, blockHash, bank),
            in: LedgerDomain.blockVote(header.chainID))
    }

    init(
        kind: Kind, height: UInt64, view: UInt64, blockHash: LedgerDigest, bank: Address,
        signature: Signature
    ) {
        self.kind = kind
        self.height = height
        self.view = view
        self.blockHash = blockHash
        self.bank = bank
        self.signature = signature
    }

    /// Refuses a voter that is no registered bank, and a wrong signature.
    public func verify(_ registry: MemberRegistry) throws(LedgerError) {
        do throws(LedgerError) {
            let member = try registry.require(bank, in: [.bank], to: "vote on blocks")
            guard
                member.identity.isValid(
                    signature, of: Self.content(kind, height, view, blockHash, bank),
                    in: LedgerDomain.blockVote(registry.chainID))
            else {
                throw LedgerError(
                    .badSignature,
                    "the vote for \(blockHash) is not signed by \(bank) "
                        + "('\(member.name)')")
            }
        } catch {
            throw error.at(height)
        }
    }

    /// Whether no correct bank signs both: two candidates or two final blocks of one view, or a
    /// final block of a view that shall pass without one.
    public func contradicts(_ other: BlockVote) -> Bool {
        guard bank == other.bank, view == other.view else { return false }
        switch (kind, other.kind) {
        case (.notarize, .notarize), (.finalize, .finalize):
            return blockHash != other.blockHash || height != other.height
        case (.finalize, .nullify), (.nullify, .finalize): return true
        default: return false
        }
    }

    private static func content(
        _ kind: Kind, _ height: UInt64, _ view: UInt64, _ blockHash: LedgerDigest, _ bank: Address
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(kind.rawValue)
        encoder.encode(height)
        encoder.encode(view)
        encoder.encode(blockHash)
        encoder.encode(bank)
        return encoder.bytes
    }
}
