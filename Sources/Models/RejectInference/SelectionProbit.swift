// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A probit model of outcomes that are only seen for accepted applications: bivariate probit with
/// selection, after Heckman.
///
/// Two normal variables with correlation `rho` decide: an application is accepted where
/// `c + gᵀz + u > 0`, and its outcome, seen only then, is positive where `b + wᵀx + e > 0`. Where
/// what the lender saw and the data do not have (`u`) goes with risk (`e`), a model of accepted
/// loans alone is biased; this one estimates the correlation and is not. It needs a column in `z`
/// that decides on acceptance and not on the outcome, such as the branch or the officer; without
/// one, only the shape of the normal distribution tells the two equations apart.
///
/// The fit is maximum likelihood by L-BFGS; standard errors are those of the observed information.
///
/// Source: Van de Ven and Van Praag, The demand for deductibles in private health insurance, 1981,
/// doi:10.1016/0304-4076(81)90028-2; Boyes, Hoffman and Low, An econometric analysis of the bank
/// credit scoring problem, 1989, doi:10.1016/0304-4076(89)90026-2.
public struct SelectionProbit: Codable, Hashable, Sendable {
    /// The largest number of steps, at least 1.
    public var iterationLimit: Int

    /// The fit ends when the largest slope of the mean log-likelihood, per standard deviation of a
    /// column, is at most this, above 0.
    public var gradientTolerance: Double

    /// A recipe; its values are checked by every fit.
    public init(iterationLimit: Int = 500, gradientTolerance: Double = 1e-8) {
        self.iterationLimit = iterationLimit
        self.gradientTolerance = gradientTolerance
    }

    /// Fits both equations.
    ///
    /// - Parameters:
    ///   - features: what decides on the outcome, of all applications (rows x features).
    ///   - outcomes: whether the outcome is positive; `nil` for refused applications.
    ///   - selectionFeatures: what decides on acceptance, of all applications (rows x columns).
    ///   - weights: one per row; 2 means the row twice.
    ///   - featureNames: one per feature; `x0`, `x1` and so on where `nil`.
    ///   - selectionNames: one per column of `selectionFeatures`; `z0`, `z1` and so on where `nil`.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `wrongWidth` for names,
    ///   `invalidLabels` for another number of outcomes, `nonFinite`, `invalidWeights`, `oneClass`
    ///   where no row is refused, or none accepted of one outcome, `noSpread` for a constant
    ///   column, `rankDeficient`, `notConverged` or `cancelled`.
    /// - Complexity: O(rows * (features + 20)) per step.
    public func fit(
        features: Matrix<Double>, outcomes: [Bool?], selectionFeatures: Matrix<Double>,
        weights: [Double]? = nil, featureNames: [String]? = nil, selectionNames: [String]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> SelectionProbitModel {
        guard iterationLimit >= 1, gradientTolerance > 0, gradientTolerance.isFinite else {
            throw ModelError(
                .invalidRecipe,
                "an iteration limit of \(iterationLimit), a tolerance of \(gradientTolerance)")
        }
        let outcome = try SelectionEquation(features, featureNames, prefix: "x")
        let selection = try SelectionEquation(selectionFeatures, selectionNames, prefix: "z")
        guard features.rowCount == outcomes.count, selectionFeatures.rowCount == outcomes.count
        else {
            throw ModelError(
                .invalidLabels,
                "\(outcomes.count) outcomes for \(features.rowCount) rows of features and "
                    + "\(selectionFeatures.rowCount) of selection")
        }
        let weights = try checkedWeights(weights, rows: outcomes.count)
        for (name, wanted) in [("refused", Bool?.none), ("positive", true), ("negative", false)] {
            let exists = zip(outcomes, weights).contains { $0 == wanted && $1 > 0 }
            guard exists else { throw ModelError(.oneClass, "no row is \(name)") }
        }
        let likelihood = SelectionLikelihood(
            outcome: outcome, selection: selection, outcomes: outcomes, weights: weights)
        // The equations alone are the start, and the null model of the test of independence.
        let apart = try climb(
            likelihood, from: .zeros(likelihood.count), isIndependent: true, nil)
        let best = try climb(likelihood, from: apart.point, isIndependent: false, progress)
        return try SelectionProbitModel(
            likelihood: likelihood, maximum: best,
            independentLogLikelihood: -apart.value * likelihood.totalWeight)
    }

    private func climb(
        _ likelihood: SelectionLikelihood, from start: Vector<Double>, isIndependent: Bool,
        _ progress: FitObserver?
    ) throws(ModelError) -> Minimum {
        let total = likelihood.totalWeight
        var isStopped = false
        let minimum: Minimum
        do {
            minimum = try LBFGS(
                gradientTolerance: gradientTolerance, iterationLimit: iterationLimit
            ).minimise(
                from: start,
                onIteration: { step in
                    let report = FitProgress(
                        step: step.iteration, stepLimit: iterationLimit, objective: step.value)
                    if Task.isCancelled || (step.iteration > 0 && report.isStopped(by: progress)) {
                        isStopped = true
                        step.stop()
                    }
                }
            ) { point in
                let (value, gradient) = likelihood.logLikelihood(point, isIndependent)
                return (-value / total, gradient * (-1 / total))
            }
        } catch {
            throw ModelError(.notConverged, "the probit with selection", underlying: error)
        }
        if isStopped { throw ModelError(.cancelled, "the probit with selection was stopped") }
        let norm = minimum.report.gradientNorm ?? .infinity
        guard norm <= max(gradientTolerance, 1e-6) else {
            throw .notConverged(
                "the probit with selection (\(minimum.report.stopReason.rawValue))",
                iterations: minimum.report.iterations, gradientNorm: norm,
                tolerance: gradientTolerance)
        }
        return minimum
    }
}
