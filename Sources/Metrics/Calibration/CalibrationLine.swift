// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import RealModule

/// Calibration slope and intercept: the logistic regression of the outcomes on the log-odds of the
/// probabilities.
///
/// `logit P(y = 1) = intercept + slope * logit(p)`. Right probabilities have slope 1 and intercept
/// 0; a slope below 1 says that they are too extreme (overfitting), ``inTheLarge`` (the intercept
/// when the slope is held at 1) whether they are too low or too high as a whole.
///
/// D. R. Cox, Biometrika 45 (1958), https://doi.org/10.1093/biomet/45.3-4.562.
public struct CalibrationLine: Hashable, Codable, Sendable {
    /// The log-odds of positive where the probability is 0.5.
    public let intercept: Double
    /// The standard error of ``intercept``.
    public let interceptStandardError: Double
    /// The change of the log-odds with those of the probability.
    public let slope: Double
    /// The standard error of ``slope``.
    public let slopeStandardError: Double
    /// The covariance of intercept and slope.
    public let covariance: Double
    /// The intercept at slope 1: positive where positives are more frequent than foretold.
    public let inTheLarge: Double
    /// The standard error of ``inTheLarge``.
    public let inTheLargeStandardError: Double
    /// The likelihood-ratio statistic against intercept 0 and slope 1.
    public let statistic: Double
    /// The probability of such a ``statistic``, chi-square with two degrees of freedom, when the
    /// probabilities are right.
    public let pValue: Double

    /// Fits the line by maximum likelihood.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    ///   - clipping: Probabilities are clipped to `clipping...(1 - clipping)`, in 2^-60..<0.5, so
    ///     that 0 and 1 have finite log-odds.
    /// - Throws: ``MetricsError`` for invalid arrays; of code `oneClass` for one class only,
    ///   `noSpread` when all probabilities are equal, and `notConverged` when the probabilities
    ///   separate the classes, where the slope is infinite.
    /// - Complexity: O(n) a step, some ten steps.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil,
        clipping: Double = .ulpOfOne
    ) throws(MetricsError) {
        guard clipping >= 0x1p-60, clipping < 0.5 else {
            throw MetricsError(.invalidParameter, "clipping \(clipping) is not in 2^-60..<0.5")
        }
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        try Validation.weights(weights)
        let rows = LogOddsRows(labels, probabilities, weights, clipping)
        try rows.requireBothClasses()
        guard rows.hasSpread else {
            throw MetricsError(
                .noSpread, "all probabilities are \(probabilities[0]): there is no slope")
        }
        try rows.requireOverlap()
        let large = try rows.fit(fitsSlope: false)
        let line = try rows.fit(fitsSlope: true)
        intercept = line.intercept
        slope = line.slope
        let determinant = line.hessian.0 * line.hessian.2 - line.hessian.1 * line.hessian.1
        interceptStandardError = (line.hessian.2 / determinant).squareRoot()
        slopeStandardError = (line.hessian.0 / determinant).squareRoot()
        covariance = -line.hessian.1 / determinant
        inTheLarge = large.intercept
        inTheLargeStandardError = 1 / large.hessian.0.squareRoot()
        statistic = max(0, 2 * (line.logLikelihood - rows.state(0, 1).logLikelihood))
        pValue = ChiSquareDistribution.survival(statistic, degreesOfFreedom: 2)
    }

    /// An interval of ``slope``.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func slopeInterval(level: Double = 0.95) throws(MetricsError) -> ConfidenceInterval {
        try .normal(slope, standardError: slopeStandardError, level: level)
    }

    /// An interval of ``inTheLarge``.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func inTheLargeInterval(
        level: Double = 0.95
    ) throws(MetricsError) -> ConfidenceInterval {
        try .normal(inTheLarge, standardError: inTheLargeStandardError, level: level)
    }
}

/// The rows of the regression.
private struct LogOddsRows {
    private var x: [Double] = []
    private var isPositive: [Bool] = []
    private var weight: [Double] = []

    struct State {
        var intercept: Double
        var slope: Double
        var logLikelihood = 0.0
        var gradient = (0.0, 0.0)
        /// The negative second derivatives: by intercept, mixed, by slope.
        var hessian = (0.0, 0.0, 0.0)
    }

    init(
        _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?, _ clipping: Double
    ) {
        for (row, p) in probabilities.enumerated() where weights?[row] != 0 {
            let q = min(max(p, clipping), 1 - clipping)
            x.append(Double.log(q) - Double.log(onePlus: -q))
            isPositive.append(labels[row])
            weight.append(weights?[row] ?? 1)
        }
    }

    var hasSpread: Bool { x.contains { $0 != x[0] } }

    func requireBothClasses() throws(MetricsError) {
        guard isPositive.contains(true), isPositive.contains(false) else {
            throw MetricsError(
                .oneClass, "all rows are \(isPositive[0] ? "positive" : "negative")")
        }
    }

    /// With one variable there is a maximum exactly when neither class lies wholly on one side.
    func requireOverlap() throws(MetricsError) {
        var (least, greatest) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
        for (x, isPositive) in zip(x, isPositive) {
            let side = isPositive ? 1 : 0
            least[side] = min(least[side], x)
            greatest[side] = max(greatest[side], x)
        }
        guard greatest[0] > least[1], greatest[1] > least[0] else {
            throw MetricsError(
                .notConverged,
                "the probabilities separate the classes: the calibration line has no maximum")
        }
    }

    func state(_ intercept: Double, _ slope: Double) -> State {
        var likelihood = CompensatedSum()
        var gradient = (CompensatedSum(), CompensatedSum())
        var hessian = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for row in x.indices {
            let odds = intercept + slope * x[row]
            let signed = isPositive[row] ? odds : -odds
            // log(1 / (1 + exp(-signed))) without overflow.
            likelihood +=
                weight[row] * (min(signed, 0) - Double.log(onePlus: Double.exp(-abs(signed))))
            let p = 1 / (1 + Double.exp(-odds))
            let residual = weight[row] * ((isPositive[row] ? 1 : 0) - p)
            gradient.0 += residual
            gradient.1 += residual * x[row]
            let curvature = weight[row] * p * (1 - p)
            hessian.0 += curvature
            hessian.1 += curvature * x[row]
            hessian.2 += curvature * x[row] * x[row]
        }
        return State(
            intercept: intercept, slope: slope, logLikelihood: likelihood.value,
            gradient: (gradient.0.value, gradient.1.value),
            hessian: (hessian.0.value, hessian.1.value, hessian.2.value))
    }

    /// Newton's method with halved steps, from intercept 0 and slope 1, until rounding hides all
    /// further gain.
    func fit(fitsSlope: Bool) throws(MetricsError) -> State {
        var state = state(0, 1)
        for _ in 0..<100 {
            let (g, h) = (state.gradient, state.hessian)
            let determinant = fitsSlope ? h.0 * h.2 - h.1 * h.1 : h.0
            guard determinant > 0, determinant.isFinite else { break }
            var step =
                fitsSlope
                ? ((h.2 * g.0 - h.1 * g.1) / determinant, (h.0 * g.1 - h.1 * g.0) / determinant)
                : (g.0 / h.0, 0)
            let gain = g.0 * step.0 + g.1 * step.1
            guard gain > 1e-24 * abs(state.logLikelihood) else { return state }
            var next = self.state(state.intercept + step.0, state.slope + step.1)
            var halvings = 0
            while next.logLikelihood < state.logLikelihood, halvings < 50 {
                step = (step.0 / 2, step.1 / 2)
                next = self.state(state.intercept + step.0, state.slope + step.1)
                halvings += 1
            }
            if halvings == 50 { return state }
            let isLast = gain <= 1e-14 * abs(state.logLikelihood)
            state = next
            if isLast { return state }
        }
        throw MetricsError(
            .notConverged, "the calibration line did not settle within 100 steps")
    }
}
