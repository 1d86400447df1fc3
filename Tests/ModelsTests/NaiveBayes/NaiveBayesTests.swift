// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NB1: naive Bayes")
struct NaiveBayesTests {
    @Test("the German fits of scikit-learn", .enabled(if: SharedData.isAvailable))
    func german() throws {
        struct Fit: Decodable {
            var proba_first10: [Double]
        }
        struct Fits: Decodable {
            var gaussian_nb, bernoulli_nb, multinomial_nb, complement_nb: Fit
        }
        let golden: Fits = try SharedData.json("golden/models_german_parity.json")
        let german = try GermanNumeric()
        let training = (0..<1000).filter { $0 % 5 != 0 }
        let first = (0..<10).map { $0 * 5 }
        for (recipe, features, fit) in [
            (NaiveBayes(.gaussian()), german.standardised, golden.gaussian_nb),
            (NaiveBayes(.bernoulli()), german.standardised, golden.bernoulli_nb),
            (NaiveBayes(.multinomial()), german.features, golden.multinomial_nb),
            (NaiveBayes(.complement(), priors: .uniform), german.features, golden.complement_nb),
        ] {
            let model = try recipe.fit(
                features: features.gatheringRows(training),
                labels: training.map { german.isBad[$0] })
            expectClose(
                try model.probabilities(features.gatheringRows(first)), fit.proba_first10,
                relative: 1e-9, "\(recipe.likelihood)")
        }
    }

    @Test("parameters of five rows, by hand")
    func parameters() throws {
        let features = Matrix<Double>(rows: [
            [1, 0, 2, 0], [3, 1, 0, 1], [5, 1, 1, 2], [10, 0, 4, 1], [14, 0, 0, 1],
        ])
        let model = try NaiveBayes(
            .gaussian(varianceSmoothing: 0),
            except: [
                .init(["x1"], .bernoulli()), .init(["x2"], .multinomial()),
                .init(["x3"], .categorical()),
            ]
        ).fit(features: features, labels: [false, false, false, true, true])
        #expect(model.classWeights == [3, 2])
        expectClose(model.logPriors, [log(0.6), log(0.4)], relative: 1e-15)
        #expect(
            model.distribution(of: "x0") == .gaussian(means: [3, 12], variances: [8.0 / 3, 4]))
        #expect(model.distribution(of: "x2") == .multinomial(shares: [1, 1]))
        #expect(model.distribution(of: "x9") == nil)
        guard case .bernoulli(let ones) = model.distribution(of: "x1"),
            case .categorical(let categories) = model.distribution(of: "x3")
        else {
            Issue.record("other distributions")
            return
        }
        expectClose(ones, [3.0 / 5, 1.0 / 4], relative: 1e-14)
        let expected: [[Double]] = [[1.0 / 3, 0.2], [1.0 / 3, 0.6], [1.0 / 3, 0.2]]
        expectClose(categories.flatMap { $0 }, expected.flatMap { $0 }, relative: 1e-14)
    }

    private static let recipes: [NaiveBayes] = [
        NaiveBayes(.gaussian()), NaiveBayes(.bernoulli(threshold: 2)),
        NaiveBayes(.multinomial(), priors: .uniform), NaiveBayes(.complement()),
        NaiveBayes(.categorical()), NaiveBayes(.automatic),
    ]

    private static func counts(_ rows: Int, seed: UInt64) -> (Matrix<Double>, [Bool]) {
        var generator = TestGenerator(seed: seed)
        let elements = (0..<rows * 3).map { _ in Double(Int.random(in: 0...5, using: &generator)) }
        let labels = (0..<rows).map { row -> Bool in
            elements[row * 3] + Double.random(in: 0...4, using: &generator) > 4
        }
        return (Matrix(rowCount: rows, columnCount: 3, elements: elements), labels)
    }

    @Test("updates and merges equal one fit to all rows", arguments: recipes, propertySeeds(3))
    func increments(_ recipe: NaiveBayes, _ seed: UInt64) throws {
        let (features, labels) = Self.counts(300, seed: seed)
        func part(_ rows: Range<Int>) -> (Matrix<Double>, [Bool]) {
            (features.gatheringRows(Array(rows)), Array(labels[rows]))
        }
        let whole = try recipe.fit(features: features, labels: labels)
        var updated = try recipe.fit(features: part(0..<100).0, labels: part(0..<100).1)
        for start in stride(from: 100, to: 300, by: 40) {
            let (rows, classes) = part(start..<start + 40)
            updated = try updated.updated(with: rows, labels: ClassLabels(classes))
        }
        let merged = try recipe.fit(features: part(0..<120).0, labels: part(0..<120).1)
            .merged(with: recipe.fit(features: part(120..<300).0, labels: part(120..<300).1))
        let expected = try whole.logProbabilities(features).elements
        for model in [updated, merged] {
            #expect(model.classWeights == whole.classWeights)
            expectClose(
                try model.logProbabilities(features).elements, expected, relative: 1e-11,
                absolute: 1e-13)
        }
    }

    @Test("a batch of one class, with weights, in another order of classes")
    func oneClassBatch() throws {
        let (features, labels) = Self.counts(60, seed: 4)
        let model = try NaiveBayes(.gaussian()).fit(
            features: features, labels: labels.map { $0 ? "bad" : "good" })
        let bad = try model.updated(
            with: features.gatheringRows([0, 1]), labels: ClassLabels(["bad", "bad"]),
            weights: [0.5, 2])
        #expect(bad.classWeights[0] == model.classWeights[0] + 2.5)
        #expect(bad.classWeights[1] == model.classWeights[1])
        let other = modelError {
            _ = try model.updated(
                with: features.gatheringRows([0, 1]), labels: ClassLabels(["bad", "worse"]))
        }
        #expect(other?.code == .invalidLabels)
        #expect(other?.message.contains("row 1 is of class 'worse'") == true)
        #expect(
            modelError {
                _ = try model.updated(with: .zeros(1, 4), labels: ClassLabels(["bad"]))
            }?.code == .wrongWidth)
    }

    @Test("moments of many rows in several parts, against two long passes")
    func manyRows() throws {
        var generator = TestGenerator(seed: 8)
        let rows = 70_000
        let elements = (0..<rows * 2).map { (index: Int) -> Double in
            1e6 + Double.random(in: 0...1, using: &generator) * Double(1 + index % 2)
        }
        let labels = (0..<rows).map { _ in Bool.random(using: &generator) }
        let model = try NaiveBayes(.gaussian(varianceSmoothing: 0)).fit(
            features: Matrix(rowCount: rows, columnCount: 2, elements: elements), labels: labels)
        for column in 0..<2 {
            guard case .gaussian(let means, let variances) = model.distribution(of: "x\(column)")
            else { continue }
            for (code, label) in [false, true].enumerated() {
                let values = (0..<rows).filter { labels[$0] == label }.map {
                    elements[$0 * 2 + column] - 1e6
                }
                let mean = values.reduce(0, +) / Double(values.count)
                let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                expectClose(means[code], 1e6 + mean, relative: 1e-15)
                expectClose(variances[code], squares / Double(values.count), relative: 1e-10)
            }
        }
    }

    @Test("a class without weight has the probability 0; an unseen category speaks for none")
    func unseen() throws {
        let labels = try ClassLabels(codes: [0, 0, 2, 2], classes: ["a", "b", "c"])
        let data = try ClassificationData(
            features: Matrix(rows: [[0], [1], [1], [1]]), labels: labels)
        for likelihood in [NaiveBayesLikelihood.gaussian(), .categorical(), .bernoulli()] {
            let model = try NaiveBayes(likelihood).fit(data)
            let probabilities = try model.classProbabilities(Matrix(rows: [[1], [0]]))
            #expect(probabilities.column(1).elements == [0, 0])
            #expect(model.logPriors[1] == -.infinity)
            let copy = try NaiveBayesModel(fileBytes: model.fileBytes)
            #expect(copy == model)
        }
        let model = try NaiveBayes(.categorical()).fit(data)
        expectClose(
            try model.classProbabilities(Matrix(rows: [[9]])).elements, [0.5, 0, 0.5],
            relative: 1e-15)
    }

    @Test("values that a likelihood does not take, by row and column")
    func values() throws {
        let features = Matrix<Double>(rows: [[0, 1], [1, 2.5], [2, 0], [1, 1]])
        let labels = [true, false, true, false]
        let category = modelError {
            _ = try NaiveBayes(.categorical()).fit(features: features, labels: labels)
        }
        #expect(category?.code == .invalidValue)
        #expect(category?.message.contains("row 1, column 1 (x1) is 2.5") == true)
        for likelihood in [NaiveBayesLikelihood.multinomial(), .complement(), .categorical()] {
            let negative = modelError {
                _ = try NaiveBayes(likelihood).fit(features: features * -1, labels: labels)
            }
            #expect(negative?.code == .invalidValue)
            let model = try NaiveBayes(likelihood).fit(
                features: features.map { $0.rounded() }, labels: labels)
            #expect(
                modelError { _ = try model.probabilities(features * -1) }?.code == .invalidValue)
        }
        let flat = modelError {
            _ = try NaiveBayes(.gaussian()).fit(features: .zeros(4, 2), labels: labels)
        }
        #expect(flat?.code == .noSpread)
        let model = try NaiveBayes(.gaussian()).fit(features: features, labels: labels)
        let large = modelError {
            _ = try model.probabilities(Matrix(rows: [[0, 0], [1e300, 0]]))
        }
        #expect(large?.code == .nonFinite)
        #expect(large?.message.contains("row 1") == true)
    }

    @Test("recipes that the data do not fit")
    func refusedRecipes() throws {
        let (features, labels) = Self.counts(20, seed: 2)
        for recipe in [
            NaiveBayes(.gaussian(), except: [.init(["income"], .bernoulli())]),
            NaiveBayes(.gaussian(), priors: .given([0.2, 0.3, 0.5])),
        ] {
            let error = modelError { _ = try recipe.fit(features: features, labels: labels) }
            #expect(error?.code == .invalidRecipe)
        }
        let model = try NaiveBayes(.gaussian()).fit(features: features, labels: labels)
        let others = try [
            NaiveBayes(.bernoulli()).fit(features: features, labels: labels),
            NaiveBayes(.gaussian()).fit(features: features, labels: labels.map { "\($0)!" }),
            NaiveBayes(.gaussian()).fit(
                features: features.gatheringColumns([0, 1]), labels: labels),
        ]
        for other in others {
            #expect(modelError { _ = try model.merged(with: other) }?.code == .incompatible)
        }
    }

    @Test("every byte of a model that is changed is noticed, or read as another valid model")
    func forged() throws {
        let (features, labels) = Self.counts(30, seed: 5)
        let model = try NaiveBayes(
            .gaussian(), except: [.init(["x1"], .categorical()), .init(["x2"], .multinomial())]
        ).fit(features: features, labels: labels)
        let bytes = model.canonicalBytes
        var refused = 0
        for index in bytes.indices {
            var broken = bytes
            broken[index] ^= 0x80
            if let copy = try? NaiveBayesModel(canonicalBytes: broken) {
                #expect(copy.canonicalBytes == broken)
            } else {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 2)
    }
}
