// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
public import LinearAlgebra

/// A fitted ``SelectionProbit``.
public struct SelectionProbitModel: ModelFileContent, Codable, Equatable, Sendable {
    /// The names of the features of the outcome.
    public let featureNames: [String]

    /// The names of the columns of the selection.
    public let selectionNames: [String]

    /// The intercept and the coefficients of the outcome, the intercept and the coefficients of the
    /// selection, and the inverse hyperbolic tangent of the correlation.
    let parameters: [Double]

    /// The standard errors of ``parameters``.
    let standardErrors: [Double]

    /// The log-likelihood of both equations.
    public let logLikelihood: Double

    /// The log-likelihood of both equations with a correlation of 0.
    public let independentLogLikelihood: Double

    init(
        featureNames: [String], selectionNames: [String], parameters: [Double],
        standardErrors: [Double], logLikelihood: Double, independentLogLikelihood: Double
    ) {
        self.featureNames = featureNames
        self.selectionNames = selectionNames
        self.parameters = parameters
        self.standardErrors = standardErrors
        self.logLikelihood = logLikelihood
        self.independentLogLikelihood = independentLogLikelihood
    }

    /// The intercept of the outcome.
    public var intercept: Double { parameters[0] }

    /// The coefficients of the outcome, in the order of ``featureNames``.
    public var coefficients: [Double] { Array(parameters[1...featureNames.count]) }

    /// The intercept and the coefficients of the outcome with their standard errors.
    public var estimates: [CoefficientEstimate] { estimates(["intercept"] + featureNames, from: 0) }

    /// The intercept and the coefficients of the selection with their standard errors.
    public var selectionEstimates: [CoefficientEstimate] {
        estimates(["intercept"] + selectionNames, from: featureNames.count + 1)
    }

    /// The correlation of what is unseen in both equations: above 0 where applications are accepted
    /// that are riskier than they look.
    public var correlation: Double { tanh(parameters[parameters.count - 1]) }

    /// The confidence interval of the correlation, by its inverse hyperbolic tangent.
    ///
    /// - Precondition: `level` is within 0...1.
    public func correlationInterval(level: Double = 0.95) -> ClosedRange<Double> {
        let estimate = estimates(["correlation"], from: parameters.count - 1)[0]
        let interval = estimate.confidenceInterval(level: level)
        return tanh(interval.lowerBound)...tanh(interval.upperBound)
    }

    /// The likelihood-ratio test that the selection tells nothing about the outcome.
    public var independenceTest: ChiSquareTest {
        ChiSquareTest(
            statistic: 2 * (logLikelihood - independentLogLikelihood), degreesOfFreedom: 1)
    }

    /// The probability of a positive outcome of any application, accepted or not:
    /// `Phi(b + wᵀx)`.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        guard features.columnCount == featureNames.count else {
            throw ModelError(
                .wrongWidth,
                "\(features.columnCount) columns for a model of \(featureNames.count) features")
        }
        try checkFinite(features, names: featureNames)
        let index = features.orderedMatmul(Vector(coefficients)) + intercept
        return index.elements.map(NormalDistribution.cumulative)
    }

    private func estimates(_ names: [String], from start: Int) -> [CoefficientEstimate] {
        names.enumerated().map { offset, name in
            CoefficientEstimate(
                name: name, value: parameters[start + offset],
                standardError: standardErrors[start + offset])
        }
    }

    private func tanh(_ value: Double) -> Double { Vector([value]).tanh()[0] }
}

extension SelectionProbitModel {
    init(
        likelihood: SelectionLikelihood, maximum: Minimum, independentLogLikelihood: Double
    ) throws(ModelError) {
        let covariance = try likelihood.covariance(at: maximum.point)
        // From columns of mean 0 and deviation 1 back to the columns as they came.
        var back = Matrix<Double>.identity(likelihood.count)
        var start = 0
        for equation in [likelihood.outcome, likelihood.selection] {
            for index in equation.names.indices {
                let place = start + 1 + index
                back[place, place] = 1 / equation.deviations[index]
                back[start, place] = -equation.means[index] / equation.deviations[index]
            }
            start += equation.count
        }
        let variances = back.matmul(covariance).matmul(back.transposed).diagonal
        self.init(
            featureNames: likelihood.outcome.names, selectionNames: likelihood.selection.names,
            parameters: back.matmul(maximum.point).elements,
            standardErrors: variances.squareRoot().elements,
            logLikelihood: -maximum.value * likelihood.totalWeight,
            independentLogLikelihood: independentLogLikelihood)
    }
}
