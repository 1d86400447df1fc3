// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models

/// Ragged sequences whose class and target depend on a sum over their steps and on a static value.
struct SequenceSample {
    let inputs: SequenceInputs
    let labels: ClassLabels
    let targets: [Double]
    /// The running sum's sign at every step of every row.
    let stepLabels: ClassLabels

    init(rows: Int, seed: UInt64, longest: Int = 7, statics: Int = 2) throws {
        var stream = RandomStream(seed: seed)
        var (elements, offsets): ([Double], [Int]) = ([], [0])
        var (targets, positive, stepwise): ([Double], [Bool], [Bool]) = ([], [], [])
        let known = Matrix<Double>(
            rowCount: rows, columnCount: statics,
            elements: (0..<rows * statics).map { _ in 5 + 2 * stream.normal() })
        for row in 0..<rows {
            var sum = 0.0
            for _ in 0..<stream.integer(below: longest + 1) {
                let step = [100 + 10 * stream.normal(), stream.normal()]
                sum += 0.1 * (step[0] - 100) + 0.3 * step[1]
                elements += step
                stepwise.append(sum > 0)
            }
            offsets.append(elements.count / 2)
            let target = sum + (statics > 0 ? 0.5 * (known[row, 0] - 5) : 0)
            targets.append(40 + 3 * target)
            positive.append(target + 0.3 * stream.normal() > 0)
        }
        inputs = try SequenceInputs(
            SequenceBatch(elements: elements, offsets: offsets, names: ["amount", "days"]),
            statics: known, staticNames: (0..<statics).map { "static \($0)" })
        labels = ClassLabels(positive, negative: "paid", positive: "default")
        self.targets = targets
        stepLabels = ClassLabels(stepwise)
    }
}

/// A recipe that is trained in a moment.
func quickRecipe(
    _ cell: RecurrentCell = .lstm, pooling: SequencePooling? = .last, epochs: Int = 4,
    isBidirectional: Bool = false, dropout: Double = 0, earlyStopping: EarlyStopping? = nil,
    learningRate: Double = 0.02
) -> SequenceClassifier {
    SequenceClassifier(
        SequenceNetwork(
            cell, hiddenCount: 6, layerCount: 2, isBidirectional: isBidirectional,
            pooling: pooling, denseCounts: [5], dropout: dropout, recurrentDropout: dropout),
        training: NetworkTraining(
            epochLimit: epochs, batchSize: 40, optimiser: .adam(learningRate: learningRate),
            gradientNormLimit: 5, earlyStopping: earlyStopping, seed: 3))
}
