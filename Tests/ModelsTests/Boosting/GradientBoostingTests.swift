// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("GB1: gradient boosting")
struct GradientBoostingTests {
    @Test("one tree of two leaves is Newton's step")
    func newtonStep() throws {
        let sample = LogisticSample(rows: 200, columns: 1, seed: 4)
        let model = try GradientBoostingClassifier(
            BoostingGrowth(roundCount: 1, learningRate: 0.3, leafLimit: 2, l1: 0.5, l2: 2)
        ).fit(sample.data)
        let share = Double(sample.labels.filter { $0 }.count) / 200
        expectClose(model.trees.baseValues[0], log(share / (1 - share)), relative: 1e-13)
        let nodes = model.trees.nodes(ofTree: 0)
        guard case .threshold(_, let limit)? = nodes[0].split else {
            Issue.record("no split")
            return
        }
        func step(_ rows: [Int]) -> (value: Double, score: Double) {
            let g = rows.reduce(0) { $0 + ((sample.labels[$1] ? 1 : 0) - share) }
            let h = Double(rows.count) * share * (1 - share)
            let size = max(0, abs(g) - 0.5) * (g < 0 ? -1 : 1)
            return (0.3 * size / (h + 2), size * size / (h + 2))
        }
        func sides(_ limit: Double) -> [[Int]] {
            let values = sample.features.column(0).elements
            return [
                values.indices.filter { values[$0] <= limit },
                values.indices.filter { values[$0] > limit },
            ]
        }
        for (node, rows) in zip(nodes.dropFirst(), sides(limit)) {
            expectClose(node.values[0], step(rows).value, relative: 1e-12)
            #expect(node.cover == Double(rows.count))
        }
        // No cut gains more.
        let best = sides(limit).reduce(0) { $0 + step($1).score }
        for value in sample.features.column(0).elements {
            let parts = sides(value).filter { !$0.isEmpty }
            let curvature = parts.map { Double($0.count) * share * (1 - share) }.min() ?? 0
            guard parts.count == 2, curvature >= 1 else { continue }
            #expect(parts.reduce(0) { $0 + step($1).score } <= best * (1 + 1e-7))
        }
    }

    @Test("losses fall round by round and stages end in the model")
    func stages() throws {
        let sample = LogisticSample(rows: 300, columns: 5, seed: 5)
        let data = try sample.data
        let model = try GradientBoostingClassifier(
            BoostingGrowth(roundCount: 20, leafLimit: 5)
        ).fit(data)
        let stages = try model.stagedProbabilities(sample.features, every: 4)
        #expect(stages.count == 5)
        #expect(try stages[4] == model.classProbabilities(sample.features))
        let losses = stages.map { stage in
            sample.labels.indices.reduce(0) { sum, row in
                sum - log(stage[row, sample.labels[row] ? 1 : 0])
            }
        }
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test("more rounds give the model of that many rounds")
    func continued() throws {
        let data = try LogisticSample(rows: 250, columns: 4, seed: 6).data
        func recipe(_ rounds: Int) -> GradientBoostingClassifier {
            GradientBoostingClassifier(
                BoostingGrowth(roundCount: rounds, leafLimit: 6, rowShare: 0.8))
        }
        let longer = try recipe(5).fit(data).adding(rounds: 7, from: data)
        #expect(longer.roundCount == 12)
        expectClose(
            try longer.probabilities(data.features),
            try recipe(12).fit(data).probabilities(data.features), absolute: 1e-9)
    }

    @Test("early stopping keeps the rounds up to the least validation loss")
    func earlyStopping() throws {
        let data = try LogisticSample(rows: 300, columns: 4, seed: 7).data
        let held = try LogisticSample(rows: 300, columns: 4, seed: 8).data
        let recipe = GradientBoostingClassifier(
            BoostingGrowth(
                roundCount: 200, learningRate: 0.3,
                earlyStopping: EarlyStopping(patience: 5)))
        var losses: [Double] = []
        let model = try recipe.fit(data, validation: held) { losses.append($0.objective ?? .nan) }
        #expect(losses.count < 200)
        #expect(losses.firstIndex(of: losses.min()!) == model.roundCount - 1)
        #expect(losses.count == model.roundCount + 5)
        let probabilities = try model.probabilities(held.features)
        let loss = zip(probabilities, held.labels.isPositive).reduce(0) {
            $0 - log($1.1 ? $1.0 : 1 - $1.0) / 300
        }
        expectClose(loss, losses.min()!, relative: 1e-12)
        // Without validation rows some of the data are held out.
        #expect(try recipe.fit(data).roundCount < 200)
    }

    @Test("features of different groups do not meet in a tree")
    func interactions() throws {
        let data = try LogisticSample(rows: 400, columns: 6, seed: 9).data
        let model = try GradientBoostingClassifier(
            BoostingGrowth(
                roundCount: 15, leafLimit: 12,
                interactions: [["x0", "x1"], ["x1", "x2", "x3"]])
        ).fit(data)
        let groups: [Set<String>] = [["x0", "x1"], ["x1", "x2", "x3"], ["x4"], ["x5"]]
        var pairs = 0
        for tree in 0..<model.trees.treeCount {
            let nodes = model.trees.nodes(ofTree: tree)
            func walk(_ index: Int, _ way: Set<String>) {
                guard case .threshold(let feature, _)? = nodes[index].split else { return }
                let own = way.union([feature])
                #expect(groups.contains { own.isSubset(of: $0) }, "\(own)")
                if own.count > 1 { pairs += 1 }
                walk(nodes[index].leftChild, own)
                walk(nodes[index].leftChild + 1, own)
            }
            walk(0, [])
        }
        #expect(pairs > 0)
    }

    @Test(
        "limits on leaves and depth hold, by both orders", arguments: BoostingGrowth.Order.allCases)
    func limits(_ order: BoostingGrowth.Order) throws {
        let data = try LogisticSample(rows: 500, columns: 5, seed: 10).data
        let model = try GradientBoostingClassifier(
            BoostingGrowth(
                roundCount: 4, order: order, leafLimit: 9, depthLimit: 4,
                minimumLeafCurvature: 0.5)
        ).fit(data)
        for tree in 0..<4 {
            #expect(model.trees.leafCount(ofTree: tree) <= 9)
            #expect(model.trees.depth(ofTree: tree) <= 4)
        }
        #expect(model.trees.leafCount(ofTree: 0) == 9)
    }

    @Test("three classes, counts and quantiles")
    func losses() throws {
        let sample = RegressionSample(rows: 600, columns: 4, seed: 11)
        let codes = sample.targets.map { $0 < 4 ? 0 : $0 < 7 ? 1 : 2 }
        let three = try GradientBoostingClassifier(BoostingGrowth(roundCount: 20)).fit(
            ClassificationData(
                features: sample.features,
                labels: ClassLabels(codes: codes, classes: ["a", "b", "c"])))
        let predicted = try three.predictedClasses(sample.features)
        let right = zip(predicted, codes).filter { $0 == ["a", "b", "c"][$1] }.count
        #expect(Double(right) / 600 > 0.85)

        let upper = try GradientBoostingRegressor(
            BoostingGrowth(roundCount: 60, leafLimit: 6), loss: .quantile(0.9)
        ).fit(features: sample.features, targets: sample.targets)
        let above = zip(try upper.predictions(sample.features), sample.targets)
            .filter { $0 >= $1 }.count
        #expect(abs(Double(above) / 600 - 0.9) < 0.03)

        let counts = sample.targets.map { max(0, $0.rounded()) }
        let poisson = try GradientBoostingRegressor(
            BoostingGrowth(roundCount: 60, leafLimit: 6), loss: .poisson
        ).fit(features: sample.features, targets: counts)
        let means = try poisson.predictions(sample.features)
        #expect(means.allSatisfy { $0 > 0 })
        // The mean is kept up to the shrinkage of leaves.
        expectClose(means.reduce(0, +), counts.reduce(0, +), relative: 0.02)
        #expect(
            modelError {
                _ = try GradientBoostingRegressor(loss: .poisson).fit(
                    features: sample.features, targets: counts.map { $0 - 3 })
            }?.code == .invalidValue)
    }
}

@Suite(
    "GB1: boosting on German and Taiwanese credit",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct BoostingCreditTests {
    /// Ten seeds are in `Documentation/Papers/ForestsAndMachines.md`.
    @Test("ten-fold AUC on German credit is at least 0.790")
    func german() throws {
        let recipe = Pipeline(.impute(.median), .oneHot(unknown: .ignore)).then(
            GradientBoostingClassifier(
                BoostingGrowth(
                    roundCount: 400, learningRate: 0.02, leafLimit: 8, depthLimit: 4,
                    minimumLeafCurvature: 2, l2: 5, rowShare: 0.5, featureShare: 0.2, seed: 1)))
        let report = try CrossValidation(foldCount: 10, seeds: [0]).evaluate(
            recipe, on: GermanTable.load(), target: "class", positive: "2")
        #expect(report.summary(of: \.rocAUC).mean >= 0.790)
    }

    /// Ten folds, ten seeds and more rounds are in `Documentation/Papers/ForestsAndMachines.md`.
    @Test("three-fold AUC on Taiwan's card holders is at least 0.778")
    func taiwan() throws {
        let recipe = Pipeline(.exclude("ID")).then(
            GradientBoostingClassifier(
                BoostingGrowth(
                    roundCount: 80, learningRate: 0.1, leafLimit: 12, minimumLeafCurvature: 10,
                    l2: 5, rowShare: 0.7, featureShare: 0.5, seed: 1)))
        let report = try CrossValidation(foldCount: 3, seeds: [0]).evaluate(
            recipe, on: Table(csv: SharedData.url("taiwan/UCI_Credit_Card.csv")),
            target: "default.payment.next.month", positive: "1")
        #expect(report.summary(of: \.rocAUC).mean >= 0.778)
    }
}
