// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("LS1, LS2: classifiers that read sequences")
struct SequenceClassifierTests {
    let sample: SequenceSample
    let other: SequenceSample

    init() throws {
        sample = try SequenceSample(rows: 150, seed: 1)
        other = try SequenceSample(rows: 70, seed: 2)
    }

    @Test(
        "learns what depends on all steps and on a static value", arguments: RecurrentCell.allCases)
    func learns(_ cell: RecurrentCell) throws {
        let train = try SequenceSample(rows: 500, seed: 5)
        for pooling in SequencePooling.allCases {
            let recipe = quickRecipe(cell, pooling: pooling, epochs: 14)
            let model = try recipe.fit(train.inputs, labels: train.labels)
            let area = try ROC(
                labels: other.labels.isPositive, scores: model.probabilities(other.inputs)
            ).auc
            #expect(area > 0.88, "\(cell) \(pooling): \(area)")
        }
    }

    @Test("a trainer read back from the middle goes on to the same bytes")
    func resume() throws {
        let recipe = quickRecipe(
            dropout: 0.2, earlyStopping: EarlyStopping(patience: 3, share: 0.2))
        var whole = try SequenceTrainer(recipe, sample.inputs, labels: sample.labels)
        var copy = whole
        while !whole.isFinished {
            try whole.advance(sample.inputs, labels: sample.labels)
            if whole.history.count == 2 { copy = try SequenceTrainer(fileBytes: whole.fileBytes) }
        }
        #expect(copy.history == Array(whole.history.prefix(2)))
        while !copy.isFinished { try copy.advance(sample.inputs, labels: sample.labels) }
        #expect(copy.fileBytes == whole.fileBytes)
        let fitted = try recipe.fit(sample.inputs, labels: sample.labels)
        #expect(whole.model.fileBytes == fitted.fileBytes)
        let json = try JSONDecoder().decode(
            SequenceTrainer.self, from: JSONEncoder().encode(whole))
        #expect(json == whole)
    }

    @Test("epoch by epoch or in one go, with dropout and without validation")
    func epochByEpoch() throws {
        var recipe = quickRecipe(dropout: 0.2)
        recipe.training.batchSize = 45
        var trainer = try SequenceTrainer(recipe, sample.inputs, labels: sample.labels)
        while !trainer.isFinished { try trainer.advance(sample.inputs, labels: sample.labels) }
        let fitted = try recipe.fit(sample.inputs, labels: sample.labels)
        #expect(trainer.model.fileBytes == fitted.fileBytes)
    }

    @Test("a regression's trainer read back from the middle goes on to the same bytes")
    func resumeRegression() throws {
        let recipe = SequenceRegressor(
            SequenceNetwork(.lstm, hiddenCount: 5, pooling: .mean, dropout: 0.1),
            training: NetworkTraining(
                epochLimit: 5, batchSize: 40, optimiser: .adam(learningRate: 0.02),
                earlyStopping: EarlyStopping(patience: 4, share: 0.2), seed: 3),
            loss: .huber(delta: 1))
        var whole = try SequenceRegressorTrainer(recipe, sample.inputs, targets: sample.targets)
        var copy = whole
        while !whole.isFinished {
            try whole.advance(sample.inputs, targets: sample.targets)
            if whole.history.count == 2 {
                copy = try SequenceRegressorTrainer(fileBytes: whole.fileBytes)
            }
        }
        while !copy.isFinished { try copy.advance(sample.inputs, targets: sample.targets) }
        #expect(copy.fileBytes == whole.fileBytes)
        let fitted = try recipe.fit(sample.inputs, targets: sample.targets)
        #expect(whole.model.fileBytes == fitted.fileBytes && whole.history == fitted.history)
        let json = try JSONDecoder().decode(
            SequenceRegressorTrainer.self, from: JSONEncoder().encode(whole))
        #expect(json == whole)
        let bare = try SequenceInputs(sample.inputs.sequences)
        #expect(
            modelError { try copy.advance(bare, targets: sample.targets) }?.code == .incompatible)
        #expect(copy == whole)
        checkSomeBytes(whole)
    }

    @Test("early stopping keeps the epoch of the lowest validation loss")
    func earlyStopping() throws {
        let recipe = quickRecipe(
            epochs: 40, earlyStopping: EarlyStopping(patience: 2, share: 0.3), learningRate: 0.1)
        var trainer = try SequenceTrainer(recipe, sample.inputs, labels: sample.labels)
        var models: [SequenceClassifierModel] = []
        while !trainer.isFinished {
            try trainer.advance(sample.inputs, labels: sample.labels)
            models.append(trainer.model)
        }
        let losses = trainer.history.compactMap(\.validationLoss)
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
        #expect(best < losses.count - 1 && losses.count < 40)
        #expect(
            try trainer.model.probabilities(other.inputs)
                == models[best].probabilities(other.inputs))
    }

    @Test("a loss that explodes names epoch and batch, and the last good epoch is kept")
    func explodes() throws {
        var recipe = quickRecipe(learningRate: 0.01)
        recipe.training.gradientNormLimit = nil
        recipe.training.optimiser = .gradientDescent(learningRate: 1e36)
        var trainer = try SequenceTrainer(recipe, sample.inputs, labels: sample.labels)
        let before = trainer
        var failure: ModelError?
        do {
            while !trainer.isFinished {
                try trainer.advance(sample.inputs, labels: sample.labels)
            }
        } catch { failure = error }
        #expect(failure?.code == .diverged)
        #expect(failure?.message.contains("epoch 1, batch") == true)
        #expect(trainer == before)
    }

    @Test("streams have the bits of the sequence so far", arguments: [RecurrentCell.lstm, .gru])
    func stream(_ cell: RecurrentCell) throws {
        for pooling in SequencePooling.allCases {
            let model = try quickRecipe(cell, pooling: pooling)
                .fit(sample.inputs, labels: sample.labels)
            let batch = other.inputs.sequences
            let row = try #require(batch.lengths.firstIndex { $0 >= 5 })
            let statics = (0..<2).map { other.inputs.statics[row, $0] }
            var stream = try model.stream(statics: statics)
            let steps = batch[row]
            for step in 0..<steps.rowCount {
                let event = [steps[step, 0], steps[step, 1]]
                let score = try stream.advance(event)
                let soFar = try SequenceInputs(
                    SequenceBatch(
                        elements: Array(steps.elements[..<(2 * step + 2)]),
                        offsets: [0, step + 1], names: batch.names),
                    statics: Matrix(rowCount: 1, columnCount: 2, elements: statics))
                #expect(try model.probabilities(soFar) == [score], "\(pooling) \(step)")
            }
            #expect(stream.eventCount == steps.rowCount)
            let error = modelError { _ = try stream.advance([.nan, 1]) }
            #expect(error?.code == .nonFinite)
            #expect(error?.message.contains("event \(steps.rowCount), column 0") == true)
        }
        let both = try quickRecipe(isBidirectional: true)
            .fit(sample.inputs, labels: sample.labels)
        #expect(modelError { _ = try both.stream(statics: [1, 2]) }?.code == .incompatible)
    }

    @Test("many to many: a class at every step")
    func everyStep() throws {
        let train = try SequenceSample(rows: 200, seed: 8)
        let recipe = quickRecipe(pooling: nil, epochs: 10)
        let model = try recipe.fit(train.inputs, labels: train.stepLabels)
        let scores = try model.probabilities(other.inputs)
        #expect(scores.count == other.stepLabels.count)
        let area = try ROC(labels: other.stepLabels.isPositive, scores: scores).auc
        #expect(area > 0.95)
        // The steps stand in the order of the rows.
        let offsets = other.inputs.sequences.offsets
        let alone = try model.probabilities(other.inputs[rows: [9]])
        #expect(alone == Array(scores[offsets[9]..<offsets[10]]))
        let error = modelError { _ = try recipe.fit(train.inputs, labels: train.labels) }
        #expect(error?.code == .invalidLabels)
    }

    @Test("forged files are refused or are other files")
    func files() throws {
        let model = try quickRecipe(pooling: .attention).fit(sample.inputs, labels: sample.labels)
        checkSomeBytes(model)
    }

    @Test("bad input is refused with what is wrong")
    func refusals() throws {
        let recipe = quickRecipe()
        let model = try recipe.fit(sample.inputs, labels: sample.labels)
        let narrow = try SequenceInputs(
            SequenceBatch(elements: [1], offsets: [0, 1], names: ["amount"]))
        #expect(modelError { _ = try model.probabilities(narrow) }?.code == .wrongWidth)
        let bare = try SequenceInputs(sample.inputs.sequences)
        let error = modelError { _ = try model.probabilities(bare) }
        #expect(error?.message == "0 static columns for a model of 2")
        let statics = Matrix<Double>(rows: [[1, .nan]])
        let notFinite = modelError {
            _ = try SequenceInputs(
                SequenceBatch(elements: [1], offsets: [0, 1], names: ["a"]), statics: statics,
                staticNames: ["x", "y"])
        }
        #expect(notFinite?.message == "row 0, column 1 (y) is nan")
    }

    @Test("a regression of sequences")
    func regression() throws {
        let train = try SequenceSample(rows: 400, seed: 9)
        let recipe = SequenceRegressor(
            SequenceNetwork(.gru, hiddenCount: 8, pooling: .mean, denseCounts: [8]),
            training: NetworkTraining(
                epochLimit: 25, batchSize: 40, optimiser: .adam(learningRate: 0.02), seed: 1),
            loss: .huber(delta: 2))
        #expect(try SequenceRegressor(fileBytes: recipe.fileBytes) == recipe)
        let model = try recipe.fit(train.inputs, targets: train.targets)
        let predictions = try model.predictions(other.inputs)
        let mean = other.targets.reduce(0, +) / 70
        let total = other.targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let left = zip(predictions, other.targets).reduce(0) {
            $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        #expect(1 - left / total > 0.8, "\(1 - left / total)")
        #expect(try SequenceRegressorModel(fileBytes: model.fileBytes) == model)
    }
}
