// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
public import LinearAlgebra

/// A fitted kernel machine: it holds the training rows that its decisions rest on.
///
/// Decision values and probabilities have the same bits for one row, for any batch around it, for
/// any number of threads and with every BLAS.
public struct SupportVectorModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: SupportVectorClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The classes that had training rows, as indices of ``classes``, ascending.
    let fittedClasses: [Int]

    /// The training rows that are support vectors, ascending.
    public let supportRows: [Int]

    let supportClasses: [Int]
    let expansion: KernelExpansion

    /// The minimum of the dual objective of every machine.
    public let objectives: [Double]

    let calibrations: [DecisionCalibration]

    /// The number of support vectors of every class.
    public var supportCounts: [Int] {
        classes.indices.map { code in supportClasses.count { $0 == code } }
    }

    /// The support vectors (vectors x features); none where kernel values were given.
    public var supportVectors: Matrix<Double> {
        guard case .computed(_, let vectors) = expansion.origin else {
            return .zeros(0, featureNames.count)
        }
        return vectors
    }

    /// The factor `y a` of every support vector in every machine (machines x vectors).
    public var dualCoefficients: Matrix<Double> { expansion.coefficients }

    /// What is added to the sum of every machine.
    public var intercepts: [Double] { expansion.intercepts }

    /// The factor `gamma` of the kernel; `nil` where it has none.
    public var gamma: Double? { expansion.gamma }

    /// The coefficients of a linear kernel for every machine (machines x features); `nil` for
    /// other kernels.
    public var coefficients: Matrix<Double>? {
        guard case .computed(.linear, let vectors) = expansion.origin else { return nil }
        return dualCoefficients.matmul(vectors)
    }

    var pairs: [ClassPair] { ClassPair.all(of: fittedClasses) }

    /// The decision value of every machine (rows x machines).
    ///
    /// There is a machine for each pair of classes that had rows: the first with all later ones,
    /// then the second, and so on. Positive values speak for the later class of the pair.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * support vectors * features).
    public func decisionValues(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try check(features)
        return expansion.values(features)
    }

    /// The probability of every class (rows x classes).
    ///
    /// Of three and more classes they are coupled from the probabilities of the pairs. A class
    /// without training rows has the probability 0.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: As ``decisionValues(_:)``, and O(classes²) per row and pass.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        let values = try decisionValues(features)
        let ofSecond = calibrations.enumerated().map { machine, calibration in
            calibration.probabilities(values.column(machine).elements)
        }
        var result = Matrix<Double>.zeros(values.rowCount, classes.count)
        for row in 0..<values.rowCount {
            let shares = coupled(ofSecond.map { $0[row] }, classCount: fittedClasses.count)
            for (code, share) in zip(fittedClasses, shares) { result[row, code] = share }
        }
        return result
    }

    /// The predicted class of every row, by the recipe's ``SupportVectorClassifier/prediction``.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String] {
        switch recipe.prediction {
        case .mostProbable:
            let probabilities = try classProbabilities(features)
            return (0..<probabilities.rowCount).map { row in
                classes[firstLargest(classes.indices.map { probabilities[row, $0] })]
            }
        case .votes:
            let values = try decisionValues(features)
            return (0..<values.rowCount).map { row in
                var votes = [Double](repeating: 0, count: classes.count)
                for (machine, pair) in pairs.enumerated() {
                    votes[values[row, machine] > 0 ? pair.second : pair.first] += 1
                }
                return classes[firstLargest(votes)]
            }
        }
    }
}

/// The position of the largest value, of equal ones the first.
func firstLargest(_ values: [Double]) -> Int {
    values.indices.dropFirst().reduce(0) { values[$1] > values[$0] ? $1 : $0 }
}
