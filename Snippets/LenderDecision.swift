// SPDX-License-Identifier: Apache-2.0

// How much of the budget goes into a loan, for three kinds of lender.
import Behavioral

let loan = try LoanProspect(defaultProbability: 0.08, rate: 0.14, lossGivenDefault: 0.45)
for (name, lender) in [
    ("opportunistic", Lender.opportunistic), ("neutral", .neutral), ("risk-averse", .riskAverse),
] {
    let decision = try lender.invest(in: loan, cap: 1)
    print(name, "Omega", decision.omega, decision.verdict)
}
