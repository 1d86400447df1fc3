// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Temperature scaling of probabilities of any number of classes: `softmax(log p / temperature)`.
///
/// A temperature above 1 takes confidence away, one below 1 adds it. The order of the classes of a
/// row never changes, and the mean probability need not become the base rate.
///
/// Source: Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017.
public struct TemperatureScaling: Hashable, Sendable {
    /// What log-probabilities are divided by, above 0.
    public let temperature: Double

    /// A map with a given temperature.
    ///
    /// - Precondition: it is finite and above 0.
    public init(temperature: Double) {
        precondition(temperature > 0 && temperature.isFinite, "the temperature \(temperature)")
        self.temperature = temperature
    }

    /// The temperature of the smallest log loss, within exp(-10)...exp(10); 1 where all
    /// probabilities of a row are equal, in every row.
    ///
    /// - Parameters:
    ///   - classProbabilities: each within 0...1 (rows x classes).
    ///   - labels: the class of every row.
    ///   - weights: one per row; 2 means the row twice.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidValue`, `wrongWidth`,
    ///   `invalidLabels` or `invalidWeights`.
    /// - Complexity: O(rows * classes) per evaluation, of which there are some dozens.
    public init(
        classProbabilities: Matrix<Double>, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) {
        try checkProbabilities(classProbabilities, labels, weights)
        let rows = labels.codes.indices.filter { weights?[$0] != 0 }
        let logs = Self.logarithms(classProbabilities.gatheringRows(rows))
        // The log loss is convex in the inverse temperature, whose logarithm takes even steps.
        func slope(_ exponent: Double) -> Double {
            let shares = (logs * exponential(exponent)).softmax()
            return rows.indices.reduce(0) { slope, index in
                let row = rows[index]
                let mean = (0..<logs.columnCount).reduce(0) {
                    $0 + shares[index, $1] * logs[index, $1]
                }
                return slope + (weights?[row] ?? 1) * (mean - logs[index, labels.codes[row]])
            }
        }
        let limit = 10.0
        let ends = (low: slope(-limit), high: slope(limit))
        let found: Double
        if ends.low == 0, ends.high == 0 {
            found = 0
        } else if ends.low >= 0 {
            found = -limit
        } else if ends.high <= 0 {
            found = limit
        } else {
            do {
                found = try BrentRoot().solve(in: -limit...limit, slope).position
            } catch {
                throw ModelError(
                    .notConverged, "temperature scaling found no minimum", underlying: error)
            }
        }
        self.init(temperature: exponential(-found))
    }

    /// The scaled probabilities (rows x classes); each row sums to 1.
    public func classProbabilities(_ probabilities: Matrix<Double>) -> Matrix<Double> {
        (Self.logarithms(probabilities) * (1 / temperature)).softmax()
    }

    /// The logarithms of probabilities, of 0 as of half an ulp of 1.
    private static func logarithms(_ probabilities: Matrix<Double>) -> Matrix<Double> {
        probabilities.map { max($0, .ulpOfOne / 2) }.log()
    }

    /// The scaled probability of the positive one of two classes.
    public func probabilities(_ probabilities: [Double]) -> [Double] {
        logistic(logOdds(probabilities).map { $0 / temperature })
    }
}
