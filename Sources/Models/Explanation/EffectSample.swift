// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Rows with a value in one column, of which local effects are taken.
struct EffectSample {
    let model: ExplainedModel
    let table: Table
    let position: Int
    let weights: [Double]
    let progress: FitObserver?

    private var column: Column { table.columns[position] }

    /// The output with other values in the column, as one of two steps.
    private func scores(
        _ values: [Column.Value], step: Int
    ) throws(ModelError) -> [Double] {
        try checkCancellation("accumulated local effects of '\(column.name)'")
        let scores = try model.scores(
            table.replacing(position, with: column.filled(with: values)))
        try FitProgress(step: step, stepLimit: 2, objective: nil).report(to: progress)
        return scores
    }

    /// The curve over the ends of bins at quantiles.
    func numericCurve(_ binLimit: Int) throws(ModelError) -> AccumulatedEffectsCurve {
        let values = column.numbers ?? []
        let ends = binEnds(values, weights, binLimit)
        // The first bin takes its lower end too.
        let bins = values.map { value in
            max(1, ends.partitioningIndex { $0 >= value })
        }
        var sums = [Double](repeating: 0, count: ends.count)
        var totals = sums
        if ends.count > 1 {
            let lower = try scores(bins.map { .number(ends[$0 - 1]) }, step: 1)
            let upper = try scores(bins.map { .number(ends[$0]) }, step: 2)
            for (row, bin) in bins.enumerated() {
                sums[bin] += weights[row] * (upper[row] - lower[row])
                totals[bin] += weights[row]
            }
        }
        var effects = [0.0]
        for bin in ends.indices.dropFirst() {
            effects.append(effects[bin - 1] + sums[bin] / totals[bin])
        }
        // The curve is straight within a bin, where its mean is that of the ends.
        let middles = ends.indices.map { $0 == 0 ? 0 : (effects[$0 - 1] + effects[$0]) / 2 }
        let mean = ends.count > 1 ? weightedMean(middles, totals) : 0
        return AccumulatedEffectsCurve(
            feature: column.name,
            points: ends.indices.map { index in
                AccumulatedEffectsCurve.Point(
                    position: ends[index], label: Column.Value.number(ends[index]).description,
                    effect: effects[index] - mean, weight: totals[index])
            })
    }

    /// The curve over the levels that occur.
    func levelCurve(
        _ levelOrder: AccumulatedLocalEffects.LevelOrder
    ) throws(ModelError) -> AccumulatedEffectsCurve {
        let levels = column.levels ?? []
        let codes = (column.codes ?? []).map(Int.init)
        let present = levels.indices.filter { codes.contains($0) }
        let order =
            switch levelOrder {
            case .listed: present
            case .similarity:
                try LevelSimilarity(table, position, weights).order(of: present, codes)
            }
        var rank = [Int](repeating: 0, count: levels.count)
        for (index, level) in order.enumerated() { rank[level] = index }
        var sums = [Double](repeating: 0, count: order.count)
        var totals = sums
        var shares = sums
        for (row, code) in codes.enumerated() { shares[rank[code]] += weights[row] }
        if order.count > 1 {
            let own = try model.scores(table)
            let last = order.count - 1
            let below = try scores(
                codes.map { .level(levels[order[max(0, rank[$0] - 1)]]) }, step: 1)
            let above = try scores(
                codes.map { .level(levels[order[min(last, rank[$0] + 1)]]) }, step: 2)
            for (row, code) in codes.enumerated() {
                let rank = rank[code]
                if rank > 0 {
                    sums[rank] += weights[row] * (own[row] - below[row])
                    totals[rank] += weights[row]
                }
                if rank < last {
                    sums[rank + 1] += weights[row] * (above[row] - own[row])
                    totals[rank + 1] += weights[row]
                }
            }
        }
        var effects = [0.0]
        for index in order.indices.dropFirst() {
            effects.append(effects[index - 1] + sums[index] / totals[index])
        }
        let mean = weightedMean(effects, shares)
        return AccumulatedEffectsCurve(
            feature: column.name,
            points: order.indices.map { index in
                AccumulatedEffectsCurve.Point(
                    position: Double(index), label: levels[order[index]],
                    effect: effects[index] - mean, weight: shares[index])
            })
    }
}

/// The smallest value and the different quantiles, each of which is a value: the first one up
/// to which there are `k / binLimit` of the weight, so that weights mean repetition.
func binEnds(_ values: [Double], _ weights: [Double], _ binLimit: Int) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    let total = weights.reduce(0, +)
    var ends = [values[order[0]]]
    var running = 0.0
    var next = 1
    for row in order {
        running += weights[row]
        while next < binLimit, running * Double(binLimit) >= Double(next) * total {
            ends.append(values[row])
            next += 1
        }
    }
    return (ends + [values[order[order.count - 1]]]).distinctNeighbours
}

extension Array where Element == Double {
    /// The first index whose element fulfils `predicate`, which all later ones do too.
    func partitioningIndex(_ predicate: (Double) -> Bool) -> Int {
        var lower = startIndex
        var upper = endIndex
        while lower < upper {
            let middle = (lower + upper) / 2
            if predicate(self[middle]) { upper = middle } else { lower = middle + 1 }
        }
        return lower
    }
}
