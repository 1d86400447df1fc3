// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions

/// The constraints of one optimisation in absolute numbers.
struct BinLimits {
    var bins: ClosedRange<Int>
    var count: ClosedRange<Double>
    var events: ClosedRange<Double>
    var nonEvents: ClosedRange<Double>
    /// Every bin needs both classes.
    var needsBothClasses: Bool
    var rateDifference: Double
    /// The z value that neighbours must reach; 0 for no test.
    var criticalValue: Double

    /// The limits of `recipe` for a variable whose rows weigh `total` in all.
    init(_ recipe: OptimalBinning, total: Double, preBins: PreBins) {
        let count = preBins.counts.count
        bins =
            min(
                recipe.minimumBins ?? 1, count + 1)...max(
                min(recipe.maximumBins ?? count, count), min(recipe.minimumBins ?? 1, count + 1))
        self.count =
            ((recipe.minimumBinShare ?? 0) * total).leniently(
                .atLeast)...(recipe.maximumBinShare.map { $0 * total } ?? .infinity).leniently(
                .atMost)
        events = (recipe.minimumBinEvents ?? 0)...(recipe.maximumBinEvents ?? .infinity)
        nonEvents =
            (recipe.minimumBinNonEvents ?? 0)...(recipe.maximumBinNonEvents ?? .infinity)
        needsBothClasses = !Self.hasPureBinBetweenFixedSplits(preBins)
        rateDifference = recipe.minimumEventRateDifference
        criticalValue =
            recipe.maximumPValue.map { NormalDistribution.survivalQuantile($0 / 2) } ?? 0
    }

    private static func hasPureBinBetweenFixedSplits(_ preBins: PreBins) -> Bool {
        var running = ClassCounts()
        for (index, counts) in preBins.counts.enumerated() {
            running = running + counts
            guard index == preBins.splits.count || preBins.isFixed[index] else { continue }
            if running.isPure { return true }
            running = ClassCounts()
        }
        return false
    }

    /// Whether a bin may be so.
    func allow(_ bin: ClassCounts) -> Bool {
        count.contains(bin.total) && events.contains(bin.events)
            && nonEvents.contains(bin.nonEvents) && !(needsBothClasses && bin.isPure)
    }

    /// Whether two bins may be neighbours.
    func allow(_ lower: ClassCounts, besides upper: ClassCounts) -> Bool {
        if rateDifference > 0,
            abs(lower.eventRate - upper.eventRate) < rateDifference.leniently(.atLeast)
        {
            return false
        }
        return criticalValue <= 0 || proportionStatistic(lower, upper) >= criticalValue
    }

    /// Each constraint that is set, with limits that lack it.
    var relaxations: [(constraint: String, limits: BinLimits)] {
        var relaxed: [(String, BinLimits)] = []
        func relax(_ constraint: String, _ change: (inout BinLimits) -> Void) {
            var copy = self
            change(&copy)
            relaxed.append((constraint, copy))
        }
        if bins.lowerBound > 1 {
            relax("the minimum number of bins") { $0.bins = 1...$0.bins.upperBound }
        }
        relax("the maximum number of bins") { $0.bins = $0.bins.lowerBound...Int.max }
        if count.lowerBound > 0 {
            relax("the minimum share of a bin") { $0.count = 0...$0.count.upperBound }
        }
        relax("the maximum share of a bin") { $0.count = $0.count.lowerBound...Double.infinity }
        if events != 0...Double.infinity {
            relax("the limits of events") { $0.events = 0...Double.infinity }
        }
        if nonEvents != 0...Double.infinity {
            relax("the limits of non-events") { $0.nonEvents = 0...Double.infinity }
        }
        if rateDifference > 0 {
            relax("the minimum difference of event rates") { $0.rateDifference = 0 }
        }
        if criticalValue > 0 { relax("the maximum p-value") { $0.criticalValue = 0 } }
        return relaxed
    }
}

/// The absolute z statistic of two proportions with pooled variance; 0 if all rows are of one
/// class.
func proportionStatistic(_ first: ClassCounts, _ second: ClassCounts) -> Double {
    let pooled = (first + second).eventRate
    let variance = pooled * (1 - pooled) * (1 / first.total + 1 / second.total)
    return variance > 0 ? abs(first.eventRate - second.eventRate) / variance.squareRoot() : 0
}
