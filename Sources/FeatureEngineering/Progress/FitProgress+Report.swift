// SPDX-License-Identifier: Apache-2.0

extension FitProgress {
    /// Shows this step to `observer`, and ends work that it or its task no longer wants.
    ///
    /// - Throws: ``FeatureError`` with `cancelled`.
    func report(to observer: FitObserver?) throws(FeatureError) {
        let place = "\(stage ?? "fit"), step \(step) of at most \(stepLimit)"
        if Task.isCancelled { throw FeatureError(.cancelled, "\(place): the task was cancelled") }
        if isStopped(by: observer) {
            throw FeatureError(.cancelled, "\(place): stopped by the observer")
        }
    }
}
