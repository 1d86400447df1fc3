// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra
public import Metrics

/// A fitted classifier of two classes with a threshold on its probabilities.
public struct DecisionClassifierModel<Base: ClassifierModel>: ClassifierModel {
    /// The classifier below, whose probabilities are given unchanged.
    public let model: Base

    /// The threshold.
    public let threshold: DecisionThreshold

    /// A model of two classes with its threshold.
    init(_ model: Base, _ threshold: DecisionThreshold) {
        self.model = model
        self.threshold = threshold
    }

    /// The names of the two classes; the second is the positive one.
    public var classes: [String] { model.classes }

    /// The names of the feature columns that the model was fitted to.
    public var featureNames: [String] { model.featureNames }

    /// The probability of both classes (rows x 2), as the classifier below gives it.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try model.classProbabilities(features)
    }

    /// Whether each row is taken for positive.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func decisions(_ features: Matrix<Double>) throws(ModelError) -> [Bool] {
        threshold.decisions(try model.probabilities(features))
    }

    /// Whether each row is taken for positive where every row has costs of its own; the threshold
    /// is that of its costs.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - costs: one per row.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, or `invalidValue` where the
    ///   costs are not one per row.
    public func decisions(
        _ features: Matrix<Double>, costs: [CostMatrix]
    ) throws(ModelError) -> [Bool] {
        try bayesDecisions(model.probabilities(features), costs)
    }

    /// The class that the decision gives every row, in the place of the most probable one.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String] {
        try decisions(features).map { classes[$0 ? 1 : 0] }
    }
}

/// Whether each row is taken for positive by the threshold of its own costs.
///
/// - Throws: ``ModelError`` with code `invalidValue` where the costs are not one per row.
func bayesDecisions(
    _ probabilities: [Double], _ costs: [CostMatrix]
) throws(ModelError) -> [Bool] {
    guard costs.count == probabilities.count else {
        throw ModelError(.invalidValue, "\(costs.count) costs for \(probabilities.count) rows")
    }
    return zip(probabilities, costs).map { $0 >= $1.bayesThreshold }
}
