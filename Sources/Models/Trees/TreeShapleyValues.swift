// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// How much each feature of each row moves an output of trees away from the base value.
///
/// For every row `base + sum of its values = output` up to rounding, at any depth of the trees.
public struct TreeShapleyValues: Sendable, Equatable {
    /// The names of the features, in column order.
    public let names: [String]

    /// The output that is expected when nothing is known of a row.
    public let base: Double

    /// The value of each feature of each row (rows x features), in units of the output.
    public let values: Matrix<Double>

    /// The output of each row.
    public let outputs: [Double]
}

extension TreeEnsemble {
    /// The Shapley values of features whose value, where unknown, follows the training rows that
    /// come to each node; one explanation for each output.
    ///
    /// Each leaf's part is an integral of a product of one factor for each feature on the way to
    /// it, a polynomial that Gauss-Legendre nodes integrate exactly. All terms have one sign, so
    /// nothing cancels however deep a tree is. Outputs of boosted classes are log odds and scores.
    ///
    /// - Parameter features: the values (rows x features), as for a prediction.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * leaves * depth^2).
    ///
    /// Reference: Lundberg et al., From local explanations to global understanding with explainable
    /// AI for trees, 2020, doi:10.1038/s42256-019-0138-9.
    public func shapleyValues(
        _ features: Matrix<Double>
    ) throws(ModelError) -> [TreeShapleyValues] {
        try explanations(features) { walker, row, output in
            walker.addPathDependent(row, to: &output)
        }
    }

    /// The Shapley values of features whose value, where unknown, is that of a background row; the
    /// mean over the background rows, one explanation for each output.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), as for a prediction.
    ///   - background: rows such as a sample of the training rows (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`, or `empty` without
    ///   background.
    /// - Complexity: O(rows * background rows * leaves * depth).
    public func shapleyValues(
        _ features: Matrix<Double>, background: Matrix<Double>
    ) throws(ModelError) -> [TreeShapleyValues] {
        try check(background)
        guard background.rowCount > 0 else {
            throw ModelError(.empty, "the background is 0 x \(background.columnCount)")
        }
        let rows = prepared(background)
        let others = (0..<rows.rowCount).map { rows.row($0).elements }
        let share = 1 / Double(others.count)
        let bases = outputs(background)
        let base = (0..<outputCount).map { output in
            others.indices.reduce(0) { $0 + bases[$1 * outputCount + output] } * share
        }
        return try explanations(features, base: base) { walker, row, output in
            for other in others { walker.addInterventional(row, other, share, to: &output) }
        }
    }

    /// What pairs of features add together, beyond what each adds alone: for each output and row a
    /// symmetric matrix (features x features) whose rows add up to the features' Shapley values.
    ///
    /// Unknown values follow the training rows, as in ``shapleyValues(_:)``.
    ///
    /// - Parameter features: the values (rows x features), as for a prediction.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * leaves * depth^3).
    public func shapleyInteractions(
        _ features: Matrix<Double>
    ) throws(ModelError) -> [[Matrix<Double>]] {
        let alone = try shapleyValues(features)
        let prepared = prepared(features)
        let width = featureNames.count
        var result = [[Matrix<Double>]](repeating: [], count: outputCount)
        let walkers = (0..<treeCount).map { TreeWalker(self, tree: $0) }
        for row in 0..<features.rowCount {
            let values = prepared.row(row).elements
            var sums = [Double](repeating: 0, count: outputCount * width * width)
            for walker in walkers { walker.addInteractions(values, to: &sums) }
            for output in 0..<outputCount {
                var matrix = Matrix<Double>.zeros(width, width)
                for i in 0..<width {
                    var rest = alone[output].values[row, i]
                    for j in 0..<width where j != i {
                        let pair = sums[(output * width + i) * width + j] / divisor
                        matrix[i, j] = pair
                        rest -= pair
                    }
                    matrix[i, i] = rest
                }
                result[output].append(matrix)
            }
        }
        return result
    }

    private var divisor: Double { isAverage ? Double(max(1, treeCount)) : 1 }

    private func explanations(
        _ features: Matrix<Double>, base given: [Double]? = nil,
        _ add: (TreeWalker, [Double], inout [Double]) -> Void
    ) throws(ModelError) -> [TreeShapleyValues] {
        try check(features)
        let prepared = prepared(features)
        let (rows, width) = (features.rowCount, featureNames.count)
        let walkers = (0..<treeCount).map { TreeWalker(self, tree: $0) }
        var base = baseValues
        if let given {
            base = given
        } else {
            for walker in walkers {
                for (output, mean) in walker.means.enumerated() { base[output] += mean / divisor }
            }
        }
        var values = (0..<outputCount).map { _ in Matrix<Double>.zeros(rows, width) }
        for row in 0..<rows {
            let own = prepared.row(row).elements
            var sums = [Double](repeating: 0, count: outputCount * width)
            for walker in walkers { add(walker, own, &sums) }
            for output in 0..<outputCount {
                for feature in 0..<width {
                    values[output][row, feature] = sums[output * width + feature] / divisor
                }
            }
        }
        let predicted = outputs(features)
        return (0..<outputCount).map { output in
            TreeShapleyValues(
                names: featureNames, base: base[output], values: values[output],
                outputs: (0..<rows).map { predicted[$0 * outputCount + output] })
        }
    }
}
