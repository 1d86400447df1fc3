// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Beta calibration of a probability: `log-odds = a * log p - b * log(1 - p) + c`, `a` and `b` not
/// negative.
///
/// The family holds the identity (`a = b = 1`, `c = 0`) and curves of either bend, so that it
/// corrects over- and underconfidence at either end, which a sigmoid on the probability cannot.
///
/// Source: Kull, Silva Filho and Flach, Electron. J. Stat. 11, 2017, doi:10.1214/17-EJS1338SI.
public struct BetaCalibration: Hashable, Sendable {
    /// Which parameters are free.
    public enum Form: String, Codable, Hashable, Sendable, CaseIterable {
        /// `a`, `b` and `c`.
        case threeParameters
        /// `a = b`, and `c`: Platt's map of the log-odds without his targets.
        case equalShapes
        /// `a` and `b`; `c = (a - b) * log 2`, so that 1/2 stays 1/2.
        case fixedMiddle
    }

    /// The factor of `log p`, not negative.
    public let a: Double

    /// The factor of `-log(1 - p)`, not negative.
    public let b: Double

    /// The constant of the log-odds.
    public let c: Double

    /// A map with given parameters.
    ///
    /// - Precondition: all are finite, `a` and `b` not negative.
    public init(a: Double, b: Double, c: Double) {
        precondition(
            a >= 0 && b >= 0 && a.isFinite && b.isFinite && c.isFinite, "a \(a), b \(b), c \(c)")
        self.a = a
        self.b = b
        self.c = c
    }

    /// The most likely map of probabilities with known classes.
    ///
    /// - Parameters:
    ///   - probabilities: within 0...1; 0 and 1 count as half an ulp of 1 away from there.
    ///   - labels: whether each row is positive.
    ///   - weights: one per row; 2 means the row twice.
    ///   - form: which parameters are free.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidValue`, `invalidLabels`,
    ///   `invalidWeights`, `oneClass`, `rankDeficient` (probabilities that do not vary enough) or
    ///   `separation`.
    /// - Complexity: O(rows) per Newton step.
    public init(
        probabilities: [Double], labels: [Bool], weights: [Double]? = nil,
        form: Form = .threeParameters
    ) throws(ModelError) {
        try self.init(
            CalibrationSample(probabilities: probabilities, labels: labels, weights: weights),
            form)
    }

    init(_ sample: CalibrationSample, _ form: Form) throws(ModelError) {
        let (log, rest) = logarithms(sample.scores)
        let half = 0.5
        let columns: [[Double]]
        switch form {
        case .threeParameters: columns = [log.elements, (-rest).elements]
        case .equalShapes: columns = [(log - rest).elements]
        case .fixedMiddle:
            // With c = (a - b) log 2 the columns are log 2 p and -log 2 (1 - p).
            let shift = naturalLogarithm(half)
            columns = [log.elements.map { $0 - shift }, rest.elements.map { shift - $0 }]
        }
        let best = try Self.bestNonNegative(
            columns, hasIntercept: form != .fixedMiddle, sample)
        switch form {
        case .threeParameters: self.init(a: best[0], b: best[1], c: best[2])
        case .equalShapes: self.init(a: best[0], b: best[0], c: best[1])
        case .fixedMiddle:
            self.init(
                a: best[0], b: best[1], c: (best[1] - best[0]) * naturalLogarithm(half))
        }
    }

    /// The coefficients of the maximum among those that are not
    /// negative, the intercept behind them.
    ///
    /// The likelihood is concave, so that a maximum with a negative coefficient means one at 0.
    private static func bestNonNegative(
        _ columns: [[Double]], hasIntercept: Bool, _ sample: CalibrationSample
    ) throws(ModelError) -> [Double] {
        func fit(_ chosen: [Int]) throws(ModelError) -> (coefficients: [Double], value: Double) {
            let problem = CalibrationLikelihood(
                columns: chosen.map { columns[$0] }, hasIntercept: hasIntercept,
                targets: sample.labels.map { $0 ? 1 : 0 }, weights: sample.weights)
            let found =
                chosen.isEmpty && !hasIntercept ? [] : try problem.maximise("beta calibration")
            var all = [Double](repeating: 0, count: columns.count)
            for (index, column) in chosen.enumerated() { all[column] = found[index] }
            if hasIntercept { all.append(found[chosen.count]) }
            return (all, problem.value(found))
        }
        func isFeasible(_ coefficients: [Double]) -> Bool {
            coefficients.prefix(columns.count).allSatisfy { $0 >= 0 }
        }
        let free = try fit(Array(columns.indices))
        if isFeasible(free.coefficients) { return free.coefficients }
        var best = try fit([])
        for column in columns.indices where columns.count > 1 {
            let next = try fit([column])
            if isFeasible(next.coefficients), next.value > best.value { best = next }
        }
        return best.coefficients
    }

    /// The calibrated probability of every probability.
    public func probabilities(_ probabilities: [Double]) -> [Double] {
        let (log, rest) = logarithms(probabilities)
        return logistic(
            zip(log.elements, rest.elements).map { a * $0 - b * $1 + c })
    }
}
