// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How the probabilities of a classifier are mapped to calibrated ones.
///
/// | Method | Map | Rows it needs |
/// |---|---|---|
/// | ``platt`` | a sigmoid of the log-odds | few |
/// | ``beta(_:)`` | log-odds linear in `log p` and `log(1 - p)` | few |
/// | ``temperature`` | log-odds divided by one number | few |
/// | ``isotonic`` | any ascending function | a thousand and more |
/// | ``vennAbers`` | as isotonic, with an interval that is valid | hundreds |
///
/// Probabilities of three and more classes are mapped class by class against all others and divided
/// by their sum, but by ``temperature`` all at once.
public enum CalibrationMethod: Codable, Hashable, Sendable {
    /// ``PlattScaling`` of the log-odds.
    case platt
    /// ``IsotonicRegression`` of the classes on the probability.
    case isotonic
    /// ``BetaCalibration``.
    case beta(BetaCalibration.Form = .threeParameters)
    /// ``TemperatureScaling``.
    case temperature
    /// ``VennAbersPredictor``, its interval merged into one probability.
    case vennAbers

    /// The best map of probabilities of the positive class.
    ///
    /// The rows must not have been fitted to.
    ///
    /// - Parameters:
    ///   - probabilities: within 0...1.
    ///   - labels: whether each row is positive.
    ///   - weights: one per row; 2 means the row twice.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidValue`, `invalidLabels`,
    ///   `invalidWeights` or `oneClass`; `rankDeficient` of Platt and beta for equal probabilities;
    ///   `separation` of beta.
    public func fit(
        probabilities: [Double], labels: [Bool], weights: [Double]? = nil
    ) throws(ModelError) -> CalibrationMap {
        let sample = try CalibrationSample(
            probabilities: probabilities, labels: labels, weights: weights)
        switch self {
        case .platt: return .platt(try PlattScaling(sample.onLogOdds))
        case .isotonic:
            return .isotonic(
                try IsotonicRegression(
                    positions: sample.scores, values: sample.labels.map { $0 ? 1 : 0 },
                    weights: sample.weights))
        case .beta(let form): return .beta(try BetaCalibration(sample, form))
        case .temperature:
            return .temperature(
                try TemperatureScaling(
                    classProbabilities: .init(columns: [
                        sample.scores.map { 1 - $0 }, sample.scores,
                    ]), labels: ClassLabels(sample.labels), weights: sample.weights))
        case .vennAbers: return .vennAbers(VennAbersPredictor(sample))
        }
    }
}
