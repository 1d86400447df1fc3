// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Which rows each tree of a forest is grown on.
///
/// Rows are drawn evenly among those of positive weight, and keep their weight.
public enum RowSampling: Codable, Hashable, Sendable {
    /// All of them.
    case all
    /// As many draws with replacement as this share of the rows, above 0 and at most 1.
    case bootstrap(share: Double = 1)
    /// This share of the rows, above 0 and at most 1, without replacement.
    case subsample(share: Double)

    func validate() throws(ModelError) {
        switch self {
        case .all: break
        case .bootstrap(let share), .subsample(let share):
            guard share > 0, share <= 1 else {
                throw ModelError(
                    .invalidRecipe, "a share of \(share) of the rows, not above 0 and at most 1")
            }
        }
    }

    /// The positions of the rows that a tree sees, each as often as it sees it.
    ///
    /// It is what the tree is grown on, and by what the rows out of its bag are found again.
    func counts(_ rowCount: Int, _ random: inout TreeRandom) -> [Int32]? {
        var counts = [Int32](repeating: 0, count: rowCount)
        switch self {
        case .all: return nil
        case .bootstrap(let share):
            for _ in 0..<max(1, Int((share * Double(rowCount)).rounded())) {
                counts[random.below(rowCount)] += 1
            }
        case .subsample(let share):
            var wanted = max(1, Int((share * Double(rowCount)).rounded()))
            for row in 0..<rowCount where random.below(rowCount - row) < wanted {
                counts[row] = 1
                wanted -= 1
            }
        }
        return counts
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .all: encoder.encode(UInt8(0))
        case .bootstrap(let share):
            encoder.encode(UInt8(1))
            encoder.encode(share)
        case .subsample(let share):
            encoder.encode(UInt8(2))
            encoder.encode(share)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .all
        case 1: self = .bootstrap(share: try decoder.decodeDouble())
        case 2: self = .subsample(share: try decoder.decodeDouble())
        case let tag: throw decoder.error("row sampling \(tag) is unknown")
        }
    }
}
