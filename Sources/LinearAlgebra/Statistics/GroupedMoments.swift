// SPDX-License-Identifier: Apache-2.0

/// Weight, mean and squared deviations of every column within every group of rows.
///
/// Blocks of rows are read once from memory and twice from the cache, for means and for deviations
/// from them, and merged in order. So a large mean costs no digits, and the bits are the same on
/// every machine and for every number of threads.
package struct GroupedMoments: Sendable, Hashable {
    /// The sum of the weights of each group.
    package private(set) var weights: [Double]

    /// The weighted means (groups x columns); 0 in a group without weight.
    package private(set) var means: Matrix<Double>

    /// `sum of w (x - mean)²` (groups x columns).
    package private(set) var squaredDeviations: Matrix<Double>

    /// Moments that were found before.
    ///
    /// - Precondition: the shapes agree.
    package init(weights: [Double], means: Matrix<Double>, squaredDeviations: Matrix<Double>) {
        precondition(
            means.rowCount == weights.count && means.shape[1] == squaredDeviations.shape[1]
                && squaredDeviations.rowCount == weights.count,
            "\(weights.count) groups with \(describe(means.shape)) means and "
                + "\(describe(squaredDeviations.shape)) deviations")
        self.weights = weights
        self.means = means
        self.squaredDeviations = squaredDeviations
    }

    /// Summarises the rows of `matrix`, row `i` in group `groups[i]` with weight `weights[i]`.
    ///
    /// - Precondition: one group in `0..<groupCount` and one weight of 0 or more for every row.
    /// - Complexity: O(rows * columns).
    package init(of matrix: Matrix<Double>, groups: [Int], groupCount: Int, weights: [Double]) {
        precondition(
            groups.count == matrix.rowCount && weights.count == matrix.rowCount,
            "\(groups.count) groups and \(weights.count) weights of a matrix of shape "
                + describe(matrix.shape))
        let columns = matrix.columnCount
        let blocks = RowBlocks(rowCount: matrix.rowCount, columnCount: columns)
        var parts = [GroupedMoments](
            repeating: GroupedMoments(groupCount: groupCount, columnCount: columns),
            count: blocks.partCount)
        parts.withUnsafeMutableBufferPointer { parts in
            blocks.forEachPart { part, rows in
                var sum = GroupedMoments(groupCount: groupCount, columnCount: columns)
                for block in blocks.blocks(of: rows) {
                    sum.add(
                        GroupedMoments(
                            block, of: matrix, groups: groups, groupCount: groupCount,
                            weights: weights))
                }
                parts[part] = sum
            }
        }
        self.init(groupCount: groupCount, columnCount: columns)
        for part in parts { add(part) }
    }

    private init(groupCount: Int, columnCount: Int) {
        weights = [Double](repeating: 0, count: groupCount)
        means = .zeros(groupCount, columnCount)
        squaredDeviations = means
    }

    /// Two passes over the rows of a block.
    private init(
        _ rows: Range<Int>, of matrix: Matrix<Double>, groups: [Int], groupCount: Int,
        weights rowWeights: [Double]
    ) {
        let columns = matrix.columnCount
        self.init(groupCount: groupCount, columnCount: columns)
        for row in rows { weights[groups[row]] += rowWeights[row] }
        matrix.withPointer { elements in
            let start = elements + rows.lowerBound * columns
            groups.withUnsafeBufferPointer { groups in
                rowWeights.withUnsafeBufferPointer { rowWeights in
                    guard let groups = groups.baseAddress, let weight = rowWeights.baseAddress
                    else { return }
                    means.withMutablePointer {
                        Double._addGroupedRows(
                            rows.count, columns, start, groups + rows.lowerBound,
                            weight + rows.lowerBound, $0)
                        for group in 0..<groupCount where self.weights[group] > 0 {
                            let mean = $0 + group * columns
                            for column in 0..<columns { mean[column] /= self.weights[group] }
                        }
                    }
                    means.withPointer { means in
                        squaredDeviations.withMutablePointer {
                            Double._addGroupedSquares(
                                rows.count, columns, start, groups + rows.lowerBound,
                                weight + rows.lowerBound, means, $0)
                        }
                    }
                }
            }
        }
    }

    /// Takes in the rows that `other` summarises, as if both had been one matrix.
    ///
    /// - Precondition: both have the same groups and columns.
    package mutating func add(_ other: GroupedMoments) {
        precondition(
            means.shape[0] == other.means.shape[0] && means.shape[1] == other.means.shape[1],
            "moments of \(describe(means.shape)) and of \(describe(other.means.shape))")
        let columns = means.columnCount
        for group in weights.indices where other.weights[group] > 0 {
            let own = weights[group]
            let total = own + other.weights[group]
            let share = other.weights[group] / total
            weights[group] = total
            for column in 0..<columns {
                // From an empty group the mean is taken over as it is, not by way of rounding.
                let difference = other.means[group, column] - means[group, column]
                means[group, column] =
                    own > 0
                    ? means[group, column] + difference * share : other.means[group, column]
                squaredDeviations[group, column] +=
                    other.squaredDeviations[group, column] + difference * difference * own * share
            }
        }
    }

    /// The moments of all groups together (1 x columns).
    package var pooled: GroupedMoments {
        var sum = GroupedMoments(groupCount: 1, columnCount: means.columnCount)
        for group in weights.indices {
            sum.add(
                GroupedMoments(
                    weights: [weights[group]], means: means.gatheringRows([group]),
                    squaredDeviations: squaredDeviations.gatheringRows([group])))
        }
        return sum
    }
}
