// SPDX-License-Identifier: Apache-2.0

/// The monotone step function nearest to points in the least-squares sense, by pooling adjacent
/// violators.
///
/// Points with equal positions count as one with their mean. Between the fitted points the function
/// is linear, outside them constant.
///
/// Source: Ayer, Brunk, Ewing, Reid and Silverman, Ann. Math. Stat. 26, 1955,
/// doi:10.1214/aoms/1177728423.
public struct IsotonicRegression: Hashable, Sendable {
    /// Where the function bends, ascending.
    public let positions: [Double]

    /// The value at each of ``positions``, in one direction.
    public let values: [Double]

    /// The best monotone function through weighted points.
    ///
    /// - Parameters:
    ///   - positions: finite, in any order.
    ///   - values: finite, one per position.
    ///   - weights: one per position, finite and 0 or more; 2 means the point twice.
    ///   - isIncreasing: whether values rise with positions; else they fall.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidValue` (other than one
    ///   value per position) or `invalidWeights`.
    /// - Complexity: O(n log n).
    public init(
        positions: [Double], values: [Double], weights: [Double]? = nil, isIncreasing: Bool = true
    ) throws(ModelError) {
        guard !positions.isEmpty else { throw ModelError(.empty, "there are no points") }
        guard values.count == positions.count else {
            throw ModelError(
                .invalidValue, "\(values.count) values at \(positions.count) positions")
        }
        try ClassificationData.check(weights, rows: positions.count)
        if let row = positions.indices.first(where: {
            !positions[$0].isFinite || !values[$0].isFinite
        }) {
            throw ModelError(
                .nonFinite, "point \(row) is (\(positions[row]), \(values[row]))")
        }
        let groups = PooledPoints(
            positions: positions, values: isIncreasing ? values : values.map { -$0 },
            weights: weights)
        let blocks = groups.monotoneBlocks()
        var ends: [Double] = []
        var levels: [Double] = []
        for block in blocks {
            let level = isIncreasing ? block.mean : -block.mean
            ends.append(groups.positions[block.range.lowerBound])
            levels.append(level)
            if block.range.count > 1 {
                ends.append(groups.positions[block.range.upperBound - 1])
                levels.append(level)
            }
        }
        self.positions = ends
        self.values = levels
    }

    /// Bends that were checked: ascending positions, monotone values.
    init(checkedPositions positions: [Double], values: [Double]) {
        self.positions = positions
        self.values = values
    }

    /// The value of the function at `position`; NaN at NaN.
    ///
    /// - Complexity: O(log n).
    public func value(at position: Double) -> Double {
        guard !position.isNaN else { return .nan }
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        if low == positions.count { return values[low - 1] }
        if low == 0 || positions[low] == position || values[low] == values[low - 1] {
            return values[low]
        }
        let share = (position - positions[low - 1]) / (positions[low] - positions[low - 1])
        let value = values[low - 1] + share * (values[low] - values[low - 1])
        // Rounding may not carry the value beyond its neighbours.
        return min(
            max(value, min(values[low - 1], values[low])), max(values[low - 1], values[low]))
    }

    /// The values of the function at all of `positions`.
    public func values(at positions: [Double]) -> [Double] { positions.map { value(at: $0) } }
}

/// Points in ascending order of their positions, with equal positions pooled.
struct PooledPoints {
    /// Neighbouring points with one level.
    struct Block {
        var range: Range<Int>
        var weight: Double
        var mean: Double
    }

    var positions: [Double] = []
    var weights: [Double] = []
    /// The weighted mean of the values at each position.
    var means: [Double] = []

    /// Pools points, of which those of weight 0 are left out.
    init(positions given: [Double], values: [Double], weights givenWeights: [Double]?) {
        let order = given.indices.filter { givenWeights?[$0] != 0 }
            .sorted { given[$0] < given[$1] }
        var sum = 0.0
        for index in order {
            let weight = givenWeights?[index] ?? 1
            if positions.last == given[index] {
                weights[weights.count - 1] += weight
                sum += weight * values[index]
            } else {
                positions.append(given[index])
                weights.append(weight)
                means.append(0)
                sum = weight * values[index]
            }
            means[means.count - 1] = sum / weights[weights.count - 1]
        }
    }

    /// The blocks of the best ascending levels, each above the one before.
    func monotoneBlocks() -> [Block] {
        var blocks: [Block] = []
        for index in positions.indices {
            var block = Block(
                range: index..<index + 1, weight: weights[index], mean: means[index])
            while let last = blocks.last, last.mean >= block.mean {
                let weight = last.weight + block.weight
                block.mean += (last.mean - block.mean) * (last.weight / weight)
                block.weight = weight
                block.range = last.range.lowerBound..<block.range.upperBound
                blocks.removeLast()
            }
            blocks.append(block)
        }
        return blocks
    }
}
