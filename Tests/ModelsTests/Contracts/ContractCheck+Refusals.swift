// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing

/// The promises about input that is refused, and about ending early.
extension ContractCheck {
    private func refusal(
        _ features: Matrix<Double>, _ labels: [Bool], weights: [Double]? = nil
    ) -> ModelError? {
        modelError { _ = try recipe.fit(features: features, labels: labels, weights: weights) }
    }

    func oneClass() {
        for value in [true, false] {
            let same = [Bool](repeating: value, count: labels.count)
            #expect(refusal(features, same)?.code == .oneClass)
        }
        let weights = labels.map { $0 ? 1.0 : 0 }
        #expect(refusal(features, labels, weights: weights)?.code == .oneClass)
    }

    func empty() {
        #expect(refusal(.zeros(0, 3), [])?.code == .empty)
        #expect(refusal(.zeros(labels.count, 0), labels)?.code == .empty)
        let weights = [Double](repeating: 0, count: labels.count)
        #expect(refusal(features, labels, weights: weights)?.code == .empty)
    }

    func notFinite() throws {
        let model = try fitted()
        for value in [Double.nan, .infinity, -.infinity] {
            var broken = features
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
        var cancelling = features
        cancelling[1, 1] = .infinity
        cancelling[2, 1] = -.infinity
        #expect(refusal(cancelling, labels)?.message.contains("row 1, column 1") == true)
    }

    func wrongWidth() throws {
        let model = try fitted()
        let width = features.columnCount
        for other in [width - 1, width + 1] {
            let error = modelError { _ = try model.probabilities(.zeros(2, other)) }
            #expect(error?.code == .wrongWidth)
            #expect(error?.message.contains("\(other) columns") == true)
            #expect(error?.message.contains("\(width) features") == true)
        }
        #expect(try model.probabilities(.zeros(0, width)).isEmpty)
    }

    func wrongCounts() {
        let rows = labels.count
        let labelError = refusal(features, Array(labels.dropLast()))
        #expect(labelError?.code == .invalidLabels)
        #expect(labelError?.message == "\(rows - 1) labels for \(rows) rows")
        let weightError = refusal(features, labels, weights: [1, 2])
        #expect(weightError?.code == .invalidWeights)
        #expect(weightError?.message == "2 weights for \(rows) rows")
    }

    func badWeights() {
        for value in [-1, .nan, .infinity] as [Double] {
            var weights = [Double](repeating: 1, count: labels.count)
            weights[5] = value
            let error = refusal(features, labels, weights: weights)
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
        let watched = try recipe.fit(features: features, labels: labels) { progress in
            if stages.isEmpty || stages[stages.count - 1].name != progress.stage {
                stages.append((progress.stage, []))
            }
            stages[stages.count - 1].steps.append(progress.step)
            #expect(progress.step <= progress.stepLimit)
        }
        #expect(!stages.isEmpty)
        for stage in stages { #expect(stage.steps == Array(1...stage.steps.count)) }
        #expect(try watched == fitted())
        let error = modelError {
            _ = try recipe.fit(features: features, labels: labels) { $0.stop() }
        }
        #expect(error?.code == .cancelled)
    }

    func iterationLimit() throws {
        guard let unfinished = given.unfinished else { return }
        let error = modelError { _ = try unfinished.fit(features: features, labels: labels) }
        #expect(error?.code == .notConverged)
        #expect(error?.message.contains("iterations") == true)
        #expect(error?.message.contains("gradient norm") == true)
    }
}
