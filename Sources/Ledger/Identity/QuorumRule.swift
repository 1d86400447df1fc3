// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// How many of the registered banks must sign a block.
///
/// The denominator is always every registered bank, never only those that answered, so that two
/// halves of a split network can never both reach it: `2 * signed > registered`.
public enum QuorumRule: Hashable, Sendable {
    /// Strictly more than half: `n / 2 + 1`. Tolerates crashed banks, but with an odd number of
    /// banks not one that signs two blocks; such a bank is always caught by its signatures.
    case majority
    /// `ceil((n + floor((n - 1) / 3) + 1) / 2)`: safe with a third of the banks malicious.
    case bft
    /// A fixed number of banks, more than half of them.
    case explicit(Int)

    /// The number of signatures needed among `bankCount` registered banks.
    ///
    /// - Throws: ``LedgerError`` with `invalidQuorum` where there is no bank, or an explicit
    ///   number is not in `n / 2 + 1 ... n`.
    public func threshold(bankCount: Int) throws(LedgerError) -> Int {
        guard bankCount > 0 else { throw LedgerError(.invalidQuorum, "there is no bank") }
        switch self {
        case .majority: return bankCount / 2 + 1
        case .bft: return (bankCount + (bankCount - 1) / 3 + 2) / 2
        case .explicit(let count):
            guard (bankCount / 2 + 1...bankCount).contains(count) else {
                throw LedgerError(
                    .invalidQuorum,
                    "\(count) is no strict majority of \(bankCount) banks: "
                        + "\(bankCount / 2 + 1) to \(bankCount) are allowed")
            }
            return count
        }
    }
}

extension QuorumRule: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .majority: encoder.encode(UInt8(1))
        case .bft: encoder.encode(UInt8(2))
        case .explicit(let count):
            encoder.encode(UInt8(3))
            encoder.encode(UInt32(clamping: count))
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .majority
        case 2: self = .bft
        case 3: self = .explicit(Int(try decoder.decodeUInt32()))
        case let tag: throw decoder.error("\(tag) is no quorum rule")
        }
    }
}
