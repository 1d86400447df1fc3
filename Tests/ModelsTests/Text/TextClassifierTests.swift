// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("TX1: networks that read texts")
struct TextClassifierTests {
    /// See `Scripts/golden/models_text.py`.
    private struct Golden: Decodable {
        var decay: Double
        var train, test: [String]
        var moods: [Int]
        var tfidf, hashed, counts: [[Double]]
    }

    private let golden: Golden
    private let labels: ClassLabels

    init() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "models_text", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        labels = ClassLabels(golden.moods.map { $0 == 1 }, negative: "paid", positive: "default")
    }

    /// Gradient descent on all rows at once, to the one minimum of a linear network's loss.
    private func linear(_ terms: TextNetwork.Terms) -> TextClassifier {
        TextClassifier(
            TextNetwork(terms, layers: []),
            training: NetworkTraining(
                epochLimit: 1500, batchSize: golden.train.count,
                optimiser: .gradientDescent(
                    learningRate: 0.5, momentum: 0.9, weightDecay: golden.decay)))
    }

    /// A recipe that is trained in a moment.
    private func quick(
        _ terms: TextNetwork.Terms = .weighted(.tfidf()), layers: [HiddenLayer] = [HiddenLayer(6)],
        epochs: Int = 5, earlyStopping: EarlyStopping? = nil
    ) -> TextClassifier {
        TextClassifier(
            TextNetwork(terms, layers: layers),
            training: NetworkTraining(
                epochLimit: epochs, batchSize: 16, optimiser: .adam(learningRate: 0.02),
                earlyStopping: earlyStopping, seed: 3))
    }

    @Test("without layers it is scikit-learn's logistic regression on the same terms")
    func linearGolden() throws {
        let cases: [(TextNetwork.Terms, [[Double]])] = [
            (.weighted(.tfidf(.words(1...2), minimumDocuments: .count(2))), golden.tfidf),
            (.hashed(HashingVectoriser(columnCount: 64)), golden.hashed),
        ]
        for (terms, expected) in cases {
            let model = try linear(terms).fit(golden.train, labels: labels)
            let risk = try model.probabilities(golden.test)
            for (row, probability) in risk.enumerated() {
                #expect(abs(probability - expected[row][1]) < 2e-5, "\(terms), row \(row)")
            }
        }
        let moods = try ClassLabels(codes: golden.moods, classes: ["0", "1", "2"])
        let model = try linear(.weighted(.counts())).fit(golden.train, labels: moods)
        let classes = try model.classProbabilities(golden.test)
        for (row, expected) in golden.counts.enumerated() {
            for column in 0..<3 {
                #expect(
                    abs(classes[row, column] - expected[column]) < 2e-5, "row \(row), \(column)")
            }
        }
    }

    @Test("a mean of vectors makes the log odds of a text the mean of its terms'")
    func embedding() throws {
        let model = try quick(
            .embedded(.counts(minimumDocuments: .count(2)), width: 4), layers: []
        ).fit(golden.train, labels: labels)
        func logOdds(_ text: String?) throws -> Double {
            let risk = try model.probabilities([text])[0]
            return log(risk / (1 - risk))
        }
        let terms = try #require(model.terms)
        #expect(terms.contains("debt") && terms.contains("salary"))
        let expected = (2 * (try logOdds("debt")) + (try logOdds("salary"))) / 3
        #expect(abs(try logOdds("debt salary unknownword debt") - expected) < 1e-5)
        #expect(try logOdds(nil) == logOdds("unknownword"))
        #expect(try logOdds("debt") > logOdds("salary"))
    }

    @Test(
        "every way to read a text tells the moods apart",
        arguments: [
            TextNetwork.Terms.weighted(.tfidf()), .hashed(HashingVectoriser(columnCount: 128)),
            .embedded(.tfidf(), width: 5),
        ])
    func learns(_ terms: TextNetwork.Terms) throws {
        let recipe = quick(
            terms, layers: [HiddenLayer(6, activation: .tanh, normalisation: .layer, dropout: 0.1)],
            epochs: 30)
        let model = try recipe.fit(golden.train, labels: labels)
        let area = try ROC(
            labels: labels.isPositive, scores: model.probabilities(golden.train)
        ).auc
        #expect(area > 0.9)
        #expect(model.history.count == 30)
    }

    @Test("forged files are refused")
    func files() throws {
        let model = try quick().fit(golden.train, labels: labels)
        checkSomeBytes(model)
        // A file of a fusion is none of texts.
        let fusion = try FusionSample(rows: 40, seed: 2)
        let sequences = try FusionSample.recipe()
            .fit(fusion.inputs.keeping([.statics]), labels: fusion.labels)
        #expect(
            modelError { _ = try TextClassifierModel(fileBytes: sequences.fileBytes) }?.code
                == .invalidFile)
    }

    @Test("early stopping looks at texts that are held out")
    func stopping() throws {
        let recipe = quick(epochs: 60, earlyStopping: EarlyStopping(patience: 2, share: 0.3))
        let model = try recipe.fit(golden.train, labels: labels)
        #expect(model.history.allSatisfy { $0.validationLoss != nil })
    }

    @Test("bad input is refused with what is wrong")
    func refusals() throws {
        let recipe = quick()
        #expect(
            modelError { _ = try recipe.fit([], labels: ClassLabels([Bool]())) }?.code == .empty)
        let silent = [String?](repeating: nil, count: 60)
        #expect(modelError { _ = try recipe.fit(silent, labels: labels) }?.code == .features)
        let model = try recipe.fit(golden.train, labels: labels)
        #expect(modelError { _ = try model.probabilities([]) }?.code == .empty)
    }
}
