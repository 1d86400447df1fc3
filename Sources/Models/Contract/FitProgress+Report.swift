// SPDX-License-Identifier: Apache-2.0

package import FeatureEngineering

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
        if isStopped(by: observer) {
            throw ModelError(.cancelled, "stopped by the observer after step \(step)")
        }
    }
}
