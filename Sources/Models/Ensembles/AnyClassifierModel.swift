// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted classifier whose kind is only known when the program runs.
public struct AnyClassifierModel: ClassifierModel {
    /// The model itself.
    public let base: any ClassifierModel

    /// Wraps a model; one that is wrapped already stays as it is.
    public init(_ base: some ClassifierModel) {
        self.base = (base as? AnyClassifierModel)?.base ?? base
    }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { base.classes }

    /// The names of the features, in column order.
    public var featureNames: [String] { base.featureNames }

    /// The probability of every class (rows x classes).
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try base.classProbabilities(features)
    }

    /// The probability of the last class, one per row.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try base.probabilities(features)
    }

    /// The class that the model gives every row.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String] {
        try base.predictedClasses(features)
    }

    /// Whether both wrap models of one kind with equal values.
    public static func == (left: AnyClassifierModel, right: AnyClassifierModel) -> Bool {
        type(of: left.base).kind == type(of: right.base).kind
            && left.base.canonicalBytes == right.base.canonicalBytes
    }
}
