// SPDX-License-Identifier: Apache-2.0

// Six months of a payment status and a bill, read by an LSTM, and a score that follows each month.
import LinearAlgebra
import Models

let borrowers = 400
let months = Matrix<Double>.random(.uniform(in: -1..<1), shape: [borrowers, 12], seed: 1)
let hasDefaulted = (0..<borrowers).map { months[$0, 8] + months[$0, 10] > 0.6 }

let inputs = try SequenceInputs(
    wide: months, steps: (0..<6).map { [2 * $0, 2 * $0 + 1] }, names: ["status", "bill"])
let recipe = SequenceClassifier(
    SequenceNetwork(.lstm, hiddenCount: 8),
    training: NetworkTraining(epochLimit: 10, batchSize: 50, seed: 1))
let model = try recipe.fit(inputs, labels: ClassLabels(hasDefaulted))

var stream = try model.stream()
for month in 0..<6 {
    let risk = try stream.advance([months[0, 2 * month], months[0, 2 * month + 1]])
    print("month", month + 1, "risk", risk)
}
