// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted classification tree.
public struct DecisionTreeModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: DecisionTreeClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The tree; its output is the probability of the second of two classes, or of every class.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The shares of the classes among the training rows in each row's leaf (rows x classes).
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * depth).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try trees.check(features)
        return trees.classProbabilities(features, classCount: classes.count)
    }
}

/// A fitted regression tree.
public struct DecisionTreeRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: DecisionTreeRegressor

    /// The tree.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The mean target of the training rows in each row's leaf.
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try trees.check(features)
        return trees.outputs(features)
    }
}

extension TreeEnsemble {
    /// Outputs as probabilities (rows x classes).
    func classProbabilities(_ features: Matrix<Double>, classCount: Int) -> Matrix<Double> {
        probabilities(outputs(features), rowCount: features.rowCount, classCount: classCount)
    }

    /// Outputs as probabilities; of two classes the second one's is given.
    func probabilities(
        _ outputs: [Double], rowCount: Int, classCount: Int
    ) -> Matrix<Double> {
        guard classCount == 2 else {
            return Matrix(rowCount: rowCount, columnCount: classCount, elements: outputs)
        }
        let elements = [Double](unsafeUninitializedCapacity: 2 * rowCount) { elements, count in
            for row in 0..<rowCount {
                let positive = min(max(outputs[row], 0), 1)
                elements[2 * row] = 1 - positive
                elements[2 * row + 1] = positive
            }
            count = 2 * rowCount
        }
        return Matrix(rowCount: rowCount, columnCount: 2, elements: elements)
    }
}
