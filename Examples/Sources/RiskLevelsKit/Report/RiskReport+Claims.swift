// SPDX-License-Identifier: Apache-2.0

import Lending
import Metrics
import ReportKit

extension RiskReport {
    /// What the paper says, and what these loans say of it.
    var claimSection: ReportSection {
        ReportSection(
            "What the paper says",
            [
                .tables([
                    ReportTable(
                        columns: [.text("The paper"), .text("Here"), .text("Numbers")],
                        rows: [
                            accuracyClaim, improvementClaim, reliabilityClaim, systemAlphaClaim,
                            countClaim, standardErrorClaim,
                        ])
                ])
            ])
    }

    private var accuracyClaim: [String] {
        let best = results.systems.map(\.atHalf.accuracy).max() ?? 0
        return [
            "Predictions reach an accuracy of about 85 %",
            best >= PrintedTables.accuracy ? "reached" : "not reached",
            """
            the best system is right for \(best.percent(1)), the law of the loans for \
            \(results.best.atHalf.accuracy.percent(1)), refusing nobody for \
            \((1 - defaultRate).percent(1)); where 15 % default, refusing nobody is right for 85 %
            """,
        ]
    }

    private var improvementClaim: [String] {
        let others = results.comparisons
        let better = others.filter { $0.squaredErrors.t < 0 && $0.squaredErrors.pValue <= 0.05 }
        let worse = others.filter { $0.squaredErrors.t > 0 && $0.squaredErrors.pValue <= 0.05 }
        func names(_ systems: [SystemComparison]) -> String {
            systems.isEmpty ? "none" : systems.map(\.name).joined(separator: ", ")
        }
        return [
            "Machine learning assesses risk better than the traditional system",
            better.count == others.count
                ? "holds" : better.isEmpty ? "does not hold" : "holds in part",
            "by squared errors loan by loan (p at most 0.05), better than the scorecard: "
                + "\(names(better)); worse: \(names(worse))",
        ]
    }

    private var reliabilityClaim: [String] {
        let all = alphas.flatMap(\.self)
        let areas = IndicatorGroup.allCases.map {
            results.loans.book.bayesOptimalAUC(of: [$0.part])
        }
        return [
            "Alpha is above 0.7, so the effects of the indicators on the assessment are acceptable",
            all.allSatisfy { $0 > 0.7 } ? "does not follow" : "does not hold",
            """
            alpha is \((all.min() ?? 0).text(3)) to \((all.max() ?? 0).text(3)), and each group of \
            indicators alone allows an AUC of \((areas.min() ?? 0).text(3)) to \
            \((areas.max() ?? 0).text(3)) only: alpha asks whether indicators agree, not whether \
            they foretell default
            """,
        ]
    }

    private var systemAlphaClaim: [String] {
        let spread = alphas.map { ($0.max() ?? 0) - ($0.min() ?? 0) }.max() ?? 0
        let printed = PrintedTables.alpha.values.sorted()
        let scores = results.scoreReliability.map(\.alpha)
        return [
            "Alpha differs by system: 0.7224 for IBk to 0.8447 for logistic regression",
            "no merit of a system",
            """
            no system enters the alpha of indicators, which differs by at most \(spread.text(3)) \
            between groups of \(results.loans.groups[0].count.text) loans (in print by \
            \((printed[printed.count - 1] - printed[0]).text(3))); that of the systems' four \
            scores is \((scores.min() ?? 0).text(3)) to \((scores.max() ?? 0).text(3)) where every \
            group of indicators adds knowledge
            """,
        ]
    }

    private var countClaim: [String] {
        let counts = PrintedTables.errors.values.flatMap(\.self).map(\.impliedCount).sorted()
        return [
            "16,000 loans in four groups", "contradicts its tables",
            """
            the printed deviations and standard errors belong to \(counts[0].text(0)) to \
            \(counts[counts.count - 1].text(0)) loans
            """,
        ]
    }

    private var standardErrorClaim: [String] {
        func range(_ system: RiskSystem) -> String {
            let errors = (PrintedTables.errors[system] ?? []).map(\.standardError).sorted()
            return "\(errors[0].text(3)) to \(errors[errors.count - 1].text(3))"
        }
        return [
            "The standard error is 0.262 (Table 2) and 0.004 (Table 3)", "in no row",
            """
            the tables have \(range(.logisticRegression)) and \(range(.naiveBayes)); 0.262 is a t, \
            that of the last row of Table 2: 0.44 / 1.680
            """,
        ]
    }
}
