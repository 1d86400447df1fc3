// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule

/// Somebody with known preferences who chooses with some error: to predict and to simulate choices.
///
/// ```swift
/// let agent = try ChoiceAgent(
///     model: PreferenceModel(hasEqualCurvature: true),
///     values: [
///         .gainCurvature: 0.74, .lossAversion: 1.27, .gainWeighting: 0.61, .lossWeighting: 0.89,
///         .sensitivity: 0.06,
///     ])
/// var generator = SystemRandomNumberGenerator()
/// let choices = try agent.choose(among: problems, using: &generator)
/// ```
public struct ChoiceAgent: Hashable, Codable, Sendable {
    /// The families and the choice rule.
    public let model: PreferenceModel

    /// The value of every parameter of the model.
    public let values: [PreferenceParameter: Double]

    /// The value and weighting functions.
    public let preference: CumulativeProspectTheory

    /// Gives a model its parameters.
    ///
    /// - Parameters:
    ///   - model: The families and the choice rule.
    ///   - values: A value for every parameter of the model that is not fixed.
    /// - Throws: ``BehavioralError`` for a parameter without a value or outside its range, and for
    ///   one that the model does not have.
    public init(
        model: PreferenceModel, values: [PreferenceParameter: Double]
    ) throws(BehavioralError) {
        try model.checkFixed()
        var all = model.fixed
        for parameter in PreferenceParameter.allCases {
            guard let value = values[parameter] else { continue }
            guard model.parameters.contains(parameter) else {
                throw BehavioralError(
                    .invalidParameter, "the model has no \(parameter.rawValue)")
            }
            if parameter != .tremble || value != 0 {
                try parameter.check(value, model.weighting)
            }
            all[parameter] = value
        }
        for parameter in model.parameters where all[parameter] == nil {
            throw BehavioralError(.invalidParameter, "\(parameter.rawValue) has no value")
        }
        self.model = model
        self.values = all
        preference = try Self.preference(model, all)
    }

    private enum CodingKeys: String, CodingKey {
        case model, values
    }

    /// Reads an agent and checks the parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the initialiser refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let model = try container.decode(PreferenceModel.self, forKey: .model)
        let values = try container.decode(
            [PreferenceParameter: Double].self, forKey: .values)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            try ChoiceAgent(model: model, values: values)
        }
    }

    /// Writes the model and the values.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(values, forKey: .values)
    }

    private static func preference(
        _ model: PreferenceModel, _ values: [PreferenceParameter: Double]
    ) throws(BehavioralError) -> CumulativeProspectTheory {
        let gainCurvature = values[.gainCurvature] ?? 1
        let gainWeighting = values[.gainWeighting] ?? 1
        let gainElevation = values[.gainElevation] ?? 1
        return CumulativeProspectTheory(
            valueFunction: try ValueFunction(
                gains: curve(model.curve, gainCurvature),
                losses: curve(model.curve, values[.lossCurvature] ?? gainCurvature),
                lossAversion: values[.lossAversion] ?? 1),
            gainWeighting: try weighting(model.weighting, gainWeighting, gainElevation),
            lossWeighting: try weighting(
                model.weighting, values[.lossWeighting] ?? gainWeighting,
                values[.lossElevation] ?? gainElevation))
    }

    private static func curve(
        _ family: PreferenceModel.Curve, _ parameter: Double
    ) throws(BehavioralError) -> UtilityCurve {
        switch family {
        case .power: try .power(exponent: parameter)
        case .exponential: try .exponential(rate: parameter)
        case .logarithmic: try .logarithmic(rate: parameter)
        }
    }

    private static func weighting(
        _ family: PreferenceModel.Weighting, _ parameter: Double, _ elevation: Double
    ) throws(BehavioralError) -> WeightingFunction {
        switch family {
        case .identity: .identity
        case .tverskyKahneman: try .tverskyKahneman(gamma: parameter)
        case .prelec: try .prelec(alpha: parameter)
        case .prelecTwo: try .prelec(alpha: parameter, beta: elevation)
        case .goldsteinEinhorn:
            try .goldsteinEinhorn(curvature: parameter, elevation: elevation)
        case .power: try .power(exponent: parameter)
        }
    }

    /// The probability to choose the first prospect, in `0...1`.
    ///
    /// - Throws: ``BehavioralError`` with code `invalidChoice` where Luce's rule says nothing.
    public func probabilityOfFirst(in problem: ChoiceProblem) throws(BehavioralError) -> Double {
        let first = try preference.value(of: problem.first)
        let second = try preference.value(of: problem.second)
        let sensitivity = values[.sensitivity] ?? 1
        let core: Double
        switch model.choiceRule {
        case .softmax: core = 1 / (1 + Double.exp(-sensitivity * (first - second)))
        case .probit: core = NormalDistribution.cumulative(sensitivity * (first - second))
        case .luce:
            try LuceRule.check(problem, "the problem")
            core =
                1 / (1 + Double.exp(-sensitivity * LuceRule.difference(first, second)))
        }
        let tremble = values[.tremble] ?? 0
        return (1 - tremble) * core + tremble / 2
    }

    /// Draws a choice for every problem.
    ///
    /// - Throws: As ``probabilityOfFirst(in:)``.
    public func choose(
        among problems: [ChoiceProblem], using generator: inout some RandomNumberGenerator
    ) throws(BehavioralError) -> [RiskyChoice] {
        var choices: [RiskyChoice] = []
        choices.reserveCapacity(problems.count)
        for problem in problems {
            let uniform = Double(generator.next() >> 11) * 0x1p-53
            choices.append(
                RiskyChoice(
                    problem: problem, choseFirst: try uniform < probabilityOfFirst(in: problem)))
        }
        return choices
    }
}

/// Luce's rule as a difference of logarithms of sizes.
enum LuceRule {
    static func difference(_ first: Double, _ second: Double) -> Double {
        first > 0
            ? Double.log(first) - Double.log(second) : Double.log(-second) - Double.log(-first)
    }

    static func check(_ problem: ChoiceProblem, _ name: String) throws(BehavioralError) {
        let ends = [problem.first, problem.second].map {
            ($0.outcomes[0], $0.outcomes[$0.outcomes.count - 1])
        }
        let areGains = ends.allSatisfy { $0.0 >= 0 && $0.1 > 0 }
        let areLosses = ends.allSatisfy { $0.1 <= 0 && $0.0 < 0 }
        guard areGains || areLosses else {
            throw BehavioralError(
                .invalidChoice,
                "\(name) is neither between gains nor between losses, as Luce's rule needs")
        }
    }
}
