// SPDX-License-Identifier: Apache-2.0

import RealModule

extension WeightingFunction {
    /// The weight of a probability, in `0...1`; 0 at 0 and 1 at 1.
    ///
    /// - Parameter probability: The probability, in `0...1`.
    /// - Throws: ``BehavioralError`` for a probability that is NaN or outside `0...1`.
    /// - Complexity: O(1).
    public func callAsFunction(_ probability: Double) throws(BehavioralError) -> Double {
        try Validation.probability("probability", probability)
        if probability == 0 || probability == 1 { return probability }
        switch form {
        case .identity:
            return probability
        case .tverskyKahneman(let gamma):
            return Self.ratio(probability, gamma, outerExponent: 1 / gamma)
        case .prelec(let alpha, let beta):
            return Double.exp(-beta * Double.pow(-Double.log(probability), alpha))
        case .printedInHassija2020(let gamma):
            return Self.ratio(probability, gamma, outerExponent: gamma)
        }
    }

    private static func ratio(_ p: Double, _ gamma: Double, outerExponent: Double) -> Double {
        let power = Double.pow(p, gamma)
        return power / Double.pow(power + Double.pow(1 - p, gamma), outerExponent)
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
            }
        }
    }

    /// Writes the family and its parameters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(form)
    }
}
