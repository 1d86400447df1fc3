// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The second derivatives of a logistic problem without its penalty, the intercept eliminated.
///
/// With row curvatures `v`, their sum `total` and the weighted mean `mean` of the rows, the Hessian
/// of intercept and coefficients is `[total, total meanᵀ; total mean, S + total mean meanᵀ]`, where
/// `S = sum of v (x - mean)(x - mean)ᵀ` is ``gram``. Centring costs no accuracy when a feature's
/// mean is far from zero, as factorising the Hessian itself would.
struct LogisticCurvature {
    let gram: Matrix<Double>
    let total: Double
    let mean: Vector<Double>
    /// What was subtracted from the features; only their distance from 0 depends on it.
    let centre: Vector<Double>

    /// Per unit of curvature, the standard deviation of each feature; 0 for a constant one.
    var deviations: [Double] {
        (0..<gram.rowCount).map { index in
            let deviation = (gram[index, index] / total).squareRoot()
            // What centring leaves of a constant is rounding error.
            return deviation > 1e-12 * abs(mean[index] + centre[index]) ? deviation : 0
        }
    }

    /// The features that are constant or a linear combination of others.
    ///
    /// A feature counts as one when the others explain all but 1e-11 of its variance.
    func dependentFeatures() -> [Int] {
        var raised = gram
        let deviations = deviations
        for index in 0..<gram.rowCount {
            // Makes a singular matrix regular without lifting any share above the limit.
            raised[index, index] *= 1 + 1e-13
            if deviations[index] == 0 { raised[index, index] = 1 }
        }
        guard let inverse = try? raised.cholesky().inverse() else { return [] }
        return deviations.indices.filter { index in
            deviations[index] == 0 || !(raised[index, index] * inverse[index, index] < 1e11)
        }
    }

    /// The factored Hessian of the problem with `ridge / 2 * wᵀw` added.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient`.
    func factored(ridge: Double) throws(ModelError) -> FactoredCurvature {
        var penalised = gram
        for index in 0..<gram.rowCount { penalised[index, index] += ridge }
        do {
            return FactoredCurvature(
                factor: try penalised.cholesky(), total: total, mean: mean, centre: centre)
        } catch {
            throw .singular(error)
        }
    }
}

/// A ``LogisticCurvature`` in the form that solves equations.
struct FactoredCurvature {
    fileprivate let factor: Cholesky<Double>
    fileprivate let total: Double
    fileprivate let mean: Vector<Double>
    fileprivate let centre: Vector<Double>

    /// The Newton step for a direction of descent.
    func step(
        _ descent: (intercept: Double, coefficients: Vector<Double>), hasIntercept: Bool
    ) throws(ModelError) -> (intercept: Double, coefficients: Vector<Double>) {
        var centred = descent.coefficients
        centred.add(mean, times: -descent.intercept)
        do {
            let coefficients = try factor.solve(centred)
            let intercept =
                hasIntercept ? descent.intercept / total - mean.orderedDot(coefficients) : 0
            return (intercept, coefficients)
        } catch {
            throw .singular(error)
        }
    }

    /// The inverse of the Hessian, the intercept first where there is one, for features that are
    /// not centred.
    func covariance(hasIntercept: Bool) throws(ModelError) -> Matrix<Double> {
        let inverse: Matrix<Double>
        do {
            inverse = try factor.inverse()
        } catch {
            throw .singular(error)
        }
        guard hasIntercept else { return inverse }
        return inverse.bordered(mean: mean + centre, total: total)
    }
}

extension ModelError {
    static func singular(_ error: LinearAlgebraError) -> ModelError {
        ModelError(.rankDeficient, "the normal equations cannot be solved", underlying: error)
    }
}
