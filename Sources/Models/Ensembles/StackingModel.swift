// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted ``StackingClassifier``.
public struct StackingModel: ClassifierModel {
    let fitted: FittedMembers

    /// The fitted last classifier.
    public let final: AnyClassifierModel

    /// Whether the last classifier gets the features themselves too.
    public let passesFeatures: Bool

    /// The names of the members.
    public var memberNames: [String] { fitted.names }

    /// The members fitted to all rows, in the order of ``memberNames``.
    public var members: [AnyClassifierModel] { fitted.models }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { fitted.classes }

    /// The names of the features, in column order.
    public var featureNames: [String] { fitted.featureNames }

    var stacking: StackedFeatures {
        StackedFeatures(
            names: fitted.names, classes: classes, passed: passesFeatures ? featureNames : [])
    }

    /// What the last classifier makes of the members' probabilities (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try final.classProbabilities(stacking.features(of: features, fitted))
    }
}
