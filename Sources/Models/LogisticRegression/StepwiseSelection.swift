// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Choice of features of a maximum-likelihood logistic regression, one at a time.
///
/// Every step fits all models with one feature more or less and takes the best of them. A model
/// that cannot be fitted, because its features are dependent or separate the classes, is never
/// taken. Of equal ones the feature in the earlier column wins.
///
/// Tests of the result know nothing of the choice: its p-values are too small. Judge
/// it by rows that were not used.
public struct StepwiseSelection: Codable, Hashable, Sendable {
    /// Where the choice starts and what a step may do.
    public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
        /// From no features, adding.
        case forward
        /// From all features, removing.
        case backward
        /// From no features, adding and removing.
        case both
    }

    /// What makes a step worth taking.
    public enum Criterion: Codable, Hashable, Sendable {
        /// A lower Akaike criterion.
        case aic
        /// A lower Bayesian criterion.
        case bic
        /// A likelihood-ratio test: features with a p-value below `enter` come in, features with
        /// one above `remove` go; `enter <= remove`, both within 0...1.
        case pValue(enter: Double, remove: Double)
    }

    /// One feature that came or went.
    public struct Step: Hashable, Sendable {
        /// The feature.
        public let feature: String

        /// Whether it came in.
        public let isAddition: Bool

        /// The criterion after the step, or the p-value that decided.
        public let value: Double
    }

    /// What was chosen.
    public struct Result: Sendable {
        /// The chosen features, in column order.
        public let featureNames: [String]

        /// The fit to them; `nil` where there are none.
        public let model: LogisticRegressionModel?

        /// The way there.
        public let steps: [Step]
    }

    /// Criteria and twice log-likelihoods closer than this are equal.
    private static let leastGain = 1e-9

    /// Where the choice starts and what a step may do.
    public var direction: Direction

    /// What makes a step worth taking.
    public var criterion: Criterion

    /// A plan of choice.
    public init(direction: Direction = .both, criterion: Criterion = .aic) {
        self.direction = direction
        self.criterion = criterion
    }

    /// Chooses features.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - progress: sees every step; the limit is twice the number of features.
    /// - Throws: ``ModelError`` with code `invalidRecipe`; `cancelled`; with ``Direction/backward``
    ///   the codes of a fit to all features.
    /// - Complexity: O(features²) fits.
    public func select(
        _ data: ClassificationData, progress: FitObserver? = nil
    ) throws(ModelError) -> Result {
        if case .pValue(let enter, let remove) = criterion {
            guard enter >= 0, enter <= remove, remove <= 1 else {
                throw ModelError(
                    .invalidRecipe, "p-values of \(enter) to enter and \(remove) to remove")
            }
        }
        let names = data.featureNames
        var candidates = CandidateModels(data)
        var chosen = direction == .backward ? Array(names.indices) : []
        guard var current = try candidates.fit(chosen) else {
            _ = try LogisticRegression(penalty: .none).fit(data)
            throw ModelError(.notConverged, "the model of all features")
        }
        var steps: [Step] = []
        // Rounding must not let a feature come and go for ever.
        while steps.count < 2 * names.count {
            var best: (features: [Int], fit: CandidateModels.Fit, step: Step, merit: Double)?
            for column in names.indices {
                let isAddition = !chosen.contains(column)
                guard isAddition ? direction != .backward : direction != .forward else { continue }
                let features =
                    isAddition ? (chosen + [column]).sorted() : chosen.filter { $0 != column }
                guard let fit = try candidates.fit(features),
                    let (merit, value) = merit(of: fit, after: current, isAddition: isAddition),
                    merit > (best?.merit ?? 0) + Self.leastGain
                else { continue }
                let step = Step(feature: names[column], isAddition: isAddition, value: value)
                best = (features, fit, step, merit)
            }
            guard let best else { break }
            (chosen, current) = (best.features, best.fit)
            steps.append(best.step)
            try FitProgress(
                step: steps.count, stepLimit: 2 * names.count, objective: best.step.value
            ).report(to: progress)
        }
        return Result(
            featureNames: chosen.map { names[$0] }, model: current.model, steps: steps)
    }

    /// How good a step is, above 0 where it is worth taking, and the value to report.
    private func merit(
        of fit: CandidateModels.Fit, after current: CandidateModels.Fit, isAddition: Bool
    ) -> (merit: Double, value: Double)? {
        switch criterion {
        case .aic: return (current.aic - fit.aic, fit.aic)
        case .bic: return (current.bic - fit.bic, fit.bic)
        case .pValue(let enter, let remove):
            let gain = 2 * abs(fit.logLikelihood - current.logLikelihood)
            let value = ChiSquareTest(statistic: gain, degreesOfFreedom: 1).pValue
            if isAddition { return value < enter ? (gain, value) : nil }
            // What has no merit goes before what has some comes in.
            return value > remove ? (1e300 / (1 + gain), value) : nil
        }
    }
}

/// Fits of subsets of the features, the empty one included.
private struct CandidateModels {
    struct Fit {
        var logLikelihood: Double
        var parameterCount: Int
        var observationCount: Double
        var model: LogisticRegressionModel?

        var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }
        var bic: Double {
            naturalLogarithm(observationCount) * Double(parameterCount) - 2 * logLikelihood
        }
    }

    private let data: ClassificationData
    private var known: [[Int]: Fit?] = [:]

    init(_ data: ClassificationData) { self.data = data }

    /// The fit to `features`; nil where there is no maximum.
    mutating func fit(_ features: [Int]) throws(ModelError) -> Fit? {
        if let fit = known[features] { return fit }
        let fit = try made(features)
        known[features] = .some(fit)
        return fit
    }

    private func made(_ features: [Int]) throws(ModelError) -> Fit? {
        let recipe = LogisticRegression(penalty: .none)
        guard !features.isEmpty else {
            let problem = try LogisticProblem(LogisticRows(data, offsets: nil), recipe: recipe)
            return Fit(
                logLikelihood: problem.nullLogLikelihood, parameterCount: 1,
                observationCount: problem.totalWeight)
        }
        do {
            let model = try recipe.fit(
                ClassificationData(
                    features: data.features.gatheringColumns(features), labels: data.labels,
                    weights: data.weights, featureNames: features.map { data.featureNames[$0] }))
            guard let inference = model.inference else { return nil }
            return Fit(
                logLikelihood: inference.logLikelihood, parameterCount: inference.parameterCount,
                observationCount: inference.observationCount, model: model)
        } catch {
            switch error.code {
            case .rankDeficient, .separation, .notConverged: return nil
            default: throw error
            }
        }
    }
}
