// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a ``FeatureSelection`` said about the columns it judged.
package struct FittedFeatureSelection: Hashable, Sendable {
    enum Verdict: Hashable, Sendable {
        case kept
        case scoreTooLow
        case scoreTooHigh
        case notAmongTheHighest
        case correlated(with: Int, Double)
        case collinear
    }

    struct Entry: Hashable, Sendable {
        let column: Int
        var score: Double?
        var verdict: Verdict
    }

    /// By ascending column.
    var entries: [Entry]

    /// The positions of the columns that stay, ascending.
    private func kept(of count: Int) -> [Int] {
        let removed = Set(entries.filter { $0.verdict != .kept }.map(\.column))
        return (0..<count).filter { !removed.contains($0) }
    }
}

extension FittedFeatureSelection: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(entries.map(\.column), below: inputs.count)
        for entry in entries {
            if case .correlated(let other, let coefficient) = entry.verdict {
                guard inputs.indices.contains(other), abs(coefficient) <= 1 else {
                    throw FeatureError(
                        .invalidParameter, "a correlation of \(coefficient) with column \(other)")
                }
            }
        }
        return kept(of: inputs.count).map { inputs[$0] }
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        var next = 0
        for (index, value) in row.enumerated() {
            if next < entries.count, entries[next].column == index {
                next += 1
                guard entries[next - 1].verdict == .kept else { continue }
            }
            output.append(value)
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(entries) { encoder, entry in
            encoder.encode(entry.column)
            encoder.encode(optional: entry.score) { $0.encode($1) }
            switch entry.verdict {
            case .kept: encoder.encode(UInt8(0))
            case .scoreTooLow: encoder.encode(UInt8(1))
            case .scoreTooHigh: encoder.encode(UInt8(2))
            case .notAmongTheHighest: encoder.encode(UInt8(3))
            case .correlated(let other, let coefficient):
                encoder.encode(UInt8(4))
                encoder.encode(other)
                encoder.encode(coefficient)
            case .collinear: encoder.encode(UInt8(5))
            }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        entries = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            let column = try decoder.decodeInt()
            let score = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                let score = try decoder.decodeDouble()
                guard score.isFinite else { throw decoder.error("a score of \(score)") }
                return score
            }
            let verdict: Verdict =
                switch try decoder.decodeUInt8() {
                case 0: .kept
                case 1: .scoreTooLow
                case 2: .scoreTooHigh
                case 3: .notAmongTheHighest
                case 4:
                    .correlated(with: try decoder.decodeInt(), try decoder.decodeDouble())
                case 5: .collinear
                case let tag: throw decoder.error("unknown verdict \(tag)")
                }
            return Entry(column: column, score: score, verdict: verdict)
        }
    }
}
