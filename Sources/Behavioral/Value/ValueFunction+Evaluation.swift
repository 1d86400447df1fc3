// SPDX-License-Identifier: Apache-2.0

extension ValueFunction {
    /// The value of an outcome: positive for gains, 0 at the reference, negative for losses.
    ///
    /// - Parameter outcome: The outcome, in the unit of ``reference``.
    /// - Throws: ``BehavioralError`` for a NaN or infinite outcome, and for one that a quadratic
    ///   does not reach.
    /// - Complexity: O(1).
    public func callAsFunction(_ outcome: Double) throws(BehavioralError) -> Double {
        try check(outcome)
        return value(outcome)
    }

    /// The slope `v'(outcome)`, positive; at the reference that of gains.
    ///
    /// Infinite or 0 at the reference itself for powers other than 1.
    /// - Throws: As ``callAsFunction(_:)``.
    /// - Complexity: O(1).
    public func derivative(at outcome: Double) throws(BehavioralError) -> Double {
        try check(outcome)
        return slope(outcome)
    }

    /// The outcome that has a value, the inverse of the function.
    ///
    /// - Throws: ``BehavioralError`` with code `valueOutOfRange` for a value that no outcome has,
    ///   NaN and infinity included.
    /// - Complexity: O(1).
    public func inverse(_ value: Double) throws(BehavioralError) -> Double {
        let curve = value >= 0 ? gains : losses
        let size = value >= 0 ? value : -value / lossAversion
        // The quadratic reaches its bound.
        let isReached =
            size < curve.supremum
            || (size == curve.supremum && size.isFinite
                && curve.largestSize.isFinite)
        let distance = isReached ? curve.inverse(size) : .nan
        guard distance.isFinite else {
            throw BehavioralError(
                .valueOutOfRange,
                "no outcome has the value \(value); values lie between "
                    + "\(-lossAversion * losses.supremum) and \(gains.supremum)")
        }
        return value >= 0 ? reference + distance : reference - distance
    }

    func value(_ outcome: Double) -> Double {
        let distance = outcome - reference
        return distance >= 0 ? gains.value(distance) : -lossAversion * losses.value(-distance)
    }

    func slope(_ outcome: Double) -> Double {
        let distance = outcome - reference
        return distance >= 0
            ? gains.derivative(distance) : lossAversion * losses.derivative(-distance)
    }

    func check(_ outcome: Double) throws(BehavioralError) {
        try Validation.outcome(outcome)
        let distance = outcome - reference
        let limit = distance >= 0 ? gains.largestSize : losses.largestSize
        guard abs(distance) <= limit else {
            throw BehavioralError(
                .invalidOutcome,
                "outcome \(outcome) is \(abs(distance)) from the reference; the quadratic rises "
                    + "only up to \(limit)")
        }
    }
}
