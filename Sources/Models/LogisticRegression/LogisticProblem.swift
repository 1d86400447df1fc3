// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Intercept, coefficients and the log-odds that they give to every row.
struct LogisticEstimate {
    var intercept: Double
    var coefficients: Vector<Double>
    var logits: Vector<Double>

    /// This estimate moved by `scale` times `direction`.
    func moved(along direction: LogisticEstimate, by scale: Double) -> LogisticEstimate {
        var moved = self
        moved.intercept += scale * direction.intercept
        moved.coefficients.add(direction.coefficients, times: scale)
        moved.logits.add(direction.logits, times: scale)
        return moved
    }
}

/// The objective of a logistic regression with its first and second derivatives.
///
/// The objective is `sum of weight * logLoss + ridge / 2 * wᵀw + lasso * sum of |w|`: the public
/// one divided by `C`. With an intercept, features are measured from their weighted means, which
/// changes nothing but the intercept and keeps features accurate whose mean is far from zero.
struct LogisticProblem {
    let design: LogisticDesign
    let featureNames: [String]
    let weights: Vector<Double>
    let totalWeight: Double
    /// 1 for rows of the second class, 0 for the others.
    let targets: Vector<Double>
    /// 1 for rows of the second class, -1 for the others.
    let signs: Vector<Double>
    /// Known parts of the log-odds; `nil` where there are none.
    let offsets: Vector<Double>?
    let ridge: Double
    let lasso: Double
    let hasIntercept: Bool
    /// The intercept of the model without features.
    private let nullIntercept: Double

    init(_ rows: LogisticRows, recipe: LogisticRegression) throws(ModelError) {
        featureNames = rows.featureNames
        let weights = try rows.weights(recipe.classWeighting)
        let targets = Vector(rows.labels.codes.map(Double.init))
        totalWeight = weights.sum()
        signs = targets * 2 - 1
        offsets = rows.offsets.map { Vector($0) }
        ridge = recipe.penalty.ridge
        lasso = recipe.penalty.lasso
        hasIntercept = recipe.fitsIntercept
        design =
            switch rows.features {
            case .dense(let features):
                LogisticDesign(features, weights: weights, hasIntercept: hasIntercept)
            case .sparse(let features):
                LogisticDesign(features, weights: weights, hasIntercept: hasIntercept)
            }
        self.weights = weights
        self.targets = targets
        nullIntercept =
            hasIntercept ? Self.nullIntercept(weights, targets: targets, offsets: offsets) : 0
    }

    /// The weighted means of the features; zeros without an intercept.
    var centre: Vector<Double> { design.centre }

    /// The estimate without coefficients.
    var start: LogisticEstimate {
        estimate(intercept: nullIntercept, coefficients: .zeros(design.columnCount))
    }

    /// The start of a fit: `model`, where there is one.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    func start(from model: LogisticRegressionModel?) throws(ModelError) -> LogisticEstimate {
        guard let model else { return start }
        guard model.featureNames == featureNames else {
            throw ModelError(
                .wrongWidth,
                "a start of \(model.featureNames.count) features for \(featureNames.count), or of "
                    + "other names")
        }
        let coefficients = Vector(model.coefficients)
        return estimate(
            intercept: hasIntercept ? model.intercept + centre.orderedDot(coefficients) : 0,
            coefficients: coefficients)
    }

    func estimate(intercept: Double, coefficients: Vector<Double>) -> LogisticEstimate {
        var estimate = LogisticEstimate(
            intercept: intercept, coefficients: coefficients, logits: Vector([]))
        estimate.logits = logits(of: estimate)
        return estimate
    }

    /// The log-odds of every row.
    func logits(of estimate: LogisticEstimate) -> Vector<Double> {
        let change = change(along: estimate)
        return offsets.map { change + $0 } ?? change
    }

    /// The change of every row's log-odds along `direction`, to which offsets do not belong.
    func change(along direction: LogisticEstimate) -> Vector<Double> {
        design.product(direction.coefficients) + direction.intercept
    }

    /// `sum of weight * log(1 + exp(-sign * logit))`, without overflow or cancellation.
    func logLoss(_ logits: Vector<Double>) -> Double {
        LogisticRowTerms.losses(logits, weights, signs).sum()
    }

    /// The value that is minimised.
    func objective(_ estimate: LogisticEstimate) -> Double {
        let coefficients = estimate.coefficients
        let size = lasso > 0 ? lasso * coefficients.absoluteValue().sum() : 0
        return logLoss(estimate.logits) + ridge / 2 * coefficients.orderedDot(coefficients) + size
    }

    /// The log-likelihood of the model without features.
    var nullLogLikelihood: Double { -logLoss(start.logits) }

    /// The direction of steepest descent without the lasso: `sum of residuals` and
    /// `Xᵀ residuals - ridge w`.
    func descent(at estimate: LogisticEstimate) -> (intercept: Double, coefficients: Vector<Double>)
    {
        let residuals = residuals(at: estimate)
        var slope = design.transposedProduct(residuals)
        slope.add(estimate.coefficients, times: -ridge)
        return (hasIntercept ? residuals.sum() : 0, slope)
    }

    /// Minus the first derivative of every row's loss by its log-odds.
    func residuals(at estimate: LogisticEstimate) -> Vector<Double> {
        LogisticRowTerms.residuals(estimate.logits, weights, targets)
    }

    /// The second derivative of every row's loss by its log-odds.
    func rowCurvatures(at estimate: LogisticEstimate) -> Vector<Double> {
        LogisticRowTerms.curvatures(estimate.logits, weights)
    }

    /// The mean of the features under `rowCurvatures`, measured from ``centre``.
    func mean(_ rowCurvatures: Vector<Double>, total: Double) -> Vector<Double> {
        hasIntercept && total > 0
            ? design.transposedProduct(rowCurvatures) / total : .zeros(design.columnCount)
    }

    /// The direction of steepest descent and the second derivatives, in one pass over dense rows.
    func expansion(
        at estimate: LogisticEstimate
    ) -> (
        descent: (intercept: Double, coefficients: Vector<Double>), curvature: LogisticCurvature
    ) {
        let residuals = residuals(at: estimate)
        let rowCurvatures = rowCurvatures(at: estimate)
        guard let moments = design.moments(weights: rowCurvatures, residuals: residuals),
            let gram = moments.gramAroundMean(hasIntercept: hasIntercept)
        else { return (descent(at: estimate), curvature(at: estimate)) }
        var slope = moments.residualSums
        slope.add(estimate.coefficients, times: -ridge)
        return (
            (hasIntercept ? moments.residualTotal : 0, slope),
            LogisticCurvature(
                gram: gram, total: moments.total,
                mean: hasIntercept ? moments.sums / moments.total : .zeros(design.columnCount),
                centre: centre)
        )
    }

    /// The second derivatives of the log loss.
    func curvature(at estimate: LogisticEstimate) -> LogisticCurvature {
        let rowCurvatures = rowCurvatures(at: estimate)
        let total = rowCurvatures.sum()
        let mean = mean(rowCurvatures, total: total)
        return LogisticCurvature(
            gram: design.gram(weights: rowCurvatures, total: total, mean: mean), total: total,
            mean: mean, centre: centre)
    }

    /// The intercept without features: in closed form, or by Newton's method around the offsets.
    private static func nullIntercept(
        _ weights: Vector<Double>, targets: Vector<Double>, offsets: Vector<Double>?
    ) -> Double {
        let positive = weights.orderedDot(targets)
        let share = naturalLogarithm(positive / weights.orderedDot(1 - targets))
        guard let offsets else { return share }
        var (low, high) = (share - offsets.max(), share - offsets.min())
        var intercept = (low + high) / 2
        for _ in 0..<200 {
            let logits = offsets + intercept
            let slope = LogisticRowTerms.residuals(logits, weights, targets).sum()
            if slope > 0 { low = intercept } else { high = intercept }
            let curvature = LogisticRowTerms.curvatures(logits, weights).sum()
            let next = intercept + slope / curvature
            let step = next > low && next < high ? next : (low + high) / 2
            if abs(step - intercept) <= 1e-15 * max(1, abs(step)) { return step }
            intercept = step
        }
        return intercept
    }
}
