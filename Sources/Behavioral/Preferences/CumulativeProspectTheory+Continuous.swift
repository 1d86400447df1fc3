// SPDX-License-Identifier: Apache-2.0

extension CumulativeProspectTheory {
    /// V, the value of a continuous prospect, to about 1e-12 of the sum of its parts.
    ///
    /// `V = integral of w+(P(X > x)) v'(x)` above the reference `- integral of w-(P(X <= x)) v'(x)`
    /// below it, by double exponential quadrature between the knots of the prospect.
    /// - Throws: ``BehavioralError`` with code `notConverged` when the integrals do not settle, as
    ///   for a value that is infinite, and for outcomes that a quadratic does not reach.
    public func value(of prospect: ContinuousProspect) throws(BehavioralError) -> Double {
        for bound in [prospect.lowerBound, prospect.upperBound] {
            let curve =
                bound >= valueFunction.reference ? valueFunction.gains : valueFunction.losses
            guard abs(bound - valueFunction.reference) <= curve.largestSize else {
                throw BehavioralError(
                    .invalidOutcome,
                    "outcomes up to \(bound), where the quadratic has ceased to rise")
            }
        }
        return try gainPart(of: prospect) - lossPart(of: prospect)
    }

    /// The sure outcome that is worth as much as the prospect, `v^-1(V)`.
    ///
    /// - Throws: As ``value(of:)-(ContinuousProspect)``, and when no outcome has the value.
    public func certaintyEquivalent(
        of prospect: ContinuousProspect
    ) throws(BehavioralError) -> Double {
        try valueFunction.inverse(value(of: prospect))
    }

    /// The expected value less the certainty equivalent.
    ///
    /// - Throws: As ``certaintyEquivalent(of:)-(ContinuousProspect)``.
    public func riskPremium(of prospect: ContinuousProspect) throws(BehavioralError) -> Double {
        try Self.expectedValue.value(of: prospect) - certaintyEquivalent(of: prospect)
    }

    /// The integral of `w+(P(X > x)) v'(x)` over the gains, at least 0.
    func gainPart(of prospect: ContinuousProspect) throws(BehavioralError) -> Double {
        let reference = valueFunction.reference
        return try part(
            to: prospect.upperBound - reference,
            sure: max(prospect.lowerBound - reference, 0),
            knots: prospect.knots.map { $0 - reference }, valueFunction.gains
        ) { distance in
            gainWeighting.weight(
                prospect.survival(reference + distance),
                complement: prospect.cumulative(reference + distance))
        }
    }

    /// The integral of `w-(P(X <= x)) v'(x)` over the losses, at least 0.
    func lossPart(of prospect: ContinuousProspect) throws(BehavioralError) -> Double {
        let reference = valueFunction.reference
        return try valueFunction.lossAversion
            * part(
                to: reference - prospect.lowerBound,
                sure: max(reference - prospect.upperBound, 0),
                knots: prospect.knots.reversed().map { reference - $0 }, valueFunction.losses
            ) { distance in
                lossWeighting.weight(
                    prospect.cumulative(reference - distance),
                    complement: prospect.survival(reference - distance))
            }
    }

    /// The integral over one side: distances up to `sure` are exceeded for certain.
    private func part(
        to end: Double, sure: Double, knots: [Double], _ curve: UtilityCurve,
        _ weight: (Double) -> Double
    ) throws(BehavioralError) -> Double {
        guard end > 0 else { return 0 }
        var sum = CompensatedSum()
        sum.add(curve.value(sure))
        var position = sure
        for knot in knots + [end] where knot > position {
            let from = position
            let length = min(knot, end) - from
            sum.add(
                try DoubleExponentialQuadrature.integral(over: length) { offset in
                    weight(from + offset) * curve.derivative(from + offset)
                })
            position = knot
        }
        return sum.value
    }
}
