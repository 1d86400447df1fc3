// SPDX-License-Identifier: Apache-2.0

/// Where a fit stands, and the way to end it.
public struct FitProgress: Sendable {
    /// Steps that are done (iterations, trees, epochs or folds), from 1.
    public let step: Int

    /// The largest number of steps this fit can take.
    public let stepLimit: Int

    /// The value that the fit lowers, after this step; `nil` where there is none.
    public let objective: Double?

    /// Whether ``stop()`` was called.
    public private(set) var isStopRequested = false

    /// A report of `step` of at most `stepLimit` steps.
    public init(step: Int, stepLimit: Int, objective: Double?) {
        self.step = step
        self.stepLimit = stepLimit
        self.objective = objective
    }

    /// Ends the fit after this step.
    ///
    /// An estimator whose unfinished state is a usable model returns that model; the others throw
    /// ``ModelError`` with code `cancelled`.
    public mutating func stop() { isStopRequested = true }
}

/// Sees every step of a fit, on the thread that fits: `{ progress in bar.show(progress) }`.
public typealias FitObserver = (inout FitProgress) -> Void

/// Ends a fit whose task was cancelled.
///
/// - Throws: ``ModelError`` with code `cancelled`.
package func checkCancellation(_ activity: @autoclosure () -> String) throws(ModelError) {
    if Task.isCancelled { throw ModelError(.cancelled, "\(activity()): the task was cancelled") }
}

extension FitProgress {
    /// Shows this step to `observer`.
    ///
    /// - Throws: ``ModelError`` with code `cancelled` where it asked to stop.
    package func report(to observer: FitObserver?) throws(ModelError) {
        guard let observer else { return }
        var progress = self
        observer(&progress)
        if progress.isStopRequested {
            throw ModelError(.cancelled, "stopped by the observer after step \(step)")
        }
    }
}
