// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Work that a sender does for a place in a pool: hard to find, checked with one hash.
///
/// Paper 004 (section III-C) takes proof of work for the consensus; here it only keeps floods out,
/// and the banks' votes decide. A stamp of d bits takes 2^d hashes on average. It belongs to one
/// transaction and to one of the last blocks, so none can be made in advance.
public struct AdmissionStamp: Hashable, Sendable {
    /// For how many blocks a stamp is good, its own included.
    public static let validity: UInt64 = 16

    /// The height of the block that it refers to.
    public let height: UInt64
    /// The number that makes the hash begin with zeros.
    public let counter: UInt64

    /// A stamp from elsewhere, which the pool judges.
    public init(height: UInt64, counter: UInt64) {
        self.height = height
        self.counter = counter
    }

    /// Searches for a stamp on a transaction, on top of `state`'s head.
    ///
    /// - Precondition: `bits` is in `0 ... 32`.
    /// - Complexity: 2^bits hashes on average.
    public init(for transaction: LedgerDigest, after state: ChainState, bits: Int) {
        precondition((0...32).contains(bits), "\(bits) bits")
        height = state.height
        var counter: UInt64 = 0
        while Self.zeroBits(transaction, state.headHash, counter, state.chainID) < bits {
            counter += 1
        }
        self.counter = counter
    }

    /// Refuses a stamp with too few zeros.
    ///
    /// - Parameter block: the hash of the block at ``height``.
    /// - Throws: ``LedgerError`` with `missingStamp`.
    /// - Complexity: one hash.
    public func verify(
        for transaction: LedgerDigest, block: LedgerDigest, bits: Int, chainID: LedgerDigest
    ) throws(LedgerError) {
        let zeros = Self.zeroBits(transaction, block, counter, chainID)
        guard zeros >= bits else {
            throw LedgerError(
                .missingStamp, "the stamp on \(transaction) has \(zeros) of \(bits) bits")
        }
    }

    private static func zeroBits(
        _ transaction: LedgerDigest, _ block: LedgerDigest, _ counter: UInt64,
        _ chainID: LedgerDigest
    ) -> Int {
        var encoder = CanonicalEncoder()
        encoder.encode(transaction)
        encoder.encode(block)
        encoder.encode(counter)
        let hash = LedgerDigest(LedgerDomain.admission(chainID), encoder.bytes).bytes
        let zeroBytes = hash.prefix { $0 == 0 }.count
        return 8 * zeroBytes + (zeroBytes < hash.count ? hash[zeroBytes].leadingZeroBitCount : 0)
    }
}
