// SPDX-License-Identifier: Apache-2.0

import RealModule

/// How the size of a gain, or of a loss, is felt: increasing, with `u(0) = 0`.
///
/// All curves but the power have the slope 1 at 0, so that a loss aversion means the same with
/// each. Two of them, and a reference point, make a ``ValueFunction``.
public struct UtilityCurve: Hashable, Codable, Sendable {
    enum Form: Hashable, Codable, Sendable {
        case power(exponent: Double)
        case exponential(rate: Double)
        case logarithmic(rate: Double)
        case quadratic(rate: Double)
        case expoPower(rate: Double, exponent: Double)
    }

    let form: Form

    init(form: Form) { self.form = form }

    /// Sizes as they are, `u(x) = x`.
    public static let linear = UtilityCurve(form: .power(exponent: 1))

    /// `u(x) = x^exponent`.
    ///
    /// - Parameter exponent: Positive; below 1 more of the same is felt less.
    /// - Throws: ``BehavioralError`` for an exponent that is not positive and finite.
    public static func power(exponent: Double) throws(BehavioralError) -> UtilityCurve {
        try Validation.positive("exponent", exponent)
        return UtilityCurve(form: .power(exponent: exponent))
    }

    /// The normalised exponential `u(x) = (1 - exp(-rate x)) / rate`, of constant absolute risk
    /// aversion.
    ///
    /// - Parameter rate: Per unit of the outcome, not 0; positive: concave and below 1 / rate,
    ///   negative: convex.
    /// - Throws: ``BehavioralError`` for a rate that is 0, NaN or infinite.
    public static func exponential(rate: Double) throws(BehavioralError) -> UtilityCurve {
        guard rate != 0, rate.isFinite else {
            throw BehavioralError(
                .invalidParameter, "rate \(rate) of the exponential is not finite or is 0")
        }
        return UtilityCurve(form: .exponential(rate: rate))
    }

    /// The normalised logarithm `u(x) = log(1 + rate x) / rate`.
    ///
    /// M. Scholten, D. Read, Journal of Risk and Uncertainty 48 (2014),
    /// https://doi.org/10.1007/s11166-014-9183-2.
    /// - Parameter rate: Per unit of the outcome, positive.
    /// - Throws: ``BehavioralError`` for a rate that is not positive and finite.
    public static func logarithmic(rate: Double) throws(BehavioralError) -> UtilityCurve {
        try Validation.positive("rate of the logarithm", rate)
        return UtilityCurve(form: .logarithmic(rate: rate))
    }

    /// The quadratic `u(x) = x - rate x^2 / 2`, on sizes up to 1 / rate, where it ceases to rise.
    ///
    /// - Parameter rate: Per unit of the outcome, positive.
    /// - Throws: ``BehavioralError`` for a rate that is not positive and finite.
    public static func quadratic(rate: Double) throws(BehavioralError) -> UtilityCurve {
        try Validation.positive("rate of the quadratic", rate)
        return UtilityCurve(form: .quadratic(rate: rate))
    }

    /// The expo-power `u(x) = (1 - exp(-rate x^exponent)) / rate`.
    ///
    /// A. Saha, American Journal of Agricultural Economics 75 (1993),
    /// https://doi.org/10.2307/1243978.
    /// - Parameters:
    ///   - rate: Positive; towards 0 the curve becomes the power.
    ///   - exponent: Positive.
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public static func expoPower(
        rate: Double, exponent: Double
    ) throws(BehavioralError) -> UtilityCurve {
        try Validation.positive("rate of the expo-power", rate)
        try Validation.positive("exponent", exponent)
        return UtilityCurve(form: .expoPower(rate: rate, exponent: exponent))
    }

    /// Reads a curve and checks its parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the factories refuse.
    public init(from decoder: any Decoder) throws {
        let form = try decoder.singleValueContainer().decode(Form.self)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            switch form {
            case .power(let exponent): try .power(exponent: exponent)
            case .exponential(let rate): try .exponential(rate: rate)
            case .logarithmic(let rate): try .logarithmic(rate: rate)
            case .quadratic(let rate): try .quadratic(rate: rate)
            case .expoPower(let rate, let exponent):
                try .expoPower(rate: rate, exponent: exponent)
            }
        }
    }

    /// Writes the family and its parameters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(form)
    }
}
