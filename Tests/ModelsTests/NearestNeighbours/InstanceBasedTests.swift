// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("KN2: instance-based learning")
struct InstanceBasedTests {
    private func sample(_ rows: Int, seed: UInt64) -> (Matrix<Double>, [Bool]) {
        var generator = TestGenerator(seed: seed)
        let features = NearestNeighbourTests.grid(rows, 3, seed: seed, upTo: 6)
        let labels = (0..<rows).map { row -> Bool in
            features[row, 0] + Double.random(in: -3...3, using: &generator) > 3
        }
        return (features, labels)
    }

    @Test(
        "the count is that of the most hits when each row is left out", arguments: propertySeeds(4))
    func leaveOneOut(_ seed: UInt64) throws {
        let (features, labels) = sample(60, seed: seed)
        let model = try NearestNeighbourClassifier.instanceBased(upTo: 9)
            .fit(features: features, labels: labels)
        // Scaled once with all rows, as the model does.
        var scaled = features
        for column in 0..<3 {
            let values = features.column(column).elements
            let (low, high) = (values.min()!, values.max()!)
            for row in 0..<60 { scaled[row, column] = (values[row] - low) * (1 / (high - low)) }
        }
        let hits = try (1...9).map { count in
            try (0..<60).filter { row in
                let others = (0..<60).filter { $0 != row }
                let one = try NearestNeighbourClassifier(NeighbourSearch(.count(count))).fit(
                    features: scaled.gatheringRows(others), labels: others.map { labels[$0] })
                return try one.predictedClasses(scaled.gatheringRows([row]))[0] == "\(labels[row])"
            }.count
        }
        let best = hits.firstIndex(of: hits.max()!)! + 1
        #expect(model.search.neighbourhood == .count(best))
        #expect(try NearestNeighbourModel(fileBytes: model.fileBytes) == model)
    }

    @Test("a row of weight 2 is a neighbour of itself when it is left out")
    func repeatedRows() throws {
        let (features, labels) = sample(40, seed: 21)
        let repeated = (0..<40).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
        let recipe = NearestNeighbourClassifier.instanceBased(upTo: 7)
        let weighted = try recipe.fit(
            features: features, labels: labels, weights: (0..<40).map { Double(1 + $0 % 3) })
        let longer = try recipe.fit(
            features: features.gatheringRows(repeated), labels: repeated.map { labels[$0] })
        #expect(weighted.search == longer.search)
    }

    @Test("a window keeps the latest rows, also through updates")
    func window() throws {
        let (features, labels) = sample(90, seed: 3)
        let recipe = NearestNeighbourClassifier.instanceBased(upTo: 5, window: 40)
        func part(_ rows: Range<Int>) -> (Matrix<Double>, [Bool]) {
            (features.gatheringRows(Array(rows)), Array(labels[rows]))
        }
        let latest = try recipe.fit(features: part(50..<90).0, labels: part(50..<90).1)
        #expect(latest.rowCount == 40)
        #expect(try recipe.fit(features: features, labels: labels) == latest)
        var stream = try recipe.fit(features: part(0..<30).0, labels: part(0..<30).1)
        for start in stride(from: 30, to: 90, by: 20) {
            let (rows, classes) = part(start..<start + 20)
            stream = try stream.updated(with: rows, labels: ClassLabels(classes))
        }
        #expect(stream == latest)
        let error = modelError {
            _ = try stream.updated(with: .zeros(1, 3), labels: ClassLabels(["perhaps"]))
        }
        #expect(error?.code == .invalidLabels)
    }

    @Test(
        "ten-fold AUC on German credit: 25 neighbours by 1/d at least 0.758",
        .enabled(if: SharedData.isAvailable))
    func german() throws {
        let pipeline = Pipeline(.impute(.median), .standardise(), .oneHot(unknown: .ignore))
        let report = try CrossValidation(foldCount: 10, seeds: 0..<3).evaluate(
            pipeline.then(
                NearestNeighbourClassifier(
                    NeighbourSearch(.count(25), weighting: .inverseDistance))),
            on: GermanTable.load(), target: "class", positive: "2")
        #expect(report.summary(of: \.rocAUC).mean >= 0.758, "\(report.summary(of: \.rocAUC))")
    }
}
