// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted ``VotingClassifier``.
public struct VotingModel: ClassifierModel {
    let fitted: FittedMembers

    /// How much each member counts; all the same where `nil`.
    public let weights: [Double]?

    /// What is counted.
    public let rule: VotingClassifier.Rule

    /// The names of the members.
    public var memberNames: [String] { fitted.names }

    /// The fitted members, in the order of ``memberNames``.
    public var members: [AnyClassifierModel] { fitted.models }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { fitted.classes }

    /// The names of the features, in column order.
    public var featureNames: [String] { fitted.featureNames }

    /// The mean of the members' probabilities, or their shares of votes (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        let parts = try fitted.probabilities(features)
        var sums = Matrix<Double>.zeros(features.rowCount, classes.count)
        for (index, part) in parts.enumerated() {
            let weight = weights?[index] ?? 1
            for row in 0..<features.rowCount {
                switch rule {
                case .soft:
                    for column in classes.indices {
                        sums[row, column] += weight * part[row, column]
                    }
                case .hard:
                    let best = classes.indices.dropFirst().reduce(0) { best, column in
                        part[row, column] > part[row, best] ? column : best
                    }
                    sums[row, best] += weight
                }
            }
        }
        for row in 0..<features.rowCount {
            let total = classes.indices.reduce(0) { $0 + sums[row, $1] }
            for column in classes.indices { sums[row, column] /= total }
            // Two classes sum to 1 to the last bit.
            if classes.count == 2 { sums[row, 0] = 1 - sums[row, 1] }
        }
        return sums
    }
}
