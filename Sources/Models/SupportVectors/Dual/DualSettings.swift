// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// How long and with how much memory a dual problem is solved.
struct DualSettings {
    /// The largest violation of the conditions of a minimum.
    var tolerance: Double
    var iterationLimit: Int
    var cacheBytes: Int
    var shrinks: Bool
}

/// Counts the steps of a fit that solves one or more dual problems.
struct DualProgress {
    private let observer: FitObserver?
    private let stepLimit: Int
    private let activity: String
    private var step = 0

    /// Iterations from one report to the next.
    static let interval = 1000

    init(_ activity: String, observer: FitObserver?, problems: Int, iterationLimit: Int) {
        self.activity = activity
        self.observer = observer
        let perProblem = iterationLimit / Self.interval + 1
        stepLimit = perProblem.multipliedReportingOverflow(by: problems).partialValue
    }

    /// - Throws: ``ModelError`` with code `cancelled`.
    mutating func report(objective: Double?) throws(ModelError) {
        try checkCancellation(activity)
        step += 1
        try FitProgress(step: step, stepLimit: stepLimit, objective: objective)
            .report(to: observer)
    }
}
