// SPDX-License-Identifier: Apache-2.0

// Payments, a purpose in words and an income in one network, and a score after every payment.
import FeatureEngineering
import LinearAlgebra
import Models

let borrowers = 300
var draws = RandomStream(seed: 1)
var (days, offsets, purposes, incomes, hasDefaulted) = (
    [Double](), [0], [String?](), [Double](), [Bool]()
)
for _ in 0..<borrowers {
    let (late, debts, income) = (draws.normal(), draws.normal(), draws.normal())
    for _ in 0..<4 { days.append(5 * late + 3 * draws.normal()) }
    offsets.append(days.count)
    purposes.append(debts > 0 ? "pay old debts" : "new kitchen")
    incomes.append(2_400 + 500 * income)
    hasDefaulted.append(late + debts - income > 0.5)
}

let inputs = try FusionInputs(
    sequences: SequenceBatch(elements: days, offsets: offsets, names: ["days late"]),
    texts: purposes,
    statics: Matrix(rowCount: borrowers, columnCount: 1, elements: incomes),
    staticNames: ["income"])
let recipe = FusionClassifier(
    sequences: SequenceNetwork(.gru, hiddenCount: 8),
    texts: TextNetwork(layers: [HiddenLayer(4)]),
    training: NetworkTraining(epochLimit: 20, optimiser: .adam(learningRate: 0.01), seed: 1))
let model = try recipe.fit(inputs, labels: ClassLabels(hasDefaulted))

var stream = try model.stream(text: "pay old debts", statics: [2_700])
for late in [0.0, 4, 9, 15] {
    print("paid", late, "days late, risk", try stream.advance([late]))
}
