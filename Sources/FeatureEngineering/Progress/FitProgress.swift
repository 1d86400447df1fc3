// SPDX-License-Identifier: Apache-2.0

/// Where a fit stands, and the way to end it.
public struct FitProgress: Sendable {
    /// The part of the fit that runs, such as a step of a pipeline; `nil` for the fit itself.
    public let stage: String?

    /// Steps that are done (iterations, trees, epochs or folds), from 1.
    public let step: Int

    /// The largest number of steps this fit, or this stage of it, can take.
    public let stepLimit: Int

    /// The value that the fit lowers, after this step; `nil` where there is none.
    public let objective: Double?

    /// Whether ``stop()`` was called.
    public private(set) var isStopRequested = false

    /// A report of `step` of at most `stepLimit` steps.
    public init(stage: String? = nil, step: Int, stepLimit: Int, objective: Double?) {
        self.stage = stage
        self.step = step
        self.stepLimit = stepLimit
        self.objective = objective
    }

    /// Ends the fit after this step.
    ///
    /// An estimator whose unfinished state is a usable model returns that model; the others, and
    /// the steps of a pipeline, throw an error with code `cancelled`.
    public mutating func stop() { isStopRequested = true }

    /// Shows this step to `observer`; whether it asked to stop.
    package func isStopped(by observer: FitObserver?) -> Bool {
        guard let observer else { return false }
        var progress = self
        observer(&progress)
        return progress.isStopRequested
    }
}

/// Sees every step of a fit, on the thread that fits: `{ progress in bar.show(progress) }`.
public typealias FitObserver = (inout FitProgress) -> Void
