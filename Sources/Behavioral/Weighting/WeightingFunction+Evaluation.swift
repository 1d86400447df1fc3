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
        return weight(probability)
    }

    /// The slope `w'(probability)`, at least 0.
    ///
    /// - Parameter probability: The probability, above 0 and below 1; at the ends most functions
    ///   are infinitely steep or jump.
    /// - Throws: ``BehavioralError`` for a probability that is NaN or not above 0 and below 1.
    /// - Complexity: O(1).
    public func derivative(at probability: Double) throws(BehavioralError) -> Double {
        guard probability > 0, probability < 1 else {
            throw BehavioralError(
                .invalidProbability, "probability \(probability) is not above 0 and below 1")
        }
        let (p, q) = (probability, 1 - probability)
        let w = weight(p)
        switch form {
        case .identity: return 1
        case .tverskyKahneman(let gamma): return Self.ratioSlope(p, q, w, gamma, 1)
        case .printedInHassija2020(let gamma):
            return Self.ratioSlope(p, q, w, gamma, gamma * gamma)
        case .prelec(let alpha, let beta):
            return w * alpha * beta * Double.pow(-Double.log(p), alpha - 1) / p
        case .goldsteinEinhorn(let curvature, let elevation):
            let gain = elevation * Double.pow(p, curvature)
            let loss = Double.pow(q, curvature)
            return gain / (gain + loss) * (loss / (gain + loss)) * curvature / (p * q)
        case .power(let exponent): return exponent * Double.pow(p, exponent - 1)
        case .neoAdditive(_, let slope): return slope
        case .exponentialPower(let alpha, let beta):
            return w * alpha * Double.pow(p, beta - 1)
        }
    }

    /// The probability that has a weight: the smallest p with `w(p) >= weight`.
    ///
    /// Closed forms but for the Tversky-Kahneman ratio and its misprint, which are
    /// solved to the last bits on the scale of log-odds. Weights that a function
    /// jumps over give the jump's place.
    /// - Parameter weight: The weight, in `0...1`.
    /// - Throws: ``BehavioralError`` for a weight that is NaN or outside `0...1`.
    public func inverse(_ weight: Double) throws(BehavioralError) -> Double {
        try Validation.probability("weight", weight)
        if weight == 0 || weight == 1 { return weight }
        switch form {
        case .identity: return weight
        case .tverskyKahneman(let gamma):
            return Self.inverseRatio(weight, gamma, outerExponent: 1 / gamma)
        case .printedInHassija2020(let gamma):
            return Self.inverseRatio(weight, gamma, outerExponent: gamma)
        case .prelec(let alpha, let beta):
            return Double.exp(-Double.pow(-Double.log(weight) / beta, 1 / alpha))
        case .goldsteinEinhorn(let curvature, let elevation):
            let odds = Double.pow(weight / (1 - weight) / elevation, 1 / curvature)
            return odds.isFinite ? odds / (1 + odds) : 1
        case .power(let exponent): return Double.pow(weight, 1 / exponent)
        case .neoAdditive(let intercept, let slope):
            return min(max((weight - intercept) / slope, 0), 1)
        case .exponentialPower(let alpha, let beta):
            if beta == 0 { return Double.pow(weight, 1 / alpha) }
            let inner = beta * Double.log(weight) / alpha
            return inner > -1 ? Double.exp(Double.log(onePlus: inner) / beta) : 0
        }
    }

    /// The weight of a probability that is known to lie in `0...1`.
    func weight(_ p: Double) -> Double { weight(p, complement: 1 - p) }

    /// The weight of a probability p and its complement, each exact: functions are steep where
    /// either is too small to be seen in the other.
    func weight(_ p: Double, complement q: Double) -> Double {
        if p == 0 { return 0 }
        if q == 0 { return 1 }
        var logP: Double { p < 0.5 ? Double.log(p) : Double.log(onePlus: -q) }
        switch form {
        case .identity: return p
        case .tverskyKahneman(let gamma): return Self.ratio(p, q, gamma, 1 / gamma)
        case .printedInHassija2020(let gamma): return Self.ratio(p, q, gamma, gamma)
        case .prelec(let alpha, let beta):
            return Double.exp(-beta * Double.pow(-logP, alpha))
        case .goldsteinEinhorn(let curvature, let elevation):
            let gain = elevation * Double.pow(p, curvature)
            return gain / (gain + Double.pow(q, curvature))
        case .power(let exponent): return Double.pow(p, exponent)
        case .neoAdditive(let intercept, let slope): return intercept + slope * p
        case .exponentialPower(let alpha, let beta):
            return beta == 0
                ? Double.pow(p, alpha)
                : Double.exp(alpha / beta * Double.expMinusOne(beta * logP))
        }
    }

    private static func ratio(
        _ p: Double, _ q: Double, _ gamma: Double, _ outerExponent: Double
    ) -> Double {
        let power = Double.pow(p, gamma)
        return power / Double.pow(power + Double.pow(q, gamma), outerExponent)
    }

    /// The slope of the ratio with the outer exponent `product / gamma`.
    private static func ratioSlope(
        _ p: Double, _ q: Double, _ w: Double, _ gamma: Double, _ product: Double
    ) -> Double {
        let (a, b) = (Double.pow(p, gamma), Double.pow(q, gamma))
        return w * (gamma / p - product * (a / p - b / q) / (a + b))
    }

    private static func inverseRatio(
        _ weight: Double, _ gamma: Double, outerExponent: Double
    ) -> Double {
        var (low, high) = (-745.0, 745.0)
        while true {
            let middle = (low + high) / 2
            // p and 1 - p from the log-odds, neither with cancellation.
            let (p, q) = (1 / (1 + Double.exp(-middle)), 1 / (1 + Double.exp(middle)))
            guard middle > low, middle < high else { return p }
            if ratio(p, q, gamma, outerExponent) < weight { low = middle } else { high = middle }
        }
    }
}
