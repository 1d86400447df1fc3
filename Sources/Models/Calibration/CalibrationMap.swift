// SPDX-License-Identifier: Apache-2.0

/// A fitted map of the probability of the positive one of two classes.
public enum CalibrationMap: Hashable, Sendable {
    /// A sigmoid of the log-odds.
    case platt(PlattScaling)
    /// An ascending function of the probability, with values within 0...1.
    case isotonic(IsotonicRegression)
    /// A beta calibration.
    case beta(BetaCalibration)
    /// A temperature.
    case temperature(TemperatureScaling)
    /// A Venn-Abers predictor on the probability.
    case vennAbers(VennAbersPredictor)
    /// Other shares of the classes.
    case priorShift(PriorShift)

    /// The calibrated probability of every probability, each within 0...1.
    public func probabilities(_ probabilities: [Double]) -> [Double] {
        switch self {
        case .platt(let map): map.probabilities(logOdds(probabilities))
        case .isotonic(let map): map.values(at: probabilities)
        case .beta(let map): map.probabilities(probabilities)
        case .temperature(let map): map.probabilities(probabilities)
        case .vennAbers(let map): map.probabilities(probabilities)
        case .priorShift(let map): map.probabilities(probabilities)
        }
    }
}
