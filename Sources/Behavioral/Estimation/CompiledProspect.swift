// SPDX-License-Identifier: Apache-2.0

import RealModule

/// A prospect with what does not depend on parameters worked out: sizes and cumulative
/// probabilities, from the extremes inwards.
struct CompiledProspect {
    struct Term {
        var size: Double
        var logSize: Double
        /// The probability of an outcome at least as extreme.
        var probability: Double
        var logProbability: Double
        var logComplement: Double
    }

    var gains: [Term] = []
    var losses: [Term] = []

    init(_ prospect: Prospect) {
        let count = prospect.outcomes.count
        func terms(_ order: some Sequence<Int>) -> [Term] {
            var sum = CompensatedSum()
            return order.enumerated().map { position, index in
                sum.add(prospect.probabilities[index])
                let probability = position == count - 1 ? 1 : min(sum.value, 1)
                let size = abs(prospect.outcomes[index])
                return Term(
                    size: size, logSize: Double.log(size), probability: probability,
                    logProbability: Double.log(probability),
                    logComplement: Double.log(onePlus: -probability))
            }
        }
        // Outcomes of 0 are worth nothing, whatever their weight.
        gains = terms((0..<count).reversed().prefix { prospect.outcomes[$0] > 0 })
        losses = terms((0..<count).prefix { prospect.outcomes[$0] < 0 })
    }

    /// `sum_k (w_k - w_(k-1)) u_k` of one side, and its derivatives by curvature, weighting and
    /// elevation.
    static func side(
        _ terms: [Term], _ curve: PreferenceModel.Curve, _ curvature: Double,
        _ weighting: PreferenceModel.Weighting, _ parameter: Double, _ elevation: Double
    ) -> Side {
        var result = Side()
        var last = (weight: 0.0, byParameter: 0.0, byElevation: 0.0)
        for term in terms {
            let weight = Self.weight(term, weighting, parameter, elevation)
            let utility = Self.utility(term, curve, curvature)
            let difference = weight.weight - last.weight
            result.value += difference * utility.value
            result.byCurvature += difference * utility.slope
            result.byParameter += (weight.byParameter - last.byParameter) * utility.value
            result.byElevation += (weight.byElevation - last.byElevation) * utility.value
            last = weight
        }
        return result
    }

    struct Side {
        var value = 0.0
        var byCurvature = 0.0
        var byParameter = 0.0
        var byElevation = 0.0
    }

    private static func utility(
        _ term: Term, _ curve: PreferenceModel.Curve, _ parameter: Double
    ) -> (value: Double, slope: Double) {
        switch curve {
        case .power:
            let value = Double.exp(parameter * term.logSize)
            return (value, value * term.logSize)
        case .exponential:
            let value = -Double.expMinusOne(-parameter * term.size) / parameter
            return (
                value, (term.size * Double.exp(-parameter * term.size) - value) / parameter
            )
        case .logarithmic:
            let value = Double.log(onePlus: parameter * term.size) / parameter
            return (value, (term.size / (1 + parameter * term.size) - value) / parameter)
        }
    }

    private static func weight(
        _ term: Term, _ family: PreferenceModel.Weighting, _ parameter: Double,
        _ elevation: Double
    ) -> (weight: Double, byParameter: Double, byElevation: Double) {
        if term.probability == 1 { return (1, 0, 0) }
        let (logP, logQ) = (term.logProbability, term.logComplement)
        switch family {
        case .identity: return (term.probability, 0, 0)
        case .tverskyKahneman:
            let (a, b) = (Double.exp(parameter * logP), Double.exp(parameter * logQ))
            let logSum = Double.log(a + b)
            let weight = Double.exp(parameter * logP - logSum / parameter)
            let slope =
                logP + logSum / (parameter * parameter)
                - (a * logP + b * logQ) / (parameter * (a + b))
            return (weight, weight * slope, 0)
        case .prelec, .prelecTwo:
            let logarithm = Double.log(-logP)
            let power = Double.exp(parameter * logarithm)
            let weight = Double.exp(-elevation * power)
            return (weight, -weight * elevation * power * logarithm, -weight * power)
        case .goldsteinEinhorn:
            let odds = elevation * Double.exp(parameter * (logP - logQ))
            let weight = odds / (1 + odds)
            let slope = weight / (1 + odds)
            return (weight, slope * (logP - logQ), slope / elevation)
        case .power:
            let weight = Double.exp(parameter * logP)
            return (weight, weight * logP, 0)
        }
    }
}
