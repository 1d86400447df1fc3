// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NN1: multilayer perceptron")
struct MultilayerPerceptronTests {
    static let recipe = MultilayerPerceptronClassifier(
        hiddenLayers: [
            HiddenLayer(8, activation: .tanh, normalisation: .batch, dropout: 0.1),
            HiddenLayer(6, activation: .gelu, normalisation: .layer),
        ],
        training: NetworkTraining(
            epochLimit: 12, batchSize: 16, optimiser: .adamW(learningRate: 0.01),
            schedule: LearningRateSchedule(.cosine(epochs: 12, floor: 0.1), warmUpSteps: 5),
            gradientNormLimit: 5, earlyStopping: EarlyStopping(patience: 4, share: 0.2), seed: 9))

    /// Two classes that no line tells apart: the signs of two features.
    static func crossed(_ rows: Int, seed: UInt64) throws -> ClassificationData {
        var generator = TestGenerator(seed: seed)
        let features = Matrix(
            rows: (0..<rows).map { _ in
                [
                    Double.random(in: -1...1, using: &generator),
                    .random(in: -1...1, using: &generator),
                ]
            })
        return try ClassificationData(
            features: features,
            labels: ClassLabels((0..<rows).map { features[$0, 0] * features[$0, 1] > 0 }))
    }

    @Test("NN1: hidden layers learn what no line tells apart", arguments: Activation.allCases)
    func crossed(activation: Activation) throws {
        let recipe = MultilayerPerceptronClassifier(
            hiddenLayers: [HiddenLayer(12, activation: activation)],
            training: NetworkTraining(epochLimit: 60, optimiser: .adam(learningRate: 0.05)))
        let model = try recipe.fit(try Self.crossed(300, seed: 1))
        let other = try Self.crossed(300, seed: 2)
        let hits = zip(try model.predictedClasses(other.features), other.labels.codes)
            .count { $0 == other.labels.classes[$1] }
        if activation == .identity {
            #expect(hits < 200)
        } else {
            #expect(hits > 270)
        }
        #expect(model.history.count == 60)
        #expect(model.parameterCount == 49)
    }

    @Test("NN1: without hidden layers it is the logistic regression")
    func logistic() throws {
        let data = try LogisticSample(rows: 300, columns: 3).data
        let standard = data.features.standardized()
        let rows = try ClassificationData(
            features: standard, labels: data.labels,
            weights: (0..<300).map { Double($0 % 3) })
        let recipe = MultilayerPerceptronClassifier(
            hiddenLayers: [],
            training: NetworkTraining(
                epochLimit: 300, batchSize: 300,
                optimiser: .gradientDescent(learningRate: 1, momentum: 0.9)))
        let model = try recipe.fit(rows)
        let reference = try LogisticRegression(penalty: .none).fit(rows)
        expectClose(
            try model.probabilities(standard), try reference.probabilities(standard),
            absolute: 1e-4)
    }

    @Test("NN1: where validation rows are given, no training row is held out")
    func givenValidation() throws {
        let data = try LogisticSample(rows: 8).data
        var recipe = Self.recipe
        recipe.training.earlyStopping = EarlyStopping(patience: 3, share: 0.05)
        let model = try recipe.fit(data, validation: data)
        #expect(model.history.allSatisfy { $0.validationLoss != nil })
        #expect(modelError { _ = try recipe.fit(data) }?.code == .invalidSplit)
    }

    @Test("NN1: a trainer that was written and read goes on to the same bytes")
    func resume() throws {
        let data = try LogisticSample(rows: 150).data
        let whole = try Self.recipe.fit(data)
        var trainer = try MultilayerPerceptronTrainer(Self.recipe, data: data)
        while !trainer.isFinished {
            let copy = trainer
            try trainer.advance(data)
            var read = try MultilayerPerceptronTrainer(fileBytes: copy.fileBytes)
            #expect(read == copy)
            try read.advance(data)
            #expect(read.fileBytes == trainer.fileBytes)
            let json = try JSONEncoder().encode([trainer])
            #expect(
                try JSONDecoder().decode([MultilayerPerceptronTrainer].self, from: json)
                    == [trainer])
            trainer = read
        }
        #expect(trainer.model.fileBytes == whole.fileBytes)
        #expect(trainer.history == whole.history)
        #expect(whole.history.allSatisfy { $0.validationLoss != nil })
    }

    @Test("NN1: a regression's trainer that was written and read goes on to the same bytes")
    func resumeRegression() throws {
        let sample = RegressionSample()
        let data = try RegressionData(features: sample.features, targets: sample.targets)
        let recipe = MultilayerPerceptronRegressor(
            hiddenLayers: [HiddenLayer(6, dropout: 0.1)],
            training: NetworkTraining(
                epochLimit: 6, batchSize: 16, optimiser: .adam(learningRate: 0.02),
                earlyStopping: EarlyStopping(patience: 5, share: 0.2), seed: 4))
        let whole = try recipe.fit(data)
        var trainer = try MultilayerPerceptronRegressorTrainer(recipe, data: data)
        while !trainer.isFinished {
            var read = try MultilayerPerceptronRegressorTrainer(fileBytes: trainer.fileBytes)
            #expect(read == trainer)
            try trainer.advance(data)
            try read.advance(data)
            #expect(read.fileBytes == trainer.fileBytes)
        }
        #expect(trainer.model.fileBytes == whole.fileBytes)
        #expect(trainer.history == whole.history)
        let json = try JSONEncoder().encode([trainer])
        #expect(
            try JSONDecoder().decode([MultilayerPerceptronRegressorTrainer].self, from: json)
                == [trainer])
        checkEveryByte(trainer)
        let narrow = try RegressionData(
            features: Matrix(rows: [[1], [2], [3]]), targets: [1, 2, 3])
        let before = trainer
        #expect(modelError { try trainer.advance(narrow) }?.code == .incompatible)
        #expect(trainer == before)
    }

    @Test("NN1: other seeds give other models")
    func seeds() throws {
        let data = try LogisticSample().data
        var other = Self.recipe
        other.training.seed = 10
        #expect(try other.fit(data) != Self.recipe.fit(data))
    }

    @Test("NN1: an embedded feature tells unordered categories apart")
    func embedding() throws {
        var generator = TestGenerator(seed: 8)
        let codes = (0..<400).map { _ in Double(Int.random(in: 0..<6, using: &generator)) * 1000 }
        let isBad = codes.map { Int($0 / 1000).isMultiple(of: 2) }
        let features = Matrix(rows: codes.map { [$0, 0.5] })
        let data = try ClassificationData(
            features: features, labels: ClassLabels(isBad), featureNames: ["code", "rest"])
        let recipe = MultilayerPerceptronClassifier(
            hiddenLayers: [HiddenLayer(4)], embeddings: [CategoryEmbedding("code", width: 3)],
            training: NetworkTraining(epochLimit: 25, optimiser: .adam(learningRate: 0.05)))
        let model = try recipe.fit(data)
        let risks = try model.probabilities(features)
        #expect(zip(risks, isBad).allSatisfy { ($0 > 0.5) == $1 })
        // An unknown category is neither.
        #expect(try model.probabilities(Matrix(rows: [[500, 0.5]])).allSatisfy { $0.isFinite })
        let copy = try MultilayerPerceptronModel(fileBytes: model.fileBytes)
        #expect(copy == model)
        var unknown = recipe
        unknown.embeddings = [CategoryEmbedding("colour", width: 3)]
        let error = modelError { _ = try unknown.fit(data) }
        #expect(error?.code == .invalidRecipe)
        #expect(error?.message.contains("colour") == true)
    }

    @Test("NN1: forged files of recipes, models and trainers are refused or are other ones")
    func forged() throws {
        let data = try LogisticSample(rows: 20, columns: 2).data
        let recipe = MultilayerPerceptronClassifier(
            hiddenLayers: [HiddenLayer(1, normalisation: .batch, dropout: 0.5)],
            embeddings: [CategoryEmbedding("x1", width: 1)],
            training: NetworkTraining(
                epochLimit: 2, optimiser: .adam(),
                schedule: LearningRateSchedule(.plateau(patience: 1, factor: 0.5, floor: 0.1)),
                gradientNormLimit: 1, earlyStopping: EarlyStopping(share: 0.3)))
        checkEveryByte(recipe)
        var trainer = try MultilayerPerceptronTrainer(recipe, data: data)
        try trainer.advance(data)
        checkEveryByte(trainer)
        checkEveryByte(trainer.model)
        let regressor = MultilayerPerceptronRegressor(
            hiddenLayers: [], training: NetworkTraining(epochLimit: 1), loss: .huber(delta: 1))
        checkEveryByte(regressor)
        checkEveryByte(
            try regressor.fit(features: data.features, targets: (0..<20).map { Double($0) }))
    }

    @Test("NN1: several classes, class weights and focal losses move probabilities")
    func classes() throws {
        let sample = LogisticSample(rows: 240)
        let names = (0..<240).map { row in
            sample.labels[row] ? "bad" : sample.features[row, 1] > 3 ? "good" : "unknown"
        }
        var recipe = MultilayerPerceptronClassifier(
            training: NetworkTraining(epochLimit: 15, optimiser: .adam(learningRate: 0.01)))
        let standard = sample.features.standardized()
        let model = try recipe.fit(features: standard, labels: names)
        let probabilities = try model.classProbabilities(standard)
        for row in 0..<240 {
            expectClose(probabilities.row(row).elements.reduce(0, +), 1, absolute: 1e-14)
        }
        let hits = zip(try model.predictedClasses(standard), names).count { $0 == $1 }
        #expect(hits > 160)

        func mean(_ recipe: MultilayerPerceptronClassifier) throws -> Double {
            let model = try recipe.fit(features: standard, labels: sample.labels)
            return try model.probabilities(standard).reduce(0, +) / 240
        }
        let equal = try mean(recipe)
        recipe.classWeighting = .factors([1, 5])
        #expect(try mean(recipe) > equal + 0.1)
        recipe.classWeighting = .equal
        recipe.focalExponent = 2
        let focal = try recipe.fit(features: standard, labels: sample.labels)
        recipe.focalExponent = 0
        let plain = try recipe.fit(features: standard, labels: sample.labels)
        // A focal loss stops caring about rows that are told apart: probabilities stay nearer 1/2.
        func spread(_ model: MultilayerPerceptronModel) throws -> Double {
            try model.probabilities(standard).reduce(0) { $0 + abs($1 - 0.5) }
        }
        #expect(try spread(focal) < spread(plain))
    }

    @Test("NN1: rows of other features or classes are refused by a trainer")
    func incompatible() throws {
        let data = try LogisticSample().data
        var trainer = try MultilayerPerceptronTrainer(Self.recipe, data: data)
        let narrow = try LogisticSample(columns: 3).data
        #expect(modelError { try trainer.advance(narrow) }?.code == .incompatible)
        #expect(
            modelError { _ = try Self.recipe.fit(data, validation: narrow) }?.code
                == .incompatible)
        let missing = try ClassificationData(
            features: Matrix(rows: [[1, 2], [.nan, 3]]), labels: ClassLabels([true, false]),
            allowsMissing: true)
        #expect(modelError { _ = try Self.recipe.fit(missing) }?.code == .nonFinite)
        let two = try ClassificationData(
            features: Matrix(rows: [[1, 2], [2, 3]]), labels: ClassLabels([true, false]))
        #expect(modelError { _ = try Self.recipe.fit(two) }?.code == .invalidSplit)
    }

    @Test("NN1: an exploding loss is a typed error of the fit")
    func divergence() throws {
        var recipe = Self.recipe
        recipe.hiddenLayers = [HiddenLayer(8, activation: .identity)]
        recipe.training.optimiser = .gradientDescent(learningRate: 1e30)
        recipe.training.gradientNormLimit = nil
        recipe.training.schedule = .constant
        let error = modelError { _ = try recipe.fit(try LogisticSample().data) }
        #expect(error?.code == .diverged)
        #expect(error?.message.contains("epoch 1, batch") == true)
    }

    @Test("NN1: regressors learn by every loss, and Huber's heeds outliers less")
    func regression() throws {
        var generator = TestGenerator(seed: 6)
        let features = Matrix(
            rows: (0..<200).map { _ in [Double.random(in: -2...2, using: &generator)] })
        let means = features.elements.map { 1000 + 300 * sin(2 * $0) }
        let targets = means.indices.map { $0 % 10 == 0 ? means[$0] + 5000 : means[$0] }
        func error(_ loss: MultilayerPerceptronRegressor.Loss) throws -> Double {
            let recipe = MultilayerPerceptronRegressor(
                hiddenLayers: [HiddenLayer(16, activation: .tanh)],
                training: NetworkTraining(
                    epochLimit: 80, batchSize: 20, optimiser: .adam(learningRate: 0.02)),
                loss: loss)
            let predictions = try recipe.fit(features: features, targets: targets)
                .predictions(features)
            return zip(predictions, means).reduce(0) { $0 + abs($1.0 - $1.1) } / 200
        }
        // The outliers move means by 500.
        let squared = try error(.squared)
        #expect(squared > 300 && squared < 800)
        #expect(try error(.huber(delta: 0.05)) < 150)

        let counts = features.elements.map { exp(0.5 + 0.8 * $0).rounded() }
        let poisson = MultilayerPerceptronRegressor(
            hiddenLayers: [],
            training: NetworkTraining(
                epochLimit: 80, batchSize: 20, optimiser: .adam(learningRate: 0.05)),
            loss: .poisson)
        let model = try poisson.fit(features: features, targets: counts)
        let predictions = try model.predictions(features)
        expectClose(
            predictions.reduce(0, +), counts.reduce(0, +), relative: 0.05)
        #expect(predictions.allSatisfy { $0 > 0 })
        var negative = counts
        negative[4] = -1
        let refusal = modelError { _ = try poisson.fit(features: features, targets: negative) }
        #expect(refusal?.code == .invalidLabels)
        #expect(refusal?.message.contains("row 4") == true)
    }

    @Test(
        "NN1: German credit, ten folds: AUC of at least .775",
        .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func german() throws {
        let recipe = Pipeline(.impute(.median), .oneHot(unknown: .ignore), .standardise()).then(
            MultilayerPerceptronClassifier(
                hiddenLayers: [HiddenLayer(32, dropout: 0.5)],
                training: NetworkTraining(
                    epochLimit: 20, optimiser: .adamW(learningRate: 0.002, weightDecay: 0.5))))
        let report = try CrossValidation(foldCount: 10, seeds: [0]).evaluate(
            recipe, on: GermanTable.load(), target: "class", positive: "2")
        #expect(report.summary(of: \.rocAUC).mean >= 0.775)
    }
}
