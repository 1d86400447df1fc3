// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Testing
import _CreditTestSupport

/// Curves, weights, prospects, schedules, sensitivities and allocations of the golden script.
struct TheoryGolden: Decodable {
    struct Curve: Decodable {
        var family: String
        var a, b, size, value, derivative: Double

        func make() throws -> UtilityCurve {
            switch family {
            case "power": try .power(exponent: a)
            case "exponential": try .exponential(rate: a)
            case "logarithmic": try .logarithmic(rate: a)
            case "quadratic": try .quadratic(rate: a)
            default: try .expoPower(rate: a, exponent: b)
            }
        }
    }

    struct Weight: Decodable {
        var family: String
        var a, b, probability, weight, derivative: Double

        func make() throws -> WeightingFunction {
            switch family {
            case "tverskyKahneman": try .tverskyKahneman(gamma: a)
            case "printed": try .printedInHassija2020(gamma: a)
            case "prelec": try .prelec(alpha: a, beta: b)
            case "goldsteinEinhorn": try .goldsteinEinhorn(curvature: a, elevation: b)
            case "power": try .power(exponent: a)
            case "neoAdditive": try .neoAdditive(intercept: a, slope: b)
            default: try .exponentialPower(alpha: a, beta: b)
            }
        }
    }

    struct Continuous: Decodable {
        var kind, weighting: String
        var first, second, gain, loss, value: Double
    }

    struct Schedule: Decodable {
        var kind: String
        var periods, recoveryDelay: Int
        var rate, defaultProbability, lossGivenDefault, discountRate, mean: Double
        var payments, outcomes, probabilities: [Double]
    }

    struct Sensitivity: Decodable {
        var defaultProbability, rate, lossGivenDefault, tau, chi, lambda, amount: Double
        var dDefaultProbability, dRate, dLossGivenDefault, dTau, dChi, dLambda: Double
    }

    struct Allocation: Decodable {
        var budget, value: Double
        var loanLimit: Double?
        var groupLimits, gain, loss, tau, chi, amounts: [Double]
        var groups: [Int]
    }

    var curves: [Curve]
    var weights: [Weight]
    var continuous: [Continuous]
    var schedules: [Schedule]
    var sensitivities: [Sensitivity]
    var allocations: [Allocation]

    static let shared = Result { try load() }

    private static func load() throws -> TheoryGolden {
        let url = try #require(
            Bundle.module.url(
                forResource: "behavioral_theory", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}
