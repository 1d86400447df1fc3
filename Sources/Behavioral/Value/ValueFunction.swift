// SPDX-License-Identifier: Apache-2.0

/// How good or bad an outcome feels, measured from a reference point.
///
/// Gains feel less than proportional, losses feel worse than gains of the same size:
/// `v(x) = u+(x - r)` above the reference point r and `-lambda u-(r - x)` below it, with a
/// ``UtilityCurve`` for each side.
///
/// ```swift
/// let v = ValueFunction.tverskyKahneman1992
/// try v(100)      // 57.5
/// try v(-100)     // -129.5
/// ```
public struct ValueFunction: Hashable, Codable, Sendable {
    /// u+, the curve of gains.
    public let gains: UtilityCurve

    /// u-, the curve of losses, as a function of their size.
    public let losses: UtilityCurve

    /// The loss aversion lambda, positive; above 1 losses loom larger.
    public let lossAversion: Double

    /// The reference point: the outcome that is neither gain nor loss.
    public let reference: Double

    /// Tversky and Kahneman's median estimates: both exponents 0.88, loss aversion 2.25.
    public static let tverskyKahneman1992 = ValueFunction(
        unchecked: UtilityCurve(form: .power(exponent: 0.88)),
        UtilityCurve(form: .power(exponent: 0.88)), lossAversion: 2.25)

    /// Outcomes as they are, `v(x) = x`: with unweighted probabilities, the expected value.
    public static let linear = ValueFunction(unchecked: .linear, .linear, lossAversion: 1)

    /// Joins two curves at a reference point.
    ///
    /// - Parameters:
    ///   - gains: The curve of gains.
    ///   - losses: The curve of losses, as a function of their size.
    ///   - lossAversion: The weight of losses (lambda), positive.
    ///   - reference: The outcome that is neither gain nor loss.
    /// - Throws: ``BehavioralError`` for a loss aversion that is not positive and finite, and for a
    ///   reference that is not finite.
    public init(
        gains: UtilityCurve, losses: UtilityCurve, lossAversion: Double, reference: Double = 0
    ) throws(BehavioralError) {
        try Validation.positive("loss aversion", lossAversion)
        try Validation.finite("reference", reference)
        self.init(unchecked: gains, losses, lossAversion: lossAversion, reference: reference)
    }

    init(
        unchecked gains: UtilityCurve, _ losses: UtilityCurve, lossAversion: Double,
        reference: Double = 0
    ) {
        self.gains = gains
        self.losses = losses
        self.lossAversion = lossAversion
        self.reference = reference
    }

    /// The power function `x^a` for gains and `-lambda (-x)^b` for losses.
    ///
    /// A. Tversky, D. Kahneman, Journal of Risk and Uncertainty 5 (1992),
    /// https://doi.org/10.1007/BF00122574.
    /// - Parameters:
    ///   - gainExponent: The exponent of gains (alpha, or tau), positive; below 1 it is concave.
    ///   - lossExponent: The exponent of losses (beta, or chi), positive; below 1 it is convex.
    ///   - lossAversion: The weight of losses (lambda), positive; above 1 losses loom larger.
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public static func power(
        gainExponent: Double, lossExponent: Double, lossAversion: Double
    ) throws(BehavioralError) -> ValueFunction {
        try Validation.positive("gain exponent", gainExponent)
        try Validation.positive("loss exponent", lossExponent)
        return try ValueFunction(
            gains: .power(exponent: gainExponent), losses: .power(exponent: lossExponent),
            lossAversion: lossAversion)
    }

    /// The normalised exponential for gains and for losses; see
    /// ``UtilityCurve/exponential(rate:)``.
    ///
    /// - Throws: ``BehavioralError`` for a rate that is 0 or not finite, and for a loss aversion
    ///   that is not positive and finite.
    public static func exponential(
        gainRate: Double, lossRate: Double, lossAversion: Double
    ) throws(BehavioralError) -> ValueFunction {
        try ValueFunction(
            gains: .exponential(rate: gainRate), losses: .exponential(rate: lossRate),
            lossAversion: lossAversion)
    }

    /// The normalised logarithm for gains and for losses; see ``UtilityCurve/logarithmic(rate:)``.
    ///
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public static func logarithmic(
        gainRate: Double, lossRate: Double, lossAversion: Double
    ) throws(BehavioralError) -> ValueFunction {
        try ValueFunction(
            gains: .logarithmic(rate: gainRate), losses: .logarithmic(rate: lossRate),
            lossAversion: lossAversion)
    }

    /// The same feelings about outcomes measured from another reference point.
    ///
    /// - Throws: ``BehavioralError`` for a reference that is not finite.
    public func relative(to reference: Double) throws(BehavioralError) -> ValueFunction {
        try ValueFunction(
            gains: gains, losses: losses, lossAversion: lossAversion, reference: reference)
    }

    private enum CodingKeys: String, CodingKey {
        case gains, losses, lossAversion, reference
    }

    /// Reads a function and checks its parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the initialisers refuse.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let gains = try container.decode(UtilityCurve.self, forKey: .gains)
        let losses = try container.decode(UtilityCurve.self, forKey: .losses)
        let lossAversion = try container.decode(Double.self, forKey: .lossAversion)
        let reference = try container.decode(Double.self, forKey: .reference)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            try ValueFunction(
                gains: gains, losses: losses, lossAversion: lossAversion, reference: reference)
        }
    }
}
