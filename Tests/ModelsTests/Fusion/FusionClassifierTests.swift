// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("LS1, TX1, GR1: one network of sequences, text, network and own numbers")
struct FusionClassifierTests {
    private let sample: FusionSample
    private let other: FusionSample

    init() throws {
        sample = try FusionSample(rows: 160, seed: 5)
        other = try FusionSample(rows: 70, seed: 6)
    }

    @Test("the fusion is better than each part alone by DeLong's test")
    func beatsEveryPart() throws {
        let (rows, trainingCount) = (1300, 800)
        let sample = try FusionSample(rows: rows, seed: 31)
        let recipe = FusionClassifier(
            sequences: SequenceNetwork(.lstm, hiddenCount: 8, pooling: .mean),
            texts: TextNetwork(layers: [HiddenLayer(6)]), hiddenLayers: [HiddenLayer(8)],
            training: NetworkTraining(
                epochLimit: 9, batchSize: 50,
                optimiser: .adamW(learningRate: 0.01, weightDecay: 0.05), gradientNormLimit: 5,
                seed: 2))
        let (training, test) = (Array(0..<trainingCount), Array(trainingCount..<rows))
        func scores(_ inputs: FusionInputs) throws -> [Double] {
            try recipe.fit(inputs[rows: training], labels: sample.labels[rows: training])
                .probabilities(inputs[rows: test])
        }
        let labels = test.map { sample.defaulted[$0] }
        let fusion = try scores(sample.inputs)
        for part in FusionInputs.Part.allCases {
            let comparison = try AUCComparison(
                labels: labels, first: fusion, second: scores(sample.inputs.keeping([part])))
            #expect(comparison.second.auc > 0.6, "\(part): \(comparison.second.auc)")
            #expect(
                comparison.first.auc > comparison.second.auc && comparison.pValue < 0.05,
                "\(part): \(comparison.second.auc) against \(comparison.first.auc)")
        }
    }

    @Test("a model knows its parts, names and epochs")
    func content() throws {
        let model = try FusionSample.recipe().fit(sample.inputs, labels: sample.labels)
        #expect(model.parts == FusionInputs.Part.allCases)
        #expect(model.history.count == 3 && model.stepNames == ["late", "amount"])
    }

    @Test("three classes have a softmax")
    func threeClasses() throws {
        let labels = try ClassLabels(
            codes: (0..<160).map { sample.defaulted[$0] ? 2 : $0 % 2 }, classes: ["a", "b", "c"])
        let model = try FusionSample.recipe().fit(sample.inputs, labels: labels)
        let classes = try model.classProbabilities(other.inputs)
        for row in 0..<70 {
            #expect(abs((0..<3).reduce(0) { $0 + classes[row, $1] } - 1) < 1e-15)
        }
    }

    @Test("a trainer read back from the middle goes on to the same bytes")
    func resume() throws {
        let recipe = FusionSample.recipe(
            epochs: 5, dropout: 0.2, earlyStopping: EarlyStopping(patience: 3, share: 0.2))
        var whole = try FusionTrainer(recipe, sample.inputs, labels: sample.labels)
        var copy = whole
        while !whole.isFinished {
            try whole.advance(sample.inputs, labels: sample.labels)
            if whole.history.count == 2 { copy = try FusionTrainer(fileBytes: whole.fileBytes) }
        }
        #expect(copy.history == Array(whole.history.prefix(2)))
        while !copy.isFinished { try copy.advance(sample.inputs, labels: sample.labels) }
        #expect(copy.fileBytes == whole.fileBytes)
        #expect(
            try recipe.fit(sample.inputs, labels: sample.labels).fileBytes
                == whole.model.fileBytes)
        let renamed = ClassLabels(sample.defaulted)
        let error = modelError { try copy.advance(sample.inputs, labels: renamed) }
        #expect(error?.code == .incompatible)
    }

    @Test("a loss that explodes names epoch and batch, and the last good epoch is kept")
    func explodes() throws {
        var recipe = FusionSample.recipe()
        recipe.training.gradientNormLimit = nil
        recipe.training.optimiser = .gradientDescent(learningRate: 1e36)
        var trainer = try FusionTrainer(recipe, sample.inputs, labels: sample.labels)
        let before = trainer
        let error = modelError {
            while !trainer.isFinished {
                try trainer.advance(sample.inputs, labels: sample.labels)
            }
        }
        #expect(error?.code == .diverged)
        #expect(error?.message.contains("epoch 1, batch") == true)
        #expect(trainer == before)
    }

    @Test("streams have the bits of the row with the events so far")
    func stream() throws {
        for pooling in SequencePooling.allCases {
            var recipe = FusionSample.recipe(pooling: pooling)
            recipe.sequences.denseCounts = pooling == .attention ? [3] : []
            let model = try recipe.fit(sample.inputs, labels: sample.labels)
            let (inputs, row) = (other.inputs, 9)
            let batch = try #require(inputs.sequences)
            let (network, statics) = (
                try #require(inputs.network), try #require(inputs.statics)
            )
            var stream = try model.stream(
                text: inputs.texts?[row], network: [network[row, 0], network[row, 1]],
                statics: [statics[row, 0]])
            let steps = batch[row]
            for step in 0...steps.rowCount {
                if step > 0 { try stream.advance([steps[step - 1, 0], steps[step - 1, 1]]) }
                let soFar = try FusionInputs(
                    sequences: SequenceBatch(
                        elements: Array(steps.elements[..<(2 * step)]), offsets: [0, step],
                        names: batch.names),
                    texts: [inputs.texts?[row]], network: network.gatheringRows([row]),
                    networkNames: inputs.networkNames, statics: statics.gatheringRows([row]),
                    staticNames: inputs.staticNames)
                #expect(
                    try model.probabilities(soFar) == [stream.probability], "\(pooling) \(step)")
            }
            #expect(stream.eventCount == steps.rowCount)
            let error = modelError { try stream.advance([1, .infinity]) }
            #expect(error?.message.hasSuffix("column 1 (amount) is inf") == true)
        }
    }

    @Test("streams refuse what the network cannot read")
    func streamRefusals() throws {
        let texts = try FusionSample.recipe()
            .fit(sample.inputs.keeping([.texts]), labels: sample.labels)
        #expect(modelError { _ = try texts.stream(text: "debt") }?.code == .incompatible)
        let both = try FusionSample.recipe(isBidirectional: true)
            .fit(sample.inputs.keeping([.sequences]), labels: sample.labels)
        #expect(modelError { _ = try both.stream() }?.code == .incompatible)
        let model = try FusionSample.recipe()
            .fit(sample.inputs.keeping([.sequences, .statics]), labels: sample.labels)
        #expect(modelError { _ = try model.stream(text: "a", statics: [1]) }?.code == .incompatible)
        #expect(modelError { _ = try model.stream(statics: [1, 2]) }?.code == .wrongWidth)
        #expect(modelError { _ = try model.stream(statics: [.nan]) }?.code == .nonFinite)
        #expect(modelError { _ = try model.stream() }?.code == .incompatible)
        #expect(try (0...1).contains(model.stream(statics: [1]).probability))
    }

    @Test("forged files are refused or are other files")
    func files() throws {
        checkSomeBytes(try FusionSample.recipe().fit(sample.inputs, labels: sample.labels))
    }

    @Test("bad input is refused with what is wrong")
    func refusals() throws {
        let (inputs, labels) = (sample.inputs, sample.labels)
        let recipe = FusionSample.recipe()
        let model = try recipe.fit(inputs, labels: labels)
        let parts = modelError {
            _ = try model.probabilities(inputs.keeping([.texts, .statics]))
        }
        #expect(parts?.code == .incompatible)
        #expect(parts?.message.hasPrefix("rows of [\"texts\", \"statics\"]") == true)
        let wide = try FusionInputs(
            sequences: inputs.sequences, texts: inputs.texts, network: inputs.network,
            statics: .zeros(160, 2))
        #expect(
            modelError { _ = try model.probabilities(wide) }?.message
                == "2 static columns for a model of 1")
        #expect(modelError { _ = try FusionInputs() }?.code == .empty)
        #expect(modelError { _ = try FusionInputs(texts: []) }?.code == .empty)
        let short = modelError {
            _ = try FusionInputs(texts: ["a"], statics: .zeros(2, 1))
        }
        #expect(short?.message == "2 rows of statics for 1 of texts")
        let infinite = modelError {
            _ = try FusionInputs(
                network: Matrix(rowCount: 1, columnCount: 1, elements: [.infinity]))
        }
        #expect(infinite?.message == "row 0, column 0 (n0) is inf")
        let missing = modelError {
            _ = try FusionInputs(texts: ["a"]).keeping([.network])
        }
        #expect(missing?.code == .incompatible)
        let silent = try FusionInputs(texts: [String?](repeating: nil, count: 160))
        #expect(modelError { _ = try recipe.fit(silent, labels: labels) }?.code == .features)
    }
}
