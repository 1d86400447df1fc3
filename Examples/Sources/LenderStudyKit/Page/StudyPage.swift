// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation

/// The page `ProspectTheory.md`: paper 004's numbers recomputed, and what a fit recovers.
struct StudyPage {
    let recovery: RecoveryReport
    let choicesPerRun: Int
    let seed: UInt64

    func markdown() throws(BehavioralError) -> String {
        [
            introduction, try tables(), try figures(), try weighting(), try lemma(),
            try loans(), recoveryText,
        ].joined(separator: "\n")
    }

    private var introduction: String {
        """
        # Prospect theory: paper 004 recomputed

        V. Hassija, G. Bansal, V. Chamola, N. Kumar, M. Guizani, *Secure Lending: Blockchain and
        Prospect Theory-Based Decentralized Credit Scoring Model*, IEEE TNSE 7 (2020),
        https://doi.org/10.1109/TNSE.2020.2982488. Written by `Examples/LenderStudy`; do not edit.

        The paper's formula for the best investment, ξ = (τ Ω / χ)^(1 / (χ − τ)), is right for
        τ < χ. Below, every value that the paper prints stands beside what the formula gives.
        *Right* means: the formula's value rounds to the printed digits.

        """
    }

    private func tables() throws(BehavioralError) -> String {
        """
        ## Table I: ξ for χ = 0.8

        \(try table(PrintedValue.tableI))
        ## Table II: ξ for τ = 0.3

        \(try table(PrintedValue.tableII))
        ## Values in the text: χ = 0.9, τ = 0.5

        \(try table(PrintedValue.text))
        """
    }

    private func table(_ values: [PrintedValue]) throws(BehavioralError) -> String {
        var text = "| Ω | τ | χ | Printed | Formula | Verdict |\n|---|---|---|---|---|---|\n"
        for value in values {
            text += "| \(value.omega) | \(value.tau) | \(value.chi) | \(value.printed) "
            text += "| \(short(try value.recomputed())) | \(try value.verdict().rawValue) |\n"
        }
        var counts: [PrintedValue.Verdict: Int] = [:]
        for value in values { counts[try value.verdict(), default: 0] += 1 }
        return text + """

            Right \(counts[.right] ?? 0), cut \(counts[.cut] ?? 0), wrong \
            \(counts[.wrong] ?? 0) of \(values.count).

            """
    }

    private func figures() throws(BehavioralError) -> String {
        var text = """
            ## Figures 6 to 8: ξ over τ and χ

            | Ω = 0.2 | Ω = 0.7 | Ω = 1 |
            |---|---|---|
            | ![Fig. 6](../Figures/prospect-figure-6.svg) \
            | ![Fig. 7](../Figures/prospect-figure-7.svg) \
            | ![Fig. 8](../Figures/prospect-figure-8.svg) |

            The text cites Figs. 8 and 9 where it means 7 and 8; there is no Fig. 9.

            | Ω | Greatest ξ at χ = 0.8 | Greatest ξ at χ = 1 | ξ falls as τ rises | ξ falls as χ rises |
            |---|---|---|---|---|

            """
        for omega in [0.2, 0.7, 1] {
            let (low, high) = (
                try FigureReadings.peak(omega: omega, chi: 0.8),
                try FigureReadings.peak(omega: omega, chi: 1)
            )
            let falls = try FigureReadings.falls(omega: omega)
            text += "| \(omega) | \(short(low.xi)) at τ \(short(low.tau, 3)) "
            text += "| \(short(high.xi)) at τ \(short(high.tau, 3)) "
            text += "| in \(falls.byTau) of \(falls.tauSteps) steps "
            text += "| in \(falls.byChi) of \(falls.chiSteps) |\n"
        }
        return text + """

            ![ξ over τ](../Figures/prospect-peaks.svg)

            | The paper reads | Verdict |
            |---|---|
            | Ω = 0.2: ξ rises up to τ = 0.3 and then falls | wrong: the peak lies at a quarter of \
            χ, and Table I's own printed row falls and rises |
            | Greater Ω: ξ rises with τ (Table I) | wrong for Ω = 0.7, where it peaks near half of \
            χ; right for Ω = 1, where it approaches exp(−1/χ) |
            | ξ rises with χ for a given τ (Table II) | right for every Ω up to 1 |
            | ξ grows with Ω | right |

            """
    }

    private func weighting() throws(BehavioralError) -> String {
        var text = """
            ## Erratum: the weighting function

            The outer exponent of the denominator is printed as γ; Tversky and Kahneman's is 1/γ.

            ![Weighting](../Figures/prospect-weighting.svg)

            | γ | w(0.01) | printed | w(0.5) | printed | w(0.9) | printed | w(p) = p at | printed |
            |---|---|---|---|---|---|---|---|---|

            """
        for gamma in [0.61, 0.69] {
            let right = try WeightingFunction.tverskyKahneman(gamma: gamma)
            let printed = try WeightingFunction.printedInHassija2020(gamma: gamma)
            text += "| \(gamma) |"
            for p in [0.01, 0.5, 0.9] {
                text += " \(short(try right(p))) | \(short(try printed(p))) |"
            }
            text += " \(short(try crossing(right), 3)) | \(short(try crossing(printed), 3)) |\n"
        }
        return text + """

            As printed, chances of up to some two thirds are over-weighted, against the paper's own
            fourth point. `WeightingFunction.printedInHassija2020` keeps the form by name.

            """
    }

    private func crossing(_ function: WeightingFunction) throws(BehavioralError) -> Double {
        var (low, high) = (0.05, 0.95)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if try function(middle) > middle { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The second derivative at several amounts, by differences, beside the printed one.
    private func lemma() throws(BehavioralError) -> String {
        let (tau, chi, omega) = (0.5, 0.9, 0.7)
        let objective = try InvestmentObjective(
            omega: omega, gainExponent: tau, lossExponent: chi)
        let turning = pow(
            tau * (1 - tau) * omega / (chi * (1 - chi)), 1 / (chi - tau))
        var text = """
            ## Errata: Lemmas 1 and 2

            Lemma 1 prints V'' = τ² G ξ^(τ−2) − χ² L ξ^(χ−2) and concludes that V is concave for
            τ < χ and Ω ≤ 1. The second derivative is τ(τ−1) G ξ^(τ−2) − χ(χ−1) L ξ^(χ−2), and for
            τ < χ < 1 it changes its sign at ξ = (τ(1−τ)Ω / (χ(1−χ)))^(1/(χ−τ)); Ω plays no other
            role. For τ = \(tau), χ = \(chi), Ω = \(omega), L = 1 that is at ξ = \(short(turning)):

            | ξ | V'' by differences | Formula | As printed |
            |---|---|---|---|

            """
        for xi in [0.05, 0.5, turning, 2 * turning] {
            let h = xi * 1e-3
            let difference =
                try
                (objective.value(of: xi + h) + objective.value(of: xi - h)
                - 2 * objective.value(of: xi)) / (h * h)
            let formula =
                tau * (tau - 1) * omega * pow(xi, tau - 2)
                - chi * (chi - 1) * pow(xi, chi - 2)
            let printed =
                tau * tau * omega * pow(xi, tau - 2) - chi * chi * pow(xi, chi - 2)
            let parts = [xi, difference, formula, printed].map { abs($0) < 1e-5 ? "0" : short($0) }
            text += "| \(parts.joined(separator: " | ")) |\n"
        }
        return text + """

            Lemma 2's formula holds all the same: V' = ξ^(τ−1) (τ G − χ L ξ^(χ−τ)) changes its sign
            once, so V has one maximum for every Ω > 0 as long as τ < χ. Equation 3 carries a stray
            ξ^χ, and λ is lost on the way to equation 4; here L contains λ.

            """
    }

    private func loans() throws(BehavioralError) -> String {
        var text = """
            ## Loans in the eyes of three lenders

            The paper names kinds of lenders and gives no numbers; those of the presets are this
            library's own. LGD 45 %, cap 1 (the whole budget).

            | PD | Rate | Opportunistic | Neutral | Risk-averse |
            |---|---|---|---|---|

            """
        for (probability, rate) in [(0.02, 0.1), (0.05, 0.1), (0.1, 0.14), (0.2, 0.15)] {
            let loan = try LoanProspect(
                defaultProbability: probability, rate: rate, lossGivenDefault: 0.45)
            text += "| \(probability) | \(rate) |"
            for lender in [Lender.opportunistic, .neutral, .riskAverse] {
                let decision = try lender.invest(in: loan)
                let amount: String =
                    switch decision.verdict {
                    case .interior(let amount): short(amount, 3)
                    case .capped(let cap): "\(short(cap, 3)), capped"
                    case .nothing: "nothing"
                    case .unbounded: "unbounded"
                    }
                text += " \(amount) (Ω \(short(decision.omega, 3))) |"
            }
            text += "\n"
        }
        return text
    }

    private var recoveryText: String {
        var text = """
            ## Recovery of preferences from choices

            \(recovery.runs) runs (seed \(seed)): in each, \(choicesPerRun) choices between random
            gambles with outcomes up to 1000 are simulated at the medians of A. Glöckner, T. Pachur,
            Cognition 123 (2012), https://doi.org/10.1016/j.cognition.2011.12.002, session 1, and
            the same model is fitted by maximum likelihood. With outcomes up to 100 these medians
            make choices so noisy that a thousand of them do not yet settle the parameters.
            Coverage is the share of runs whose 95 % interval holds the truth; for exact intervals
            it would be between 0.92 and 0.98 in 500 runs.
            \(recovery.identifiedRuns) runs identified every parameter.

            | Parameter | Truth | Mean estimate | RMSE | Mean standard error | Coverage |
            |---|---|---|---|---|---|

            """
        for parameter in recovery.parameters {
            text += "| \(parameter.parameter.rawValue) | \(short(parameter.truth)) "
            text += "| \(short(parameter.mean)) | \(short(parameter.rootMeanSquaredError)) "
            text += "| \(short(parameter.meanStandardError)) "
            text += "| \(String(format: "%.3f", parameter.coverage)) |\n"
        }
        return text
    }

    private func short(_ value: Double, _ digits: Int = 4) -> String {
        String(format: "%.\(digits)g", value)
    }
}
