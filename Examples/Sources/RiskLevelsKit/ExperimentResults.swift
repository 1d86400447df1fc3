// SPDX-License-Identifier: Apache-2.0

import Lending
import LinearAlgebra
public import Metrics
import Models

/// Everything that the experiment found out.
public struct ExperimentResults: Sendable {
    let loans: IndicatorLoans
    /// Every system on all loans, in the order of ``RiskSystem``.
    public let systems: [SystemResult]
    /// The true probabilities given the twelve indicators, which nobody can beat in expectation.
    public let best: SystemResult
    /// Every system but the scorecard beside the scorecard, on all loans.
    public let comparisons: [SystemComparison]
    /// Cronbach's alpha of the indicators of each group (row) among each group of loans (column).
    public let reliability: [[CronbachAlpha]]
    /// Every system (row) on every group of loans (column).
    public let groups: [[SystemResult]]
    /// Every system (row) that sees one group of indicators only (column), on the system's own
    /// group of loans as in the paper.
    public let indicators: [[SystemResult]]
    /// Cronbach's alpha of the four probabilities that each system gives to a loan of its own
    /// group, one by each group of indicators.
    public let scoreReliability: [CronbachAlpha]
    /// The five levels of all loans.
    public let levels: [LevelResult]
    /// Every system on Taiwan's card holders; `nil` where they were left out.
    public let taiwan: [SystemResult]?
    /// Every system but the scorecard beside the scorecard, on Taiwan's card holders.
    public let taiwanComparisons: [SystemComparison]

    /// Runs all cross-validations.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    init(
        loans: IndicatorLoans, taiwan: CreditSample?, foldCount: Int, seed: UInt64,
        progress: (Double, String) -> Void
    ) throws {
        // Where each part of the work ends, about: most of it are the
        // pairs of loans that IBk compares.
        let ends = taiwan == nil ? [0.4, 0.55, 0.65, 1, 1] : [0.14, 0.19, 0.22, 0.34, 1]
        func stage(_ index: Int, _ share: Double, _ label: String) {
            let start = index == 0 ? 0 : ends[index - 1]
            progress(start + (ends[index] - start) * share, label)
        }
        func all(
            _ samples: [CreditSample], stage index: Int, label: String
        ) throws -> [[SystemResult]] {
            var done = 0.0
            let total = Double(RiskSystem.allCases.count * samples.count)
            return try RiskSystem.allCases.map { system in
                try samples.map { sample in
                    defer { done += 1 }
                    return try system.evaluate(sample, foldCount: foldCount, seed: seed) { share in
                        stage(index, (done + share) / total, "\(label): \(system.rawValue)")
                    }
                }
            }
        }
        self.loans = loans
        systems = try all([loans.sample], stage: 0, label: "all loans").map { $0[0] }
        comparisons = try Self.comparisons(systems)
        reliability = try IndicatorGroup.allCases.map { group in
            let items = loans.book.drivers(of: [group.part]).matrix
            return try loans.groups.map { rows in
                let own = items.gatheringRows(rows)
                return try CronbachAlpha(
                    items: (0..<own.columnCount).map { own.column($0).elements })
            }
        }
        best = try SystemResult(
            name: "Best possible", labels: loans.labels,
            probabilities: loans.book.defaultProbabilities(given: .indicators), foldAUC: nil)
        groups = try all(
            loans.groups.map { rows in try loans.sample.selecting(rows: rows) }, stage: 1,
            label: "groups of loans")
        indicators = try RiskSystem.allCases.enumerated().map { index, system in
            try IndicatorGroup.allCases.enumerated().map { part, group in
                try system.evaluate(
                    loans.sample.selecting(rows: loans.groups[index], columns: group.columns),
                    foldCount: foldCount, seed: seed
                ) { share in
                    stage(
                        2, (Double(index * 4 + part) + share) / 16,
                        "groups of indicators: \(system.rawValue)")
                }
            }
        }
        scoreReliability = try indicators.map { row in
            try CronbachAlpha(items: row.map(\.probabilities))
        }
        let labels = try ClassLabels(
            codes: loans.levels.map(\.rawValue), classes: RepaymentState.allCases.map(\.name))
        levels = try LevelSystem.allCases.enumerated().map { index, system in
            try system.evaluate(loans.sample, labels: labels, foldCount: foldCount, seed: seed) {
                stage(3, (Double(index) + $0) / 5, "five levels: \(system.rawValue)")
            }
        }
        self.taiwan = try taiwan.map { try all([$0], stage: 4, label: "Taiwan").map { $0[0] } }
        taiwanComparisons = try Self.comparisons(self.taiwan ?? [])
    }

    private static func comparisons(_ systems: [SystemResult]) throws -> [SystemComparison] {
        try systems.dropLast().map { try SystemComparison($0, with: systems[systems.count - 1]) }
    }
}
