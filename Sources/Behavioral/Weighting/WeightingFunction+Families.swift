// SPDX-License-Identifier: Apache-2.0

extension WeightingFunction {
    /// Linear in log-odds: `w(p) = d p^g / (d p^g + (1 - p)^g)`, increasing for all parameters.
    ///
    /// W. Goldstein, H. Einhorn, Psychological Review 94 (1987),
    /// https://doi.org/10.1037/0033-295X.94.2.236.
    /// - Parameters:
    ///   - curvature: The exponent g, positive; below 1 an inverse S.
    ///   - elevation: The factor d, positive; above 1 all weights are higher.
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public static func goldsteinEinhorn(
        curvature: Double, elevation: Double
    ) throws(BehavioralError) -> WeightingFunction {
        try Validation.positive("curvature of the Goldstein-Einhorn weighting", curvature)
        try Validation.positive("elevation of the Goldstein-Einhorn weighting", elevation)
        return WeightingFunction(
            form: .goldsteinEinhorn(curvature: curvature, elevation: elevation))
    }

    /// The power `w(p) = p^exponent`.
    ///
    /// - Parameter exponent: Positive; above 1 all weights are lower than the probabilities.
    /// - Throws: ``BehavioralError`` for an exponent that is not positive and finite.
    public static func power(exponent: Double) throws(BehavioralError) -> WeightingFunction {
        try Validation.positive("exponent of the power weighting", exponent)
        return WeightingFunction(form: .power(exponent: exponent))
    }

    /// The neo-additive `w(p) = intercept + slope p` for p above 0 and below 1, with jumps at the
    /// ends.
    ///
    /// A. Chateauneuf, J. Eichberger, S. Grant, Journal of Economic Theory 137 (2007),
    /// https://doi.org/10.1016/j.jet.2007.01.017.
    /// - Parameters:
    ///   - intercept: The weight of the best outcome however unlikely it is, in `0..<1`.
    ///   - slope: Positive, at most `1 - intercept`.
    /// - Throws: ``BehavioralError`` for parameters outside these ranges.
    public static func neoAdditive(
        intercept: Double, slope: Double
    ) throws(BehavioralError) -> WeightingFunction {
        guard intercept >= 0, slope > 0, intercept + slope <= 1 else {
            throw BehavioralError(
                .invalidParameter,
                "intercept \(intercept) and slope \(slope) of the neo-additive weighting are not "
                    + "at least 0 and above 0 with a sum of at most 1")
        }
        return WeightingFunction(form: .neoAdditive(intercept: intercept, slope: slope))
    }

    /// The exponential power `w(p) = exp(-(alpha / beta) (1 - p^beta))`, with its limit `p^alpha`
    /// at a beta of 0.
    ///
    /// For a positive beta it jumps from 0 to `exp(-alpha / beta)` at 0. D. Prelec, Econometrica 66
    /// (1998), https://doi.org/10.2307/2998573, section 4.
    /// - Parameters:
    ///   - alpha: Positive, the slope at 1.
    ///   - beta: Any finite number.
    /// - Throws: ``BehavioralError`` for parameters outside these ranges.
    public static func exponentialPower(
        alpha: Double, beta: Double
    ) throws(BehavioralError) -> WeightingFunction {
        try Validation.positive("alpha of the exponential power weighting", alpha)
        try Validation.finite("beta of the exponential power weighting", beta)
        return WeightingFunction(form: .exponentialPower(alpha: alpha, beta: beta))
    }
}

extension WeightingFunction {
    /// Reads a function and checks its parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the initialisers refuse.
    public init(from decoder: any Decoder) throws {
        let form = try decoder.singleValueContainer().decode(Form.self)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            switch form {
            case .identity: .identity
            case .tverskyKahneman(let gamma): try .tverskyKahneman(gamma: gamma)
            case .prelec(let alpha, let beta): try .prelec(alpha: alpha, beta: beta)
            case .printedInHassija2020(let gamma): try .printedInHassija2020(gamma: gamma)
            case .goldsteinEinhorn(let curvature, let elevation):
                try .goldsteinEinhorn(curvature: curvature, elevation: elevation)
            case .power(let exponent): try .power(exponent: exponent)
            case .neoAdditive(let intercept, let slope):
                try .neoAdditive(intercept: intercept, slope: slope)
            case .exponentialPower(let alpha, let beta):
                try .exponentialPower(alpha: alpha, beta: beta)
            }
        }
    }

    /// Writes the family and its parameters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(form)
    }
}
