// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension LinearMargins {
    /// The columns up to which the second derivatives are kept as a matrix.
    private static let matrixLimit = 256

    /// The minimum by Newton's method, for the squared hinge loss.
    ///
    /// - Throws: ``ModelError`` with code `notConverged` or `cancelled`.
    func newton(
        tolerance: Double, iterationLimit: Int, _ progress: inout LinearProgress
    ) throws(ModelError) -> Vector<Double> {
        let start = Vector<Double>.zeros(parameterCount)
        let first = valueAndGradient(start).gradient
        let positive = signs.count { $0 > 0 }
        let share = Double(max(min(positive, signs.count - positive), 1)) / Double(signs.count)
        let gradientTolerance = tolerance * share * first.norm(.infinity)
        // Conjugate gradients end within the first region; it shrinks where the model is poor.
        let radius = max(first.norm(), 1)
        var stop: ModelError?
        var watched = progress
        let observer: OptimisationObserver = { state in
            do throws(ModelError) {
                try watched.report(objective: state.value)
            } catch {
                stop = error
                state.stop()
            }
        }
        let search = TrustRegionNewton(
            gradientTolerance: gradientTolerance, initialRadius: radius,
            largestRadius: max(radius, 1e10), iterationLimit: iterationLimit)
        let minimum: Minimum
        do {
            if case .dense(let features) = rows, features.columnCount <= Self.matrixLimit {
                minimum = try search.minimise(
                    from: start, onIteration: observer, valueAndGradient
                ) { hessian(at: $0, features) }
            } else {
                minimum = try search.minimise(
                    from: start, onIteration: observer, valueAndGradient, curvature: curvature)
            }
        } catch {
            throw ModelError(.notConverged, "the search failed", underlying: error)
        }
        progress = watched
        if let stop { throw stop }
        guard minimum.report.hasConverged || minimum.report.stopReason == .noProgress else {
            throw .notConverged(
                "the limit was reached", iterations: minimum.report.iterations,
                gradientNorm: minimum.report.gradientNorm ?? .infinity,
                tolerance: gradientTolerance)
        }
        return minimum.point
    }

    private func valueAndGradient(
        _ parameters: Vector<Double>
    ) -> (value: Double, gradient: Vector<Double>) {
        var factors = decisions(parameters)
        var value = 0.0
        factors.withMutableSpan { factors in
            for row in signs.indices {
                let shortfall = max(1 - signs[row] * factors[row], 0)
                value += prices[row] * shortfall * shortfall
                factors[row] = -2 * prices[row] * signs[row] * shortfall
            }
        }
        return (
            value + parameters.orderedDot(parameters) / 2,
            parameters + transposedProduct(factors)
        )
    }

    /// The second derivative of every row's cost by its decision value.
    private func rowCurvatures(at parameters: Vector<Double>) -> Vector<Double> {
        var curvatures = decisions(parameters)
        curvatures.withMutableSpan { curvatures in
            for row in signs.indices {
                curvatures[row] = signs[row] * curvatures[row] < 1 ? 2 * prices[row] : 0
            }
        }
        return curvatures
    }

    private func hessian(
        at parameters: Vector<Double>, _ features: Matrix<Double>
    ) -> Matrix<Double> {
        let curvatures = rowCurvatures(at: parameters)
        let gram = features.gramOfWeighted(curvatures)
        let count = features.columnCount
        var hessian = Matrix<Double>.identity(parameterCount)
        for row in 0..<count {
            for column in 0..<count { hessian[row, column] += gram[row, column] }
        }
        guard interceptScale > 0 else { return hessian }
        let border = interceptScale * rows.transposedProduct(curvatures)
        for column in 0..<count {
            hessian[count, column] = border[column]
            hessian[column, count] = border[column]
        }
        hessian[count, count] += interceptScale * interceptScale * curvatures.sum()
        return hessian
    }

    private func curvature(
        at parameters: Vector<Double>
    ) -> (Vector<Double>) -> Vector<Double> {
        let curvatures = rowCurvatures(at: parameters)
        return { direction in
            direction + transposedProduct(curvatures * decisions(direction))
        }
    }
}

/// Counts the steps of a fit of one or more planes.
struct LinearProgress {
    private let observer: FitObserver?
    private let stepLimit: Int
    private var step = 0

    init(_ observer: FitObserver?, problems: Int, iterationLimit: Int) {
        self.observer = observer
        let (limit, isTooLarge) = (iterationLimit + 1).multipliedReportingOverflow(by: problems)
        stepLimit = isTooLarge ? .max : limit
    }

    /// - Throws: ``ModelError`` with code `cancelled`.
    mutating func report(objective: Double?) throws(ModelError) {
        try checkCancellation("linear support vector classifier")
        step += 1
        try FitProgress(step: step, stepLimit: stepLimit, objective: objective)
            .report(to: observer)
    }
}
