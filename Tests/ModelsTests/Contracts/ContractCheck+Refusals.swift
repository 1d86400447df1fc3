// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing

/// The promises about input that is refused, and about ending early.
extension ContractCheck {
    private func refusal(
        _ rows: Recipe.Rows, _ labels: [Bool], weights: [Double]? = nil
    ) -> ModelError? {
        modelError { _ = try fit(rows, labels, weights: weights) }
    }

    func oneClass() {
        for value in [true, false] {
            let same = [Bool](repeating: value, count: labels.count)
            #expect(refusal(rows, same)?.code == .oneClass)
        }
        let weights = labels.map { $0 ? 1.0 : 0 }
        #expect(refusal(rows, labels, weights: weights)?.code == .oneClass)
    }

    func noWeight() {
        let weights = [Double](repeating: 0, count: labels.count)
        #expect(refusal(rows, labels, weights: weights)?.code == .empty)
    }

    func wrongCounts() {
        let count = labels.count
        let labelError = refusal(rows, Array(labels.dropLast()))
        #expect(labelError?.code == .invalidLabels)
        #expect(labelError?.message == "\(count - 1) labels for \(count) rows")
        let weightError = refusal(rows, labels, weights: [1, 2])
        #expect(weightError?.code == .invalidWeights)
        #expect(weightError?.message == "2 weights for \(count) rows")
    }

    func badWeights() {
        for value in [-1, .nan, .infinity] as [Double] {
            var weights = [Double](repeating: 1, count: labels.count)
            weights[5] = value
            let error = refusal(rows, labels, weights: weights)
            #expect(error?.code == .invalidWeights)
            #expect(error?.message.contains("row 5") == true)
        }
    }

    func cancellation() async {
        let task = Task { () -> ModelError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return modelError { _ = try fitted() }?.code
        }
        #expect(await task.value == .cancelled)
        #expect(throws: Never.self) { try fitted() }
    }

    func observer() throws {
        // The steps of every stage in a row, in the order of the stages.
        var stages: [(name: String?, steps: [Int])] = []
        let watched = try fit(rows, labels) { progress in
            if stages.isEmpty || stages[stages.count - 1].name != progress.stage {
                stages.append((progress.stage, []))
            }
            stages[stages.count - 1].steps.append(progress.step)
            #expect(progress.step <= progress.stepLimit)
        }
        #expect(!stages.isEmpty)
        for stage in stages { #expect(stage.steps == Array(1...stage.steps.count)) }
        #expect(try watched == fitted())
        let error = modelError { _ = try fit(rows, labels) { $0.stop() } }
        #expect(error?.code == .cancelled)
    }
}

/// The promises about vectors that are refused.
extension ContractCheck where Recipe.Rows == Matrix<Double> {
    func empty() {
        #expect(refusal(.zeros(0, 3), [])?.code == .empty)
        #expect(refusal(.zeros(labels.count, 0), labels)?.code == .empty)
    }

    func notFinite() throws {
        let model = try fitted()
        for value in [Double.nan, .infinity, -.infinity] {
            var broken = rows
            broken[7, 2] = value
            let errors = [
                refusal(broken, labels), modelError { _ = try model.probabilities(broken) },
                modelError { _ = try model.classProbabilities(broken) },
            ]
            for error in errors {
                #expect(error?.code == .nonFinite)
                #expect(error?.message.contains("row 7, column 2") == true)
            }
        }
        var cancelling = rows
        cancelling[1, 1] = .infinity
        cancelling[2, 1] = -.infinity
        #expect(refusal(cancelling, labels)?.message.contains("row 1, column 1") == true)
    }

    func wrongWidth<Base>() throws where Recipe == VectorRecipe<Base> {
        let model = try fitted()
        let width = rows.columnCount
        #expect(model.base.featureNames.count == width)
        for other in [width - 1, width + 1] {
            let error = modelError { _ = try model.probabilities(.zeros(2, other)) }
            #expect(error?.code == .wrongWidth)
            #expect(error?.message.contains("\(other) columns") == true)
            #expect(error?.message.contains("\(width) features") == true)
        }
        #expect(try model.probabilities(.zeros(0, width)).isEmpty)
    }
}
