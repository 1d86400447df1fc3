// SPDX-License-Identifier: Apache-2.0

extension ValueFunction {
    /// Kahneman and Tversky's index at one size, `-v(r - x) / v(r + x)` for the reference r.
    ///
    /// For equal curves on both sides it is ``lossAversion`` at every size.
    /// - Parameter size: The size x, positive.
    /// - Throws: ``BehavioralError`` for a size that is not positive and finite or that a quadratic
    ///   does not reach.
    public func lossAversionIndex(at size: Double) throws(BehavioralError) -> Double {
        try Validation.positive("size", size)
        return try -self(reference - size) / self(reference + size)
    }

    /// The mean of Kahneman and Tversky's index over several sizes.
    ///
    /// M. Abdellaoui, H. Bleichrodt, C. Paraschiv, Management Science 53 (2007),
    /// https://doi.org/10.1287/mnsc.1070.0711, compare this and the other indices.
    /// - Throws: ``BehavioralError`` for no sizes, and as ``lossAversionIndex(at:)``.
    public func meanLossAversionIndex(over sizes: [Double]) throws(BehavioralError) -> Double {
        guard !sizes.isEmpty else { throw BehavioralError(.empty, "no sizes") }
        var sum = 0.0
        for size in sizes { sum += try lossAversionIndex(at: size) }
        return sum / Double(sizes.count)
    }

    /// Wakker and Tversky's index at one size, the ratio of slopes `v'(r - x) / v'(r + x)`.
    ///
    /// - Throws: As ``lossAversionIndex(at:)``.
    public func marginalLossAversionIndex(at size: Double) throws(BehavioralError) -> Double {
        try Validation.positive("size", size)
        return try derivative(at: reference - size) / derivative(at: reference + size)
    }

    /// Köbberling and Wakker's index, the ratio of slopes at the reference from below and above.
    ///
    /// For powers with equal exponents it is ``lossAversion``; with a smaller exponent of losses it
    /// is infinite, with a greater one 0, since the ratio is then not bounded away from either.
    /// V. Köbberling, P. Wakker, Journal of Economic Theory 122 (2005),
    /// https://doi.org/10.1016/j.jet.2004.03.009.
    public var kobberlingWakkerIndex: Double {
        let (gain, loss) = (gains.orderAtZero, losses.orderAtZero)
        return loss == gain ? lossAversion : loss < gain ? .infinity : 0
    }
}
