// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Testing
import _CreditTestSupport

/// Weights and loan decisions at 50 digits, rounded to doubles.
struct BehavioralGolden: Decodable {
    struct Weights: Decodable {
        var probability, gamma, tverskyKahneman, alpha, beta, prelec, prelecTwo: Double
        var printedGamma, printed: Double
    }

    struct Loan: Decodable {
        var lender: String
        var defaultProbability, rate, lossGivenDefault: Double
        var gain, loss, omega, amount, value: Double
    }

    var weights: [Weights]
    var loans: [Loan]

    static func load() throws -> BehavioralGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "behavioral_prospects", withExtension: "json",
                subdirectory: "Golden"))
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}

/// Weights and optima at 30 digits, kept as text.
struct ProspectTheoryGolden: Decodable {
    struct Optimum: Decodable {
        var omega, tau, chi: Double
        var xi: String
    }

    var weights_TK1992: [String: [String: String]]
    var prelec2_65: [String]
    var xi: [Optimum]

    static func load() throws -> ProspectTheoryGolden {
        try SharedData.json("golden/prospect_theory.json")
    }
}

/// Loans with their G, L, Omega, xi and V, and the maximum by brute force.
struct LoanExample: Decodable {
    var PD, r, LGD, tau, chi, lam, G, L, Omega, xi, xi_bruteforce, V: Double

    static func load() throws -> [LoanExample] {
        try SharedData.json("golden/xi_loan_examples.json")
    }
}

/// Expects a `BehavioralError` of this code with `fragment` in its message.
func expectError<Value>(
    _ code: BehavioralError.Code, _ fragment: String,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws(BehavioralError) -> Value
) {
    do throws(BehavioralError) {
        let value = try body()
        Issue.record("no error but \(value)", sourceLocation: sourceLocation)
    } catch {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.contains(fragment), "\(error)", sourceLocation: sourceLocation)
    }
}
