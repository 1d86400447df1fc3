// SPDX-License-Identifier: Apache-2.0

/// Fixed weights, prepared for drawing many indices in proportion to them.
///
/// Each draw takes constant time, whereas ``RandomStream/categorical(weights:)`` walks over the
/// weights. Both follow the same distribution but draw different numbers.
///
/// A. J. Walker, "An efficient method for generating discrete random variables with general
/// distributions", ACM TOMS 3 (1977), DOI 10.1145/355744.355749; M. D. Vose, "A linear algorithm
/// for generating random numbers with a given distribution", IEEE TSE 17 (1991),
/// DOI 10.1109/32.92917.
public struct AliasTable: Sendable, Hashable {
    /// With which probability a cell yields its own index.
    private var thresholds: [Double]

    /// The index that a cell yields otherwise.
    private var aliases: [Int]

    /// Prepares the table for `weights`.
    ///
    /// - Precondition: Weights are finite and not negative, and their sum is positive and finite.
    /// - Complexity: O(weights.count).
    public init(weights: [Double]) {
        var total = 0.0
        for (index, weight) in weights.enumerated() {
            precondition(weight >= 0 && weight.isFinite, "weight \(weight) at \(index)")
            total += weight
        }
        precondition(total > 0 && total.isFinite, "weights that sum to \(total)")
        let count = Double(weights.count)
        // Divided first, so that a large count times a large weight does not overflow.
        thresholds = weights.map { $0 / total * count }
        aliases = Array(weights.indices)
        var small = thresholds.indices.filter { thresholds[$0] < 1 }
        var large = thresholds.indices.filter { thresholds[$0] >= 1 }
        while !large.isEmpty, let poor = small.popLast(), let rich = large.last {
            aliases[poor] = rich
            thresholds[rich] = (thresholds[rich] + thresholds[poor]) - 1
            if thresholds[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        // What rounding left over is 1, except that a weight of 0 must never be drawn.
        let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
        for index in small + large {
            if weights[index] > 0 {
                thresholds[index] = 1
            } else {
                thresholds[index] = 0
                aliases[index] = heaviest
            }
        }
    }

    /// The number of weights.
    public var count: Int { thresholds.count }

    func draw(from stream: inout RandomStream) -> Int {
        let cell = stream.integer(below: count)
        return stream.uniform() < thresholds[cell] ? cell : aliases[cell]
    }
}

extension RandomStream {
    /// An index drawn in proportion to the weights of `table`.
    ///
    /// - Complexity: O(1).
    public mutating func categorical(_ table: AliasTable) -> Int { table.draw(from: &self) }

    /// `count` indices drawn independently in proportion to `weights`, so that one may repeat.
    ///
    /// - Precondition: `count` is not negative; weights are finite and not negative, and their sum
    ///   is positive and finite.
    /// - Complexity: O(weights.count + count).
    public mutating func sampleWithReplacement(_ count: Int, weights: [Double]) -> [Int] {
        precondition(count >= 0, "a sample of \(count)")
        let table = AliasTable(weights: weights)
        return (0..<count).map { _ in categorical(table) }
    }
}
