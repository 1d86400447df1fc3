// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// An order of levels in which those with similar rows stand together.
struct LevelSimilarity {
    private let table: Table
    private let position: Int
    private let weights: [Double]

    init(_ table: Table, _ position: Int, _ weights: [Double]) {
        self.table = table
        self.position = position
        self.weights = weights
    }

    /// `levels` in the order of the first axis of classical scaling of their distances; the first
    /// of the two at the ends stands in front, ties stay as they are.
    ///
    /// Source: Torgerson, Multidimensional scaling, 1952, doi:10.1007/BF02288916.
    func order(of levels: [Int], _ codes: [Int]) throws(ModelError) -> [Int] {
        guard levels.count > 2 else { return levels }
        var squares = distances(levels, codes)
        squares = squares * squares
        let rowMeans = squares.mean(.alongRows)
        let mean = rowMeans.sum() / Double(levels.count)
        var inner = squares
        for row in levels.indices {
            for column in levels.indices {
                inner[row, column] =
                    (rowMeans[row] + rowMeans[column] - mean - squares[row, column]) / 2
            }
        }
        let axis: [Double]
        do {
            // Eigenvalues ascend.
            axis = try inner.symmetricEigen().vectors.materialized()
                .column(levels.count - 1).elements
        } catch {
            throw ModelError(.nonFinite, "the distances of levels", underlying: error)
        }
        // Equal up to rounding is equal: the axis must not order levels by noise.
        let coordinates = axis.map { ($0 * 1e9).rounded() }
        let ascending = levels.indices.sorted { left, right in
            coordinates[left] == coordinates[right]
                ? left < right : coordinates[left] < coordinates[right]
        }
        let isReversed = ascending[0] > ascending[levels.count - 1]
        return (isReversed ? ascending.reversed() : ascending).map { levels[$0] }
    }

    private func distances(_ levels: [Int], _ codes: [Int]) -> Matrix<Double> {
        let rows = levels.map { level in codes.indices.filter { codes[$0] == level } }
        var distances = Matrix<Double>.zeros(levels.count, levels.count)
        for (index, column) in table.columns.enumerated() where index != position {
            for first in levels.indices {
                for second in levels.indices.dropFirst(first + 1) {
                    let distance =
                        if let numbers = column.numbers {
                            numberDistance(numbers, rows[first], rows[second])
                        } else if let codes = column.codes {
                            shareDistance(codes, rows[first], rows[second])
                        } else {
                            0.0
                        }
                    distances[first, second] += distance
                    distances[second, first] += distance
                }
            }
        }
        return distances
    }

    /// The largest distance of two distribution functions.
    private func numberDistance(_ values: [Double], _ first: [Int], _ second: [Int]) -> Double {
        let first = first.filter { !values[$0].isNaN }
        let second = second.filter { !values[$0].isNaN }
        let totals = [first, second].map { $0.reduce(0) { $0 + weights[$1] } }
        guard totals[0] > 0, totals[1] > 0 else { return 0 }
        var steps = first.map { (values[$0], weights[$0] / totals[0]) }
        steps += second.map { (values[$0], -weights[$0] / totals[1]) }
        steps.sort { $0.0 < $1.0 }
        var difference = 0.0
        var largest = 0.0
        for (index, step) in steps.enumerated() {
            difference += step.1
            let isLast = index + 1 == steps.count || steps[index + 1].0 != step.0
            if isLast { largest = max(largest, abs(difference)) }
        }
        return largest
    }

    /// Half the sum of the distances of the shares of levels.
    private func shareDistance(_ codes: [Int32], _ first: [Int], _ second: [Int]) -> Double {
        let totals = [first, second].map { $0.reduce(0) { $0 + weights[$1] } }
        let count = Int(codes.max() ?? -1) + 2
        var differences = [Double](repeating: 0, count: count)
        for row in first { differences[Int(codes[row]) + 1] += weights[row] / totals[0] }
        for row in second { differences[Int(codes[row]) + 1] -= weights[row] / totals[1] }
        return differences.reduce(0) { $0 + abs($1) } / 2
    }
}
