// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule

/// A parameter that choices told, and how surely.
public struct ParameterEstimate: Hashable, Codable, Sendable {
    /// Which one.
    public let parameter: PreferenceParameter

    /// The most likely value.
    public let value: Double

    /// The standard error from the observed information; nil for a parameter that was fixed, and
    /// where the choices do not identify the parameters.
    public let standardError: Double?

    /// The 95 % interval; nil where there is no standard error.
    ///
    /// Wald's on the scale on which the search is unbounded: the logarithm of the distance from the
    /// parameter's lower end, for a tremble the log-odds. It lies within the parameter's range.
    public let interval: ClosedRange<Double>?
}

/// The preferences that make observed choices most likely.
public struct PreferenceFit: Hashable, Codable, Sendable {
    /// What was looked for.
    public let model: PreferenceModel

    /// Every parameter of the model, in the order of ``PreferenceModel/parameters``.
    public let estimates: [ParameterEstimate]

    /// The log-likelihood of the choices, at most 0.
    public let logLikelihood: Double

    /// The number of choices.
    public let choiceCount: Int

    /// Whether the search came to rest at a maximum.
    public let hasConverged: Bool

    /// The covariance of the free parameters on their unbounded scale (free x free), in the order
    /// of ``PreferenceModel/freeParameters``; nil where the observed information is singular.
    public let covariance: [[Double]]?

    /// How to predict and to simulate choices with these preferences.
    public let agent: ChoiceAgent

    /// The value and weighting functions.
    public var preference: CumulativeProspectTheory { agent.preference }

    /// The log-likelihood of choosing by a fair coin.
    public var nullLogLikelihood: Double { -Double(choiceCount) * Double.log(2) }

    /// `G2 = -2 log L`.
    public var deviance: Double { -2 * logLikelihood }

    /// Akaike's criterion, `-2 log L + 2 k` for k free parameters.
    public var aic: Double { deviance + 2 * Double(model.freeParameters.count) }

    /// Schwarz's criterion, `-2 log L + k log n` for k free parameters and n choices.
    public var bic: Double {
        deviance + Double(model.freeParameters.count) * Double.log(Double(choiceCount))
    }

    /// The estimate of a parameter; nil for one that the model does not have.
    public subscript(parameter: PreferenceParameter) -> ParameterEstimate? {
        estimates.first { $0.parameter == parameter }
    }
}

extension PreferenceModel {
    /// Finds the preferences that make choices most likely.
    ///
    /// Maximum likelihood by BFGS and Newton's method from three starts; the best is
    /// kept. Gradients are exact; the observed information is by differences of
    /// gradients. Without randomness.
    /// - Parameter choices: What was chosen; of one person, or of many taken as one (pooled).
    /// - Throws: ``BehavioralError``: `empty`, `invalidParameter` for a fixed value,
    ///   `invalidChoice` for a choice of which Luce's rule says nothing, with its position,
    ///   `notConverged` when the likelihood is not finite anywhere the search begins, `cancelled`.
    /// - Complexity: O(n) per step for n outcomes of all choices; some hundred steps.
    public func fit(_ choices: [RiskyChoice]) throws(BehavioralError) -> PreferenceFit {
        let likelihood = try ChoiceLikelihood(self, choices)
        var best: QuasiNewton.Minimum?
        for curvature in [0.7, 0.4, 1.0] {
            if Task.isCancelled { throw BehavioralError(.cancelled, "the fit was cancelled") }
            let start = likelihood.start(curvature: curvature)
            guard likelihood.evaluate(start).value.isFinite else { continue }
            let minimum = QuasiNewton().minimise(from: start, likelihood.evaluate)
            if best.map({ minimum.value < $0.value - 1e-9 }) ?? true { best = minimum }
            if freeParameters.isEmpty { break }
        }
        guard let best else {
            throw BehavioralError(.notConverged, "the likelihood is not finite at any start")
        }
        return try PreferenceFit(self, likelihood, best)
    }

    /// Fits every person on their own.
    ///
    /// - Parameter people: The choices of each person.
    /// - Throws: As ``fit(_:)``; the message begins with the person's position.
    public func fitIndividuals(
        _ people: [[RiskyChoice]]
    ) throws(BehavioralError) -> [PreferenceFit] {
        var fits: [PreferenceFit] = []
        for (index, choices) in people.enumerated() {
            do throws(BehavioralError) {
                fits.append(try fit(choices))
            } catch {
                throw BehavioralError(error.code, "person \(index): \(error.message)")
            }
        }
        return fits
    }
}

extension PreferenceFit {
    init(
        _ model: PreferenceModel, _ likelihood: ChoiceLikelihood, _ minimum: QuasiNewton.Minimum
    ) throws(BehavioralError) {
        let free = likelihood.free
        let covariance = minimum.hessian.cholesky()?.inverse()
        let values = likelihood.values(minimum.point)
        estimates = model.parameters.map { parameter in
            let value = values[parameter] ?? 0
            guard let covariance, let index = free.firstIndex(of: parameter) else {
                return ParameterEstimate(
                    parameter: parameter, value: value, standardError: nil, interval: nil)
            }
            return ParameterEstimate(
                parameter, coordinate: minimum.point[index],
                standardError: covariance[index, index].squareRoot(), model.weighting)
        }
        self.model = model
        logLikelihood = -minimum.value
        choiceCount = likelihood.count
        hasConverged = minimum.hasConverged || free.isEmpty
        self.covariance = covariance?.rows
        agent = try ChoiceAgent(model: model, values: values)
    }
}

extension ParameterEstimate {
    /// An estimate and its standard error on the unbounded scale, brought to its own.
    init(
        _ parameter: PreferenceParameter, coordinate: Double, standardError: Double,
        _ weighting: PreferenceModel.Weighting
    ) {
        let value = parameter.value(coordinate, weighting)
        let margin = NormalDistribution.quantile(0.975) * standardError
        self.init(
            parameter: parameter, value: value,
            standardError: parameter.slope(value, weighting) * standardError,
            interval: parameter.value(
                coordinate - margin, weighting)...parameter.value(
                    coordinate + margin, weighting))
    }
}
