// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

/// Squared error in which a target above the score counts `factor` times.
struct ShortfallLoss: BoostingLoss {
    var factor = 3.0

    func validate() throws(ModelError) {
        guard factor > 0 else { throw ModelError(.invalidRecipe, "a factor of \(factor)") }
    }

    func baseScore(targets: [Double], weights: [Double]) -> Double {
        zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    func loss(target: Double, score: Double) -> Double {
        let error = target - score
        return (error > 0 ? factor : 1) * error * error / 2
    }

    func derivatives(target: Double, score: Double) -> (slope: Double, curvature: Double) {
        let weight = target > score ? factor : 1
        return (weight * (score - target), weight)
    }

    static var kind: String { "shortfall-loss.1" }
    var canonicalBytes: [UInt8] { (0..<8).map { UInt8(factor.bitPattern >> (8 * $0) & 255) } }
    init(factor: Double = 3) { self.factor = factor }
    init(canonicalBytes: [UInt8]) throws(ModelError) {
        guard canonicalBytes.count == 8 else {
            throw ModelError(.invalidFile, "\(canonicalBytes.count) bytes, not 8")
        }
        let bits = canonicalBytes.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.1) << (8 * $1.0) }
        self.init(factor: Double(bitPattern: bits))
    }
}

/// The log loss of two classes, or what goes wrong in a loss.
enum OwnLogLoss: String, BoostingLoss {
    case right, notFinite, concave, infiniteBase, noProbability

    func baseScore(targets: [Double], weights: [Double]) -> Double {
        if self == .infiniteBase { return .infinity }
        let total = weights.reduce(0, +)
        let share = zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        return log(share / (1 - share))
    }

    func loss(target: Double, score: Double) -> Double {
        log1p(exp(-abs(score))) + max(score, 0) - target * score
    }

    func derivatives(target: Double, score: Double) -> (slope: Double, curvature: Double) {
        let p = 1 / (1 + exp(-score))
        if self == .notFinite { return (target == 1 ? .nan : p, p * (1 - p)) }
        return (p - target, self == .concave ? -p * (1 - p) : p * (1 - p))
    }

    func prediction(score: Double) -> Double {
        self == .noProbability ? score - 1e3 : 1 / (1 + exp(-score))
    }

    static var kind: String { "own-log-loss.1" }
    var canonicalBytes: [UInt8] { Array(rawValue.utf8) }
    init(canonicalBytes: [UInt8]) throws(ModelError) {
        guard let own = Self(rawValue: String(decoding: canonicalBytes, as: UTF8.self)) else {
            throw ModelError(.invalidFile, "no such loss")
        }
        self = own
    }
}

@Suite("GB1: boosting with a loss of one's own")
struct CustomBoostingTests {
    @Test("a factor of 1 gives the trees of the squared error")
    func squared() throws {
        let sample = RegressionSample(rows: 300, columns: 4, seed: 31)
        let growth = BoostingGrowth(roundCount: 12, leafLimit: 7, rowShare: 0.8, seed: 4)
        let own = try CustomBoostingRegressor(ShortfallLoss(factor: 1), growth: growth)
            .fit(features: sample.features, targets: sample.targets)
        let known = try GradientBoostingRegressor(growth)
            .fit(features: sample.features, targets: sample.targets)
        expectClose(
            try own.predictions(sample.features), try known.predictions(sample.features),
            absolute: 1e-12)
        #expect(own.trees.nodeCount == known.trees.nodeCount)
    }

    @Test("an expectile: at the constant that it predicts the slopes cancel")
    func expectile() throws {
        // One feature that says nothing: the fit is the constant of least loss.
        let targets = RegressionSample(rows: 200, columns: 2, seed: 32).targets
        let features = Matrix(
            rowCount: 200, columnCount: 1, elements: [Double](repeating: 1, count: 200))
        let model = try CustomBoostingRegressor(
            ShortfallLoss(factor: 4),
            growth: BoostingGrowth(roundCount: 400, learningRate: 0.5, l2: 0)
        ).fit(features: features, targets: targets)
        let constant = try model.predictions(features)[0]
        let slope = targets.reduce(0) { $0 + ($1 > constant ? 4 : 1) * (constant - $1) }
        expectClose(slope, 0, absolute: 1e-9)
        #expect(constant > targets.reduce(0, +) / 200 + 0.1)
    }

    @Test("the log loss written anew gives the classifier's probabilities; files keep both")
    func logistic() throws {
        let sample = LogisticSample(rows: 300, columns: 5, seed: 33)
        let growth = BoostingGrowth(
            roundCount: 60, leafLimit: 6, earlyStopping: EarlyStopping(patience: 4))
        let recipe = CustomBoostingClassifier(OwnLogLoss.right, growth: growth)
        let own = try recipe.fit(sample.data)
        let known = try GradientBoostingClassifier(growth).fit(sample.data)
        #expect(own.trees.treeCount == known.trees.treeCount)
        #expect(own.trees.treeCount < 60)
        expectClose(
            try own.probabilities(sample.features), try known.probabilities(sample.features),
            absolute: 1e-10)
        #expect(try CustomBoostingClassifier<OwnLogLoss>(fileBytes: recipe.fileBytes) == recipe)
        let copy = try CustomBoostingModel<OwnLogLoss>(fileBytes: own.fileBytes)
        #expect(copy == own)
        #expect(copy.digest == own.digest)
        let json = try JSONEncoder().encode(own)
        #expect(try JSONDecoder().decode(CustomBoostingModel<OwnLogLoss>.self, from: json) == own)
        // A loss of another kind does not read the file.
        #expect(
            modelError { _ = try CustomBoostingModel<ShortfallLoss>(fileBytes: own.fileBytes) }?
                .code == .invalidFile)
        // Nor is any shorter file read.
        for length in stride(from: 0, to: own.fileBytes.count, by: 97) {
            #expect(
                modelError {
                    _ = try CustomBoostingModel<OwnLogLoss>(
                        fileBytes: Array(own.fileBytes.prefix(length)))
                } != nil)
        }
    }

    @Test("regression files and the same bytes for any number of threads")
    func files() throws {
        let sample = RegressionSample(rows: 300, columns: 4, seed: 34)
        let recipe = CustomBoostingRegressor(
            ShortfallLoss(factor: 2), growth: BoostingGrowth(roundCount: 5))
        #expect(try CustomBoostingRegressor<ShortfallLoss>(fileBytes: recipe.fileBytes) == recipe)
        let model = try recipe.fit(features: sample.features, targets: sample.targets)
        let copy = try CustomBoostingRegressorModel<ShortfallLoss>(fileBytes: model.fileBytes)
        #expect(try copy.predictions(sample.features) == model.predictions(sample.features))
        #expect(
            modelError {
                _ = try CustomBoostingRegressor(ShortfallLoss(factor: 0))
                    .fit(features: sample.features, targets: sample.targets)
            }?.code == .invalidRecipe)
    }

    @Test("a loss that goes wrong is refused by what it gave")
    func refusals() throws {
        let data = try LogisticSample(rows: 100, columns: 3, seed: 35).data
        func error(_ loss: OwnLogLoss) -> ModelError? {
            modelError { _ = try CustomBoostingClassifier(loss).fit(data) }
        }
        #expect(error(.right) == nil)
        #expect(error(.notFinite)?.code == .nonFinite)
        #expect(error(.notFinite)?.message.contains("own-log-loss.1") == true)
        #expect(error(.concave)?.code == .nonFinite)
        #expect(error(.infiniteBase)?.code == .nonFinite)
        let strange = try CustomBoostingClassifier(OwnLogLoss.noProbability).fit(data)
        #expect(
            modelError { _ = try strange.probabilities(data.features) }?.code == .invalidValue)
        let three = try ClassificationData(
            features: data.features,
            labels: ClassLabels(
                codes: (0..<100).map { $0 % 3 }, classes: ["a", "b", "c"]))
        #expect(
            modelError { _ = try CustomBoostingClassifier(OwnLogLoss.right).fit(three) }?.code
                == .tooManyClasses)
    }
}
