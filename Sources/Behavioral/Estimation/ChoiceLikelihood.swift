// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule

/// Minus the log-likelihood of choices, as a function of the real numbers that stand for the free
/// parameters, with its gradient.
struct ChoiceLikelihood {
    private struct Compiled {
        var first, second: CompiledProspect
        var choseFirst: Bool
    }

    let model: PreferenceModel
    let free: [PreferenceParameter]
    private let choices: [Compiled]
    private let ordinals: [Int]

    var count: Int { choices.count }

    init(_ model: PreferenceModel, _ choices: [RiskyChoice]) throws(BehavioralError) {
        try model.checkFixed()
        guard !choices.isEmpty else { throw BehavioralError(.empty, "no choices") }
        if model.choiceRule == .luce {
            for (index, choice) in choices.enumerated() {
                try LuceRule.check(choice.problem, "choice \(index)")
            }
        }
        self.model = model
        free = model.freeParameters
        ordinals = free.map { Self.ordinal($0) }
        self.choices = choices.map {
            Compiled(
                first: CompiledProspect($0.problem.first),
                second: CompiledProspect($0.problem.second), choseFirst: $0.choseFirst)
        }
    }

    private static func ordinal(_ parameter: PreferenceParameter) -> Int {
        PreferenceParameter.allCases.firstIndex(of: parameter) ?? 0
    }

    /// The values of all nine parameters, in the order of their declaration; those that the model
    /// ties follow their partners.
    private func natural(_ coordinates: [Double]) -> [Double] {
        var values = PreferenceParameter.allCases.map {
            model.fixed[$0] ?? ($0 == .tremble ? 0 : 1)
        }
        for (index, parameter) in free.enumerated() {
            values[ordinals[index]] = parameter.value(coordinates[index], model.weighting)
        }
        if model.hasEqualCurvature { values[1] = values[0] }
        if model.hasEqualWeighting { (values[4], values[6]) = (values[3], values[5]) }
        return values
    }

    /// Values by name, for a report.
    func values(_ coordinates: [Double]) -> [PreferenceParameter: Double] {
        var result = model.fixed
        for (index, parameter) in free.enumerated() {
            result[parameter] = parameter.value(coordinates[index], model.weighting)
        }
        return result
    }

    /// The value and the nine derivatives of a prospect.
    private func evaluate(
        _ prospect: CompiledProspect, _ x: [Double], into gradient: inout [Double]
    ) -> Double {
        let gain = CompiledProspect.side(
            prospect.gains, model.curve, x[0], model.weighting, x[3], x[5])
        let loss = CompiledProspect.side(
            prospect.losses, model.curve, x[1], model.weighting, x[4], x[6])
        gradient[0] = gain.byCurvature
        gradient[1] = -x[2] * loss.byCurvature
        gradient[2] = -loss.value
        gradient[3] = gain.byParameter
        gradient[4] = -x[2] * loss.byParameter
        gradient[5] = gain.byElevation
        gradient[6] = -x[2] * loss.byElevation
        return gain.value - x[2] * loss.value
    }

    /// Minus the log-likelihood at `coordinates`, and its gradient.
    func evaluate(_ coordinates: [Double]) -> (value: Double, gradient: [Double]) {
        let x = natural(coordinates)
        let (sensitivity, tremble) = (x[7], x[8])
        var total = [Double](repeating: 0, count: 9)
        var (first, second) = (total, total)
        var sum = CompensatedSum()
        for choice in choices {
            let a = evaluate(choice.first, x, into: &first)
            let b = evaluate(choice.second, x, into: &second)
            var (difference, scaleFirst, scaleSecond) = (a - b, 1.0, 1.0)
            if model.choiceRule == .luce {
                difference = LuceRule.difference(a, b)
                let sign: Double = a > 0 ? 1 : -1
                (scaleFirst, scaleSecond) = (sign / a, sign / b)
            }
            let sign: Double = choice.choseFirst ? 1 : -1
            let point = likelihood(sign * sensitivity * difference, tremble)
            sum.add(point.log)
            let slope = sign * point.slope
            for index in 0..<7 {
                total[index] +=
                    slope * sensitivity * (scaleFirst * first[index] - scaleSecond * second[index])
            }
            total[7] += slope * difference
            total[8] += point.byTremble
        }
        if model.hasEqualCurvature { total[0] += total[1] }
        if model.hasEqualWeighting {
            total[3] += total[4]
            total[5] += total[6]
        }
        let gradient = free.indices.map { index in
            -total[ordinals[index]]
                * free[index].slope(x[ordinals[index]], model.weighting)
        }
        return (-sum.value, gradient)
    }

    /// The log-probability of what was chosen, given its advantage in units of the error, and the
    /// derivatives.
    private func likelihood(
        _ advantage: Double, _ tremble: Double
    ) -> (log: Double, slope: Double, byTremble: Double) {
        let isProbit = model.choiceRule == .probit
        if tremble == 0 {
            if isProbit {
                let log = NormalDistribution.logCumulative(advantage)
                let slope = Double.exp(
                    -advantage * advantage / 2 - 0.918_938_533_204_672_7 - log)
                return (log, slope, 0)
            }
            // log(1 / (1 + exp(-m))) without overflow.
            let log = min(advantage, 0) - Double.log(onePlus: Double.exp(-abs(advantage)))
            return (log, 1 / (1 + Double.exp(advantage)), 0)
        }
        let core =
            isProbit
            ? NormalDistribution.cumulative(advantage) : 1 / (1 + Double.exp(-advantage))
        let density =
            isProbit
            ? NormalDistribution.density(advantage) : core / (1 + Double.exp(advantage))
        let probability = (1 - tremble) * core + tremble / 2
        return (
            Double.log(probability), (1 - tremble) * density / probability,
            (0.5 - core) / probability
        )
    }

    /// Where to begin: usual preferences, with a sensitivity that makes usual differences count.
    func start(curvature: Double) -> [Double] {
        let isPower = model.curve == .power
        var values: [PreferenceParameter: Double] = [
            .lossAversion: 1.5, .gainWeighting: 0.75, .lossWeighting: 0.75, .gainElevation: 1,
            .lossElevation: 1, .sensitivity: 1, .tremble: 0.05,
        ]
        let sizes = choices.flatMap { ($0.first.gains + $0.first.losses).map(\.size) }.sorted()
        let typicalSize = sizes.isEmpty ? 1 : sizes[sizes.count / 2]
        // A rate is counted per unit of the outcomes.
        let rate = isPower ? curvature : (1 - curvature + 0.1) / typicalSize
        values[.gainCurvature] = rate
        values[.lossCurvature] = rate
        func coordinates() -> [Double] {
            free.map { $0.coordinate(values[$0] ?? 1, model.weighting) }
        }
        let x = natural(coordinates())
        var scratch = [Double](repeating: 0, count: 9)
        let differences = choices.map { choice in
            let a = evaluate(choice.first, x, into: &scratch)
            let b = evaluate(choice.second, x, into: &scratch)
            return abs(model.choiceRule == .luce ? LuceRule.difference(a, b) : a - b)
        }.sorted()
        let typical = differences[differences.count / 2]
        if typical > 0, typical.isFinite { values[.sensitivity] = 1 / typical }
        return coordinates()
    }
}
