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
/// The objective is `sum of weight * logLoss + ridge / 2 * wᵀw`: the public one divided by `C`.
/// With an intercept, features are measured from ``centre``, which changes nothing but the intercept
/// and keeps features accurate whose mean is far from zero.
struct LogisticProblem {
    let features: Matrix<Double>
    let featureNames: [String]
    /// The weighted mean of every feature; zeros without an intercept.
    let centre: Vector<Double>
    let weights: Vector<Double>
    let totalWeight: Double
    /// 1 for rows of the second class, 0 for the others.
    let targets: Vector<Double>
    /// 1 for rows of the second class, -1 for the others.
    let signs: Vector<Double>
    let ridge: Double
    let hasIntercept: Bool
    private let classWeights: [Double]

    init(_ data: ClassificationData, ridge: Double, hasIntercept: Bool) {
        featureNames = data.featureNames
        weights = Vector(data.weights)
        targets = Vector(data.labels.codes.map(Double.init))
        signs = targets * 2 - 1
        totalWeight = weights.sum()
        classWeights = data.classWeights
        self.ridge = ridge
        self.hasIntercept = hasIntercept
        var centred = data.features
        var centre = Vector<Double>.zeros(centred.columnCount)
        if hasIntercept {
            centre = centred.transposed.matmul(weights) / totalWeight
            centred.subtract(centre)
        }
        self.centre = centre
        features = centred
    }

    /// The log-odds of the share of positive rows, and no coefficients.
    var start: LogisticEstimate {
        let intercept =
            hasIntercept ? naturalLogarithm(classWeights[1] / classWeights[0]) : 0
        return LogisticEstimate(
            intercept: intercept, coefficients: .zeros(features.columnCount),
            logits: Vector(count: features.rowCount, repeating: intercept))
    }

    /// The log-odds of every row.
    func logits(of estimate: LogisticEstimate) -> Vector<Double> {
        features.matmul(estimate.coefficients) + estimate.intercept
    }

    /// `sum of weight * log(1 + exp(-sign * logit))`, without overflow or cancellation.
    func logLoss(_ logits: Vector<Double>) -> Double {
        let size = logits.absoluteValue()
        // log(1 + odds), with what the sum lost to rounding put back to first order.
        let odds = (-size).exp()
        let sum = odds + 1
        let tail = sum.log() + (odds - (sum - 1)) / sum
        let loss = (size - signs * logits) * 0.5 + tail
        return (weights * loss).sum()
    }

    /// The value that is minimised.
    func objective(_ estimate: LogisticEstimate) -> Double {
        let coefficients = estimate.coefficients
        return logLoss(estimate.logits) + ridge / 2 * coefficients.orderedDot(coefficients)
    }

    /// The log-likelihood of the model without features.
    var nullLogLikelihood: Double { -logLoss(start.logits) }

    /// The direction of steepest descent: `sum of residuals` and `Xᵀ residuals - ridge w`.
    func descent(at estimate: LogisticEstimate) -> (intercept: Double, coefficients: Vector<Double>)
    {
        let logits = estimate.logits
        // 1 - p would lose the small probabilities that decide where the fit ends.
        let residuals =
            weights * (targets * (-logits).sigmoid() - (1 - targets) * logits.sigmoid())
        var slope = features.transposed.matmul(residuals)
        slope.add(estimate.coefficients, times: -ridge)
        return (hasIntercept ? residuals.sum() : 0, slope)
    }

    /// The second derivatives of the log loss.
    func curvature(at estimate: LogisticEstimate) -> LogisticCurvature {
        let logits = estimate.logits
        let rowCurvature = weights * logits.sigmoid() * (-logits).sigmoid()
        let total = rowCurvature.sum()
        var mean = Vector<Double>.zeros(features.columnCount)
        var scaled = features
        if hasIntercept, total > 0 {
            mean = features.transposed.matmul(rowCurvature) / total
            scaled.subtract(mean)
        }
        scaled *= rowCurvature.squareRoot().outer(.ones(mean.count))
        return LogisticCurvature(
            gram: scaled.transposed.matmul(scaled), total: total, mean: mean, centre: centre)
    }
}

extension Tensor where rank == 2 {
    /// Subtracts `row` from every row.
    fileprivate mutating func subtract(_ row: Vector<Scalar>) {
        formProduct(
            Matrix(rowCount: rowCount, columnCount: 1, repeating: 1),
            Matrix(rowCount: 1, columnCount: row.count, elements: row.elements), alpha: -1,
            beta: 1)
    }
}
