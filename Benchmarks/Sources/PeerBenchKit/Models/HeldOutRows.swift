// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Metrics
internal import Models

/// Rows of thirty variables that models of trees are fitted to, and rows that they do not see.
struct HeldOutRows {
    let training: LabelledRows
    let features: Matrix<Double>
    private let labels: [Bool]

    /// Reads the first `rowCount` rows of `t200k30` and a fifth as many of those held out.
    init(_ rowCount: Int, directory: String) throws {
        training = try LabelledRows("t200k30", rowCount, 30, directory: directory)
        features = try BenchmarkData<Double>(directory: directory)
            .matrix("t200k30_Xte", rowCount / 5, 30)
        labels = try bytes(ofFile: "\(directory)/t200k30_yte_u8.bin").prefix(rowCount / 5)
            .map { $0 == 1 }
    }

    /// Holds the outputs of trees for some rows against a walk of their nodes from root to leaf.
    ///
    /// - Returns: the area under the ROC curve of the rows held out.
    func quality(
        _ name: String, _ trees: TreeEnsemble, outputs: [Double], probabilities: [Double]
    ) throws -> [String: Double] {
        let rows = Array(stride(from: 0, to: outputs.count, by: max(1, outputs.count / 16)))
        let walks = (0..<trees.treeCount).map { trees.nodes(ofTree: $0) }
        let columns = Dictionary(
            uniqueKeysWithValues: trees.featureNames.enumerated().map { ($1, $0) })
        let expected = rows.map { row -> Double in
            let sum = walks.reduce(0.0) { sum, nodes in
                var at = 0
                while case .threshold(let feature, let limit)? = nodes[at].split {
                    let isLeft = features[row, columns[feature] ?? 0] <= limit
                    at = nodes[at].leftChild + (isLeft ? 0 : 1)
                }
                return sum + nodes[at].values[0]
            }
            let share = trees.isAverage ? Double(trees.treeCount) : 1
            return sum / share + trees.baseValues[0]
        }
        _ = try requireAgreement(name, rows.map { outputs[$0] }, expected, limit: 1e-12) { _ in 1 }
        return ["auc": try ROC(labels: labels, scores: probabilities).auc]
    }
}
