// SPDX-License-Identifier: Apache-2.0

/// How a search ended and what it cost.
public struct OptimisationReport: Sendable, Hashable, Codable {
    /// Why a search stopped.
    public enum StopReason: String, Sendable, Hashable, Codable {
        /// The gradient, or the residual of a linear system, is within its tolerance.
        case gradientTolerance

        /// The value hardly fell in the last iteration, or hardly differs over a simplex.
        case valueTolerance

        /// The answer is enclosed in an interval or a simplex within its tolerance.
        case positionTolerance

        /// No step lowers the value any more: rounding has eaten the differences, or the gradient
        /// does not belong to the function.
        case noProgress

        /// The limit of iterations or evaluations is reached.
        case limit

        /// The observer called ``OptimisationProgress/stop()``.
        case stopped
    }

    /// The number of iterations that were completed.
    public let iterations: Int

    /// How often the function was evaluated; for a linear system, how often its operator was
    /// applied.
    public let evaluations: Int

    /// How often second derivatives were multiplied with a vector.
    public let curvatureProducts: Int

    /// Why the search stopped.
    public let stopReason: StopReason

    /// The largest absolute element of the gradient at the result; for a linear system, the norm
    /// of its residual; `nil` for a method without derivatives.
    public let gradientNorm: Double?

    /// Whether a tolerance was met.
    public var hasConverged: Bool {
        switch stopReason {
        case .gradientTolerance, .valueTolerance, .positionTolerance: true
        case .noProgress, .limit, .stopped: false
        }
    }

    init(
        iterations: Int, evaluations: Int, curvatureProducts: Int = 0, stopReason: StopReason,
        gradientNorm: Double? = nil
    ) {
        self.iterations = iterations
        self.evaluations = evaluations
        self.curvatureProducts = curvatureProducts
        self.stopReason = stopReason
        self.gradientNorm = gradientNorm
    }
}

/// Where a search over points stands after an iteration, and the way to end it.
public struct OptimisationProgress: Sendable {
    /// Iterations that are done, from 1.
    public let iteration: Int

    /// Evaluations of the function so far.
    public let evaluations: Int

    /// The best point so far (n); for a search on a line, of one element.
    public let point: Vector<Double>

    /// The function at ``point``; for a linear system, the norm of the residual.
    public let value: Double

    /// The largest absolute element of the gradient at ``point``; `nil` without derivatives.
    public let gradientNorm: Double?

    /// Whether ``stop()`` was called.
    public private(set) var isStopRequested = false

    init(
        iteration: Int, evaluations: Int, point: Vector<Double>, value: Double,
        gradientNorm: Double? = nil
    ) {
        self.iteration = iteration
        self.evaluations = evaluations
        self.point = point
        self.value = value
        self.gradientNorm = gradientNorm
    }

    /// Ends the search after this iteration; what it has found so far is its result.
    public mutating func stop() { isStopRequested = true }
}

/// Sees every iteration of a search, on the thread that searches.
public typealias OptimisationObserver = (inout OptimisationProgress) -> Void

extension OptimisationProgress {
    /// Shows this iteration to `observer`, and tells whether it asked to stop.
    func isStopped(by observer: OptimisationObserver?) -> Bool {
        guard let observer else { return false }
        var progress = self
        observer(&progress)
        return progress.isStopRequested
    }
}
