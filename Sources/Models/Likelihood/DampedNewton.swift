// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// A concave log-likelihood at a point, with its slope and minus its second derivatives.
struct LikelihoodPoint {
    var value: Double
    var score: Vector<Double>
    var information: Matrix<Double>
}

/// Newton's method with step halving on a concave log-likelihood.
struct DampedNewton {
    /// What a search found.
    struct Maximum {
        var position: Vector<Double>
        var point: LikelihoodPoint
        var iterations: Int
        var gradientNorm: Double
    }

    let name: String
    let iterationLimit: Int
    let gradientTolerance: Double
    let totalWeight: Double

    /// The largest change of a parameter, per standard deviation of its feature, of the last step.
    ///
    /// A slope can vanish on the way to infinity too; there the parameters keep growing.
    private static let settledStep = 1e-6

    /// Climbs from `start`; `evaluate` is nil outside the domain.
    ///
    /// - Throws: ``ModelError`` with code `notConverged`, `rankDeficient` or `cancelled`.
    func maximise(
        from start: Vector<Double>, _ progress: FitObserver?,
        _ evaluate: (Vector<Double>) -> LikelihoodPoint?
    ) throws(ModelError) -> Maximum {
        guard var point = evaluate(start) else {
            throw notConverged("the start is outside the domain", 0, .infinity)
        }
        var position = start
        var norm = Double.infinity
        for iteration in 1...iterationLimit {
            try checkCancellation("\(name), iteration \(iteration)")
            norm = point.score.absoluteValue().max() / totalWeight
            let step: Vector<Double>
            do {
                step = try point.information.cholesky().solve(point.score)
            } catch {
                if iteration == 1 { throw .singular(error) }
                throw notConverged("the curvature has vanished", iteration, norm)
            }
            let isSettled =
                norm <= gradientTolerance && step.absoluteValue().max() <= Self.settledStep
            var scale = 1.0
            var next: (Vector<Double>, LikelihoodPoint)?
            while next == nil, scale > 1e-12 {
                var moved = position
                moved.add(step, times: scale)
                // Near the maximum the change is below the rounding error of the sum.
                if let found = evaluate(moved),
                    isSettled || found.value >= point.value - abs(point.value) * 1e-12
                {
                    next = (moved, found)
                }
                scale /= 2
            }
            guard let next else {
                throw notConverged("no step raises the likelihood", iteration, norm)
            }
            (position, point) = next
            try FitProgress(
                step: iteration, stepLimit: iterationLimit, objective: -point.value / totalWeight
            ).report(to: progress)
            if isSettled {
                return Maximum(
                    position: position, point: point, iterations: iteration, gradientNorm: norm)
            }
        }
        throw notConverged(
            "the limit of \(iterationLimit) iterations was reached (classes that the features "
                + "separate have no finite maximum)", iterationLimit, norm)
    }

    private func notConverged(_ reason: String, _ iterations: Int, _ norm: Double) -> ModelError {
        .notConverged(
            reason, iterations: iterations, gradientNorm: norm, tolerance: gradientTolerance)
    }
}
