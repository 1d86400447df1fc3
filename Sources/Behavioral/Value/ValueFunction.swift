// SPDX-License-Identifier: Apache-2.0

import RealModule

/// How good or bad an outcome feels, measured from the reference point 0.
///
/// Gains feel less than proportional, losses feel worse than gains of the same size.
///
/// ```swift
/// let v = ValueFunction.tverskyKahneman1992
/// try v(100)      // 57.5
/// try v(-100)     // -129.5
/// ```
public struct ValueFunction: Hashable, Codable, Sendable {
    enum Form: Hashable, Codable, Sendable {
        case power(gainExponent: Double, lossExponent: Double, lossAversion: Double)
    }

    private let form: Form

    init(form: Form) { self.form = form }

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
        try Validation.positive("loss aversion", lossAversion)
        return ValueFunction(
            form: .power(
                gainExponent: gainExponent, lossExponent: lossExponent, lossAversion: lossAversion))
    }

    /// Tversky and Kahneman's median estimates: both exponents 0.88, loss aversion 2.25.
    public static let tverskyKahneman1992 = ValueFunction(
        form: .power(gainExponent: 0.88, lossExponent: 0.88, lossAversion: 2.25))

    /// The value of an outcome: positive for gains, 0 at 0, negative for losses.
    ///
    /// - Parameter outcome: The gain or loss against the reference point, in any unit.
    /// - Throws: ``BehavioralError`` for a NaN or infinite outcome.
    /// - Complexity: O(1).
    public func callAsFunction(_ outcome: Double) throws(BehavioralError) -> Double {
        guard outcome.isFinite else {
            throw BehavioralError(.invalidOutcome, "outcome \(outcome) is not finite")
        }
        switch form {
        case .power(let gainExponent, let lossExponent, let lossAversion):
            return outcome >= 0
                ? Double.pow(outcome, gainExponent)
                : -lossAversion * Double.pow(-outcome, lossExponent)
        }
    }

    /// Reads a function and checks its parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the initialisers refuse.
    public init(from decoder: any Decoder) throws {
        let form = try decoder.singleValueContainer().decode(Form.self)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            switch form {
            case .power(let gainExponent, let lossExponent, let lossAversion):
                try .power(
                    gainExponent: gainExponent, lossExponent: lossExponent,
                    lossAversion: lossAversion)
            }
        }
    }

    /// Writes the family and its parameters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(form)
    }
}
