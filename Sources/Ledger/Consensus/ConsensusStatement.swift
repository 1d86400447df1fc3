// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a signature of the consensus says: who signs it has said exactly this, on this chain.
public struct ConsensusStatement: Hashable, Sendable {
    /// The kinds of statement; no signature of one is valid as another.
    public enum Role: UInt8, Sendable, Hashable, CaseIterable {
        /// A bank: this block is a valid candidate of the view.
        case notarize = 1
        /// A bank: this view shall pass without a block.
        case nullify = 2
        /// A bank: this block is final, and I never wished the view to pass without it.
        case finalize = 3
        /// A bureau: this is my block of the view.
        case propose = 4
    }

    /// What is said.
    public let role: Role
    /// The epoch, whose voters and bureaus are meant.
    public let epoch: UInt64
    /// The view of the epoch.
    public let view: UInt64
    /// The block; 32 zero bytes in a `nullify` statement.
    public let digest: LedgerDigest

    /// A statement about `digest`.
    public init(_ role: Role, epoch: UInt64, view: UInt64, digest: LedgerDigest) {
        self.role = role
        self.epoch = epoch
        self.view = view
        self.digest = digest
    }

    /// The statement that a view shall pass without a block.
    public static func nullify(epoch: UInt64, view: UInt64) -> ConsensusStatement {
        ConsensusStatement(.nullify, epoch: epoch, view: view, digest: .zero)
    }

    /// The 49 bytes that are signed, behind the domain of the chain.
    public var bytes: [UInt8] {
        var encoder = CanonicalEncoder()
        encode(to: &encoder)
        return encoder.bytes
    }
}

extension ConsensusStatement: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(role.rawValue)
        encoder.encode(epoch)
        encoder.encode(view)
        encoder.encode(digest)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        guard let role = Role(rawValue: tag) else { throw decoder.error("\(tag) is no statement") }
        self.role = role
        epoch = try decoder.decodeUInt64()
        view = try decoder.decodeUInt64()
        digest = try LedgerDigest(from: &decoder)
    }
}

extension LedgerDigest {
    /// 32 zero bytes: the digest of nothing.
    package static let zero = LedgerDigest(unchecked: [UInt8](repeating: 0, count: 32))
}
