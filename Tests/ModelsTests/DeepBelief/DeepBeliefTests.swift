// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("RB2: deep belief networks")
struct DeepBeliefTests {
    private let book = EnterpriseBook(seed: 4)

    private func data(_ rows: [Int]? = nil) throws -> ClassificationData {
        let rows = rows ?? Array(book.isDefault.indices)
        return try ClassificationData(
            features: book.features.gatheringRows(rows),
            labels: ClassLabels(rows.map { book.isDefault[$0] }),
            featureNames: EnterpriseBook.indicators)
    }

    private func recipe(_ units: VisibleUnits = .gaussian()) -> DeepBeliefNetwork {
        DeepBeliefNetwork(
            hiddenCounts: [12, 7], visibleUnits: units, pretrainingEpochs: 4,
            fineTuning: NetworkTraining(
                epochLimit: 3, batchSize: 30, optimiser: .adam(learningRate: 0.02)), seed: 2)
    }

    @Test("the synthetic book has the paper's shape and its eight standardised indicators")
    func enterprises() {
        #expect(book.features.rowCount == 300 && book.features.columnCount == 8)
        #expect(Set(book.enterprises).count == 100 && EnterpriseBook.indicators.count == 8)
        for column in 0..<8 {
            let values = book.features.column(column).elements
            expectClose(values.reduce(0, +) / 300, 0, absolute: 1e-12)
            expectClose(values.reduce(0) { $0 + $1 * $1 } / 300, 1, absolute: 1e-12)
        }
        let share = Double(book.isDefault.filter { $0 }.count) / 300
        #expect((0.15...0.45).contains(share))
        #expect(EnterpriseBook(seed: 4).features == book.features)
        #expect(EnterpriseBook(seed: 5).features != book.features)
    }

    @Test("every layer is a machine on the probabilities of the layer below")
    func layers() throws {
        var recipe = recipe()
        var stages: [String] = []
        let features = try recipe.pretrain(
            book.features, featureNames: EnterpriseBook.indicators
        ) { stages.append($0.stage ?? "") }
        #expect(
            stages == [String](repeating: "layer 1 of 2", count: 4)
                + [String](repeating: "layer 2 of 2", count: 4))
        #expect(features.machines[0].featureNames == EnterpriseBook.indicators)
        #expect(features.machines[1].featureNames.first == "layer1.unit0")
        let first = try features.hiddenProbabilities(book.features, layer: 1)
        #expect(try first == features.machines[0].hiddenProbabilities(book.features))
        #expect(
            try features.hiddenProbabilities(book.features)
                == features.machines[1].hiddenProbabilities(first))
        // The first machine does not know of the second one.
        recipe.machines.removeLast()
        #expect(
            try recipe.pretrain(
                book.features, featureNames: EnterpriseBook.indicators
            ).machines[0] == features.machines[0])
        let back = try features.reconstruction(book.features)
        #expect(back.rowCount == 300 && back.columnCount == 8)
    }

    @Test("a second layer learns from the first one: up and down again is better than the mean")
    func reconstruction() throws {
        let rows = Matrix<Double>(rowCount: 600, columnCount: 8) { row, column in
            (row / 3 % 4 == column / 2) ? 2 : -0.5
        }
        var recipe = DeepBeliefNetwork(hiddenCounts: [24, 12], pretrainingEpochs: 100, seed: 1)
        for layer in 0..<2 { recipe.machines[layer].batchSize = 20 }
        recipe.machines[1].learningRate = 0.2
        let features = try recipe.pretrain(rows)
        let back = try features.reconstruction(rows)
        let errors = zip(back.elements, rows.elements).map { ($0 - $1) * ($0 - $1) }
        // Every column has the mean 1/8.
        let spread = rows.elements.map { ($0 - 0.125) * ($0 - 0.125) }
        #expect(errors.reduce(0, +) < 0.6 * spread.reduce(0, +))
    }

    @Test("back-propagation starts from the trained layers, whatever the deviations")
    func start() throws {
        for units in [VisibleUnits.gaussian(deviation: 2), .gaussianLearned(initial: 0.7)] {
            var recipe = recipe(units)
            recipe.fineTuning = NetworkTraining(
                epochLimit: 1, optimiser: .gradientDescent(learningRate: 1e-12))
            let features = try recipe.pretrain(
                book.features, featureNames: EnterpriseBook.indicators)
            let model = try recipe.fit(data(), pretrained: features)
            // The log odds are then a linear function of the last layer.
            let scores = try model.network.scores(book.features).elements
            let fit = try LinearRegression().fit(
                features: features.hiddenProbabilities(book.features), targets: scores)
            let predictions = try fit.predictions(features.hiddenProbabilities(book.features))
            expectClose(predictions, scores, absolute: 2e-6)
            #expect((scores.max() ?? 0) - (scores.min() ?? 0) > 1e-3)
        }
    }

    @Test("few labels are enough where all rows have been seen")
    func fewLabels() throws {
        let recipe = DeepBeliefNetwork(
            hiddenCounts: [16, 8], pretrainingEpochs: 20,
            fineTuning: NetworkTraining(
                epochLimit: 40, batchSize: 20, optimiser: .adam(learningRate: 0.01)), seed: 3)
        let features = try recipe.pretrain(
            book.features, featureNames: EnterpriseBook.indicators)
        let labelled = (0..<300).filter { $0 % 4 == 0 }
        let others = (0..<300).filter { $0 % 4 != 0 }
        let model = try recipe.fit(data(labelled), pretrained: features)
        let scores = try model.probabilities(book.features.gatheringRows(others))
        let area = try rocAUC(labels: others.map { book.isDefault[$0] }, scores: scores)
        #expect(area > 0.7)
        // The layers are features for other models, too.
        let hidden = try features.hiddenProbabilities(book.features, layer: 1)
        let coded = try LogisticRegression(penalty: .l2(C: 1)).fit(
            features: hidden.gatheringRows(labelled), labels: labelled.map { book.isDefault[$0] })
        let codedArea = try rocAUC(
            labels: others.map { book.isDefault[$0] },
            scores: coded.probabilities(hidden.gatheringRows(others)))
        #expect(codedArea > 0.7)
    }

    @Test("progress names the stages, and every stage can be ended")
    func progress() throws {
        var stages: [String] = []
        let model = try recipe().fit(data()) { stages.append("\($0.stage ?? "") \($0.step)") }
        #expect(stages.count == 11 && stages.last == "fine-tuning 3")
        #expect(model.network.history.count == 3)
        for stage in ["layer 2 of 2", "fine-tuning"] {
            let ended = modelError {
                _ = try recipe().fit(data()) { if $0.stage == stage { $0.stop() } }
            }
            #expect(ended?.code == .cancelled)
        }
    }

    @Test("wrong recipes, layers of another recipe and other features are refused")
    func refusals() throws {
        var gaussian = recipe()
        gaussian.machines[1].visibleUnits = .gaussian()
        #expect(modelError { try gaussian.validate() }?.code == .invalidRecipe)
        #expect(
            modelError { try DeepBeliefNetwork(machines: []).validate() }?.code == .invalidRecipe)
        let features = try recipe().pretrain(
            book.features, featureNames: EnterpriseBook.indicators)
        var other = recipe()
        other.machines[0].seed = 9
        #expect(
            modelError { _ = try other.fit(data(), pretrained: features) }?.code == .incompatible)
        let unnamed = try ClassificationData(
            features: book.features, labels: ClassLabels(book.isDefault))
        #expect(
            modelError { _ = try recipe().fit(unnamed, pretrained: features) }?.code
                == .incompatible)
        #expect(
            modelError { _ = try recipe(.bernoulli).fit(data()) }?.code == .invalidValue)
        var explosive = recipe()
        explosive.machines[0].learningRate = 1000
        let error = modelError { _ = try explosive.fit(data()) }
        #expect(error?.code == .diverged)
        #expect(error?.message.contains("layer 1 of 2, epoch ") == true)
    }

    @Test("files of recipes, layers and models; forged ones are refused")
    func files() throws {
        let recipe = recipe()
        #expect(try DeepBeliefNetwork(fileBytes: recipe.fileBytes) == recipe)
        let features = try recipe.pretrain(
            book.features, featureNames: EnterpriseBook.indicators)
        #expect(try DeepBeliefFeatures(fileBytes: features.fileBytes) == features)
        #expect(
            try JSONDecoder().decode(
                DeepBeliefFeatures.self, from: JSONEncoder().encode(features)) == features)
        let model = try recipe.fit(data())
        #expect(try recipe.fit(data(), pretrained: features) == model)
        #expect(try DeepBeliefModel(fileBytes: model.fileBytes) == model)
        checkSomeBytes(features)
        checkSomeBytes(model)
    }

    @Test("a head for numbers: from few of them, by layers that have seen all rows")
    func numbers() throws {
        let targets = (0..<300).map { row in
            100 + 20 * book.features[row, 0] - 10 * book.features[row, 3]
        }
        let labelled = (0..<300).filter { $0 % 3 == 0 }
        let others = (0..<300).filter { $0 % 3 != 0 }
        let data = try RegressionData(
            features: book.features.gatheringRows(labelled), targets: labelled.map { targets[$0] },
            featureNames: EnterpriseBook.indicators)
        let recipe = DeepBeliefRegressor(
            hiddenCounts: [16, 8], pretrainingEpochs: 20,
            fineTuning: NetworkTraining(
                epochLimit: 150, batchSize: 20, optimiser: .adam(learningRate: 0.02)), seed: 3)
        let features = try recipe.pretrain(
            book.features, featureNames: EnterpriseBook.indicators)
        var stages: Set<String> = []
        let model = try recipe.fit(data, pretrained: features) {
            stages.insert($0.stage ?? "")
        }
        #expect(stages == ["fine-tuning"] && model.network.history.count == 150)
        let predictions = try model.predictions(book.features.gatheringRows(others))
        let mean = targets.reduce(0, +) / 300
        let errors = zip(predictions, others).map { ($0 - targets[$1]) * ($0 - targets[$1]) }
        let spread = others.map { (targets[$0] - mean) * (targets[$0] - mean) }
        #expect(errors.reduce(0, +) < 0.3 * spread.reduce(0, +))
        #expect(model.network.onnx().count > 1000)
        // The layers of the classifier's recipe are the same ones.
        let twin = DeepBeliefNetwork(machines: recipe.machines)
        #expect(
            try twin.pretrain(book.features, featureNames: EnterpriseBook.indicators) == features)
        var other = recipe
        other.machines[0].seed = 9
        #expect(
            modelError { _ = try other.fit(data, pretrained: features) }?.code == .incompatible)
        #expect(try DeepBeliefRegressor(fileBytes: recipe.fileBytes) == recipe)
        #expect(try DeepBeliefRegressorModel(fileBytes: model.fileBytes) == model)
        checkSomeBytes(model)
    }

    @Test(
        "German credit: within .01 of the perceptron of the same shape, five folds",
        .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func german() throws {
        let pipeline = Pipeline(.impute(.median), .oneHot(unknown: .ignore), .standardise())
        let training = NetworkTraining(
            epochLimit: 20, optimiser: .adamW(learningRate: 0.002, weightDecay: 0.5))
        var belief = DeepBeliefNetwork(
            hiddenCounts: [32], pretrainingEpochs: 10, fineTuning: training, seed: 1)
        belief.dropout = 0.5
        let perceptron = MultilayerPerceptronClassifier(
            hiddenLayers: [HiddenLayer(32, activation: .sigmoid, dropout: 0.5)],
            training: training)
        func area(_ recipe: some Classifier) throws -> Double {
            try CrossValidation(foldCount: 5, seeds: [0]).evaluate(
                pipeline.then(recipe), on: GermanTable.load(), target: "class", positive: "2"
            ).summary(of: \.rocAUC).mean
        }
        let (deep, plain) = (try area(belief), try area(perceptron))
        #expect(deep > plain - 0.01, "\(deep) and \(plain)")
        #expect(deep > 0.77, "\(deep)")
    }
}
