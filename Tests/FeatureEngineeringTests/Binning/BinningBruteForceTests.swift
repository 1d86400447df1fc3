// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

/// The dynamic programme against all ways to merge a few pre-bins.
struct BinningBruteForceTests {
    struct Bin {
        var bad = 0.0
        var good = 0.0
        var size: Double { bad + good }
        var rate: Double { bad / size }
    }

    /// Counts of pre-bins whose values are 0, 1, 2 and so on, with the splits between them.
    struct Sample {
        var preBins: [Bin]

        init(seed: UInt64, needsBothClasses: Bool) {
            var generator = TestGenerator(seed: seed)
            preBins = (0..<Int.random(in: 3...8, using: &generator)).map { _ in
                let least = needsBothClasses ? 1 : 0
                var bin = Bin(
                    bad: Double(Int.random(in: least...9, using: &generator)),
                    good: Double(Int.random(in: least...12, using: &generator)))
                if bin.size == 0 { bin.good = 1 }
                return bin
            }
            preBins[0].bad += 1
            preBins[1].good += 1
        }

        var splits: [Double] { (1..<preBins.count).map { Double($0) - 0.5 } }

        func rows() throws -> (column: Column, labels: [Bool]) {
            var values: [Double] = []
            var labels: [Bool] = []
            for (index, bin) in preBins.enumerated() {
                for row in 0..<Int(bin.size) {
                    values.append(Double(index))
                    labels.append(row < Int(bin.bad))
                }
            }
            return (try .numeric("v", values), labels)
        }

        /// All merged bins that keep the recipe's constraints, with the splits that stay.
        func allowed(_ recipe: OptimalBinning) -> [(splits: [Double], bins: [Bin])] {
            let total = preBins.reduce(0) { $0 + $1.size }
            return (0..<(1 << splits.count)).compactMap { mask in
                var bins = [Bin()]
                var kept: [Double] = []
                for (index, preBin) in preBins.enumerated() {
                    bins[bins.count - 1].bad += preBin.bad
                    bins[bins.count - 1].good += preBin.good
                    if index < splits.count, mask >> index & 1 == 1 {
                        bins.append(Bin())
                        kept.append(splits[index])
                    }
                }
                guard Set(recipe.fixedSplits).isSubset(of: kept) else { return nil }
                return keeps(bins, recipe, total: total) ? (kept, bins) : nil
            }
        }

        private func keeps(_ bins: [Bin], _ recipe: OptimalBinning, total: Double) -> Bool {
            guard (recipe.minimumBins ?? 0)...(recipe.maximumBins ?? .max) ~= bins.count else {
                return false
            }
            for bin in bins {
                if bin.bad == 0 || bin.good == 0 { return false }
                if bin.size < (recipe.minimumBinShare ?? 0) * total - 1e-9 { return false }
                if bin.size > (recipe.maximumBinShare ?? 1) * total + 1e-9 { return false }
                if bin.bad < recipe.minimumBinEvents ?? 0 { return false }
                if bin.bad > recipe.maximumBinEvents ?? .infinity { return false }
                if bin.good < recipe.minimumBinNonEvents ?? 0 { return false }
                if bin.good > recipe.maximumBinNonEvents ?? .infinity { return false }
            }
            for (one, two) in zip(bins, bins.dropFirst()) {
                if abs(one.rate - two.rate) < recipe.minimumEventRateDifference - 1e-9 {
                    return false
                }
                if let limit = recipe.maximumPValue, pValue(one, two) > limit { return false }
            }
            return runs(bins.map(\.rate), recipe.trend)
        }

        /// The upper tail of chi-square with one degree of freedom, from the 2 x 2 table.
        private func pValue(_ one: Bin, _ two: Bin) -> Double {
            let total = one.size + two.size
            var statistic = 0.0
            for bin in [one, two] {
                for (observed, margin) in [
                    (bin.bad, one.bad + two.bad), (bin.good, one.good + two.good),
                ] {
                    let expected = bin.size * margin / total
                    statistic += (observed - expected) * (observed - expected) / expected
                }
            }
            return erfc((statistic / 2).squareRoot())
        }

        private func runs(_ rates: [Double], _ trend: MonotonicTrend) -> Bool {
            let steps = zip(rates, rates.dropFirst()).map { $1 - $0 }
            let bends = zip(steps, steps.dropFirst()).map { $1 - $0 }
            func turnsOnce(_ sign: Double) -> Bool {
                (0...steps.count).contains { turn in
                    steps[..<turn].allSatisfy { sign * $0 >= 0 }
                        && steps[turn...].allSatisfy { sign * $0 <= 0 }
                }
            }
            switch trend {
            case .any: return true
            case .ascending: return steps.allSatisfy { $0 >= 0 }
            case .descending: return steps.allSatisfy { $0 <= 0 }
            case .peak: return turnsOnce(1)
            case .valley: return turnsOnce(-1)
            case .convex: return bends.allSatisfy { $0 >= -1e-9 }
            case .concave: return bends.allSatisfy { $0 <= 1e-9 }
            case .automaticMonotone: return runs(rates, .ascending) || runs(rates, .descending)
            case .automatic: return false
            }
        }

        func objective(_ bins: [Bin], _ divergence: OptimalBinning.Divergence) -> Double {
            let bad = preBins.reduce(0) { $0 + $1.bad }
            let good = preBins.reduce(0) { $0 + $1.good }
            return bins.reduce(0) { sum, bin in
                let (p, q) = (bin.bad / bad, bin.good / good)
                let m = (p + q) / 2
                switch divergence {
                case .informationValue: return sum + (p - q) * log(p / q)
                case .jensenShannon: return sum + (p * log(p / m) + q * log(q / m)) / 2
                case .hellinger:
                    return sum + (p.squareRoot() - q.squareRoot())
                        * (p.squareRoot() - q.squareRoot()) / 2
                case .triangular: return sum + (p - q) * (p - q) / (p + q)
                }
            }
        }
    }

    static let constraints: [(name: String, set: @Sendable (inout OptimalBinning) -> Void)] = [
        ("none", { _ in }),
        ("maximum bins", { $0.maximumBins = 3 }),
        ("minimum bins", { $0.minimumBins = 3 }),
        ("both bins", { ($0.minimumBins, $0.maximumBins) = (2, 3) }),
        ("minimum share", { $0.minimumBinShare = 0.2 }),
        ("maximum share", { $0.maximumBinShare = 0.5 }),
        ("minimum events", { $0.minimumBinEvents = 6 }),
        ("maximum events", { $0.maximumBinEvents = 14 }),
        ("minimum non-events", { $0.minimumBinNonEvents = 8 }),
        ("maximum non-events", { $0.maximumBinNonEvents = 16 }),
        ("rate difference", { $0.minimumEventRateDifference = 0.1 }),
        ("p-value", { $0.maximumPValue = 0.4 }),
        ("fixed split", { $0.fixedSplits = [1.5] }),
        (
            "several",
            {
                $0.maximumBins = 4
                $0.minimumBinShare = 0.15
                $0.minimumEventRateDifference = 0.05
            }
        ),
    ]

    /// The recipe, and the best that brute force finds against what the fit finds.
    private func check(_ recipe: OptimalBinning, _ sample: Sample, _ note: String) throws -> Bool {
        let (column, labels) = try sample.rows()
        let allowed = sample.allowed(recipe)
        let best = allowed.map { sample.objective($0.bins, recipe.objective) }.max()
        guard let best else {
            let error = #expect(throws: FeatureError.self, "\(note)") {
                try recipe.fit(column, labels: labels)
            }
            #expect(error?.code == .infeasible && error?.column == "v", "\(note)")
            return false
        }
        let fitted = try recipe.fit(column, labels: labels)
        let match = allowed.first { $0.splits == fitted.splits }
        let found = try #require(match, "\(note): \(fitted.splits) breaks a constraint")
        expectClose(
            sample.objective(found.bins, recipe.objective), best, absolute: 1e-11, note)
        let regular = fitted.bins[fitted.regularBins]
        #expect(regular.map(\.events) == found.bins.map(\.bad), "\(note)")
        #expect(regular.map(\.nonEvents) == found.bins.map(\.good), "\(note)")
        let free =
            sample.allowed(
                {
                    var copy = recipe; copy.trend = .any; return copy
                }()
            )
            .map { sample.objective($0.bins, recipe.objective) }.max() ?? best
        if free > 0 {
            expectClose(fitted.trend.retainedObjective, best / free, absolute: 1e-9, note)
        }
        return true
    }

    static let trends = MonotonicTrend.allCases.filter { $0 != .automatic }

    @Test("BP1: every trend with every constraint is exactly optimal", arguments: propertySeeds(6))
    func everyTrendAndConstraint(seed: UInt64) throws {
        let sample = Sample(seed: seed, needsBothClasses: true)
        var solved = 0
        for trend in Self.trends {
            for (name, set) in Self.constraints {
                var recipe = OptimalBinning(trend: trend)
                recipe.candidateSplits = sample.splits
                set(&recipe)
                if try check(recipe, sample, "seed \(seed), \(trend), \(name)") { solved += 1 }
            }
        }
        #expect(solved > 40)
    }

    @Test("BP1: every objective is exactly optimal", arguments: propertySeeds(6))
    func everyObjective(seed: UInt64) throws {
        for objective in OptimalBinning.Divergence.allCases {
            // Hellinger and triangular take pre-bins of one class as they are.
            let isOpen = objective == .hellinger || objective == .triangular
            let sample = Sample(seed: seed, needsBothClasses: !isOpen)
            for trend in [MonotonicTrend.any, .descending, .peak, .convex] {
                var recipe = OptimalBinning(trend: trend, objective: objective)
                recipe.candidateSplits = sample.splits
                recipe.minimumEventRateDifference = 0.05
                _ = try check(recipe, sample, "seed \(seed), \(objective), \(trend)")
            }
        }
    }

    @Test("BP1: automatic takes a turn only for a tenth more", arguments: propertySeeds(20))
    func automaticTrend(seed: UInt64) throws {
        let sample = Sample(seed: seed, needsBothClasses: true)
        let (column, labels) = try sample.rows()
        var recipe = OptimalBinning()
        recipe.candidateSplits = sample.splits
        func best(_ trend: MonotonicTrend) -> Double {
            recipe.trend = trend
            return sample.allowed(recipe).map {
                sample.objective($0.bins, .informationValue)
            }.max() ?? -1
        }
        let monotone = max(best(.ascending), best(.descending))
        let turning = max(best(.peak), best(.valley))
        recipe.trend = .automatic
        let fitted = try recipe.fit(column, labels: labels)
        let isTurning = [.peak, .valley].contains(fitted.trend.applied)
        #expect(isTurning == (turning >= 1.1 * monotone + 1e-12))
        expectClose(
            fitted.informationValue, isTurning ? turning : monotone, absolute: 1e-11)
        #expect(fitted.trend.requested == .automatic)
    }
}
