// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CA1: calibrated classifiers and recipes")
struct CalibratedClassifierTests {
    private let sample = LogisticSample(rows: 600, seed: 21)
    private static let plans: [CalibrationPlan] = [
        .crossFitted(folds: 4), .ensemble(folds: 3), .heldOut(share: 0.3),
    ]

    private func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    @Test(
        "after class weights the mean calibrated probability is the base rate within its standard error",
        arguments: CalibrationMapTests.methods)
    func baseRate(method: CalibrationMethod) throws {
        // One temperature cannot move a mean.
        if method == .temperature || method == .beta(.fixedMiddle) { return }
        let rare = LogisticSample(rows: 3000, columns: 3, seed: 5)
        // One positive row of four is kept, so that the classes are not balanced.
        let rows = rare.labels.indices.filter { !rare.labels[$0] || $0 % 4 == 0 }
        let labels = rows.map { rare.labels[$0] }
        let features = rare.features.gatheringRows(rows)
        let base = LogisticRegression(classWeighting: .balanced)
        let share = mean(labels.map { $0 ? 1 : 0 })
        let error = (share * (1 - share) / Double(rows.count)).squareRoot()
        let plain = try base.fit(features: features, labels: labels).probabilities(features)
        #expect(abs(mean(plain) - share) > 10 * error)
        for plan in Self.plans {
            let model = try base.calibrated(method, plan: plan, seed: 2)
                .fit(features: features, labels: labels)
            let found = try mean(model.probabilities(features))
            // A held-out share is a smaller sample of the base rate, and the one probability of a
            // Venn-Abers interval lies nearer to 1/2 than its middle.
            var allowed = method == .vennAbers ? 2 * error : error
            if case .heldOut = plan { allowed = 2 * error }
            #expect(abs(found - share) < allowed, "\(plan): \(found) for \(share) +- \(error)")
        }
    }

    @Test("the cross-fitted map is that of out-of-fold probabilities, below a fit to all rows")
    func crossFitted() throws {
        let base = NaiveBayes(.gaussian())
        let recipe = base.calibrated(.isotonic, plan: .crossFitted(folds: 4), seed: 9)
        let data = try sample.data
        let model = try recipe.fit(data)
        let found = try CrossValidation(StratifiedKFold(foldCount: 4, seed: 9))
            .outOfFoldProbabilities(of: base, on: data)
        let map = try CalibrationMethod.isotonic.fit(
            classProbabilities: found, labels: data.labels)
        #expect(model.members.count == 1)
        #expect(model.members[0].calibrator == map)
        #expect(try model.members[0].model == base.fit(data))
        let raw = try base.fit(data).classProbabilities(data.features)
        #expect(
            try model.classProbabilities(data.features).elements
                == map.classProbabilities(raw).elements)
    }

    @Test("an ensemble averages its members")
    func ensemble() throws {
        let data = try sample.data
        let model = try LogisticRegression().calibrated(.platt, plan: .ensemble(folds: 3)).fit(data)
        #expect(model.members.count == 3)
        var sum = [Double](repeating: 0, count: data.rowCount)
        for member in model.members {
            let mapped = try member.calibrator.classProbabilities(
                member.model.classProbabilities(data.features))
            for row in sum.indices { sum[row] += mapped[row, 1] }
        }
        expectClose(try model.probabilities(data.features), sum.map { $0 / 3 }, relative: 1e-13)
        #expect(try model.probabilityIntervals(data.features) == nil)
    }

    @Test("Venn-Abers intervals hold the merged probability; folds are merged by geometric means")
    func vennAbers() throws {
        let data = try sample.data
        let one = try LogisticRegression().calibrated(.vennAbers, plan: .heldOut(share: 0.5))
            .fit(data)
        let intervals = try #require(try one.probabilityIntervals(data.features))
        for (interval, p) in zip(intervals, try one.probabilities(data.features)) {
            #expect(interval.contains(p))
        }
        let folds = try LogisticRegression().calibrated(.vennAbers, plan: .ensemble(folds: 3))
            .fit(data)
        let row = data.features.gatheringRows([17])
        var upper = 1.0
        var lowerRest = 1.0
        for member in folds.members {
            let alone = try member.model.calibrated(by: member.calibrator)
            let interval = try #require(try alone.probabilityIntervals(row))[0]
            upper *= interval.upperBound
            lowerRest *= 1 - interval.lowerBound
        }
        let (a, b) = (pow(upper, 1 / 3), pow(lowerRest, 1 / 3))
        expectClose(try folds.probabilities(row)[0], a / (a + b), relative: 1e-12)
    }

    @Test(
        "three classes sum to 1 and come closer to the truth",
        arguments: [
            CalibrationMethod.platt, .isotonic, .beta(), .temperature, .vennAbers,
        ])
    func threeClasses(method: CalibrationMethod) throws {
        var generator = TestGenerator(seed: 8)
        var rows: [[Double]] = []
        var codes: [Int] = []
        for _ in 0..<600 {
            let code = Int.random(in: 0...2, using: &generator)
            let x = Double.random(in: -1.5...1.5, using: &generator) + Double(code)
            // Three copies of one feature: naive Bayes counts its news three times.
            rows.append([x, x, x])
            codes.append(code)
        }
        let data = try ClassificationData(
            features: Matrix(rows: rows),
            labels: ClassLabels(codes: codes, classes: ["a", "b", "c"]))
        func loss(_ probabilities: Matrix<Double>) -> Double {
            codes.indices.reduce(0) { $0 - log(max(probabilities[$1, codes[$1]], 1e-9)) } / 600
        }
        let plain = try NaiveBayes(.gaussian()).fit(data).classProbabilities(data.features)
        let recipe = NaiveBayes(.gaussian()).calibrated(method, plan: .crossFitted(folds: 5))
        let model = try recipe.fit(data)
        let calibrated = try model.classProbabilities(data.features)
        #expect(loss(calibrated) < 0.8 * loss(plain), "\(loss(calibrated)) of \(loss(plain))")
        for row in 0..<600 {
            expectClose(calibrated.row(row).elements.reduce(0, +), 1, absolute: 1e-14)
        }
        let copy = try type(of: model).init(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(try copy.classProbabilities(data.features) == calibrated)
    }

    @Test("a calibrated recipe fits its pipeline in every fold, reads back and scores single rows")
    func table() throws {
        let table = try LoanTable.make(rows: 200)
        let weights = (0..<200).map { Double($0 % 3) }
        for plan in Self.plans {
            let recipe = LoanTable.recipe.calibrated(.platt, plan: plan, seed: 3)
            #expect(try type(of: recipe).init(fileBytes: recipe.fileBytes) == recipe)
            let model = try recipe.fit(
                table, target: "outcome", positive: "bad", weights: weights)
            let copy = try type(of: model).init(fileBytes: model.fileBytes)
            #expect(copy == model)
            #expect(copy.digest == model.digest)
            let batch = try model.probabilities(in: table)
            let alone = try (0..<200).map { try model.probability(of: table[$0]) }
            #expect(alone == batch)
            #expect(model.inputNames == ["amount", "age", "home"])
            let json = try JSONEncoder().encode(model)
            #expect(try JSONDecoder().decode(type(of: model), from: json) == model)
            let report = try CrossValidation(foldCount: 3).evaluate(
                recipe, on: table, target: "outcome", positive: "bad", weights: weights)
            #expect(report.summary(of: \.rocAUC).mean > 0.55)
        }
        let scorecard = Scorecard(BinningProcess(OptimalBinning(trend: .automaticMonotone)))
            .calibrated(.temperature, plan: .heldOut(share: 0.25))
        let card = try scorecard.fit(table, target: "outcome", positive: "bad")
        #expect(card.members.count == 1)
        #expect(try card.probabilities(in: table).allSatisfy { $0 > 0 && $0 < 1 })
    }

    @Test("fitted models take maps of their own and other class shares")
    func prefitted() throws {
        let table = try LoanTable.make()
        let model = try LoanTable.fitted()
        let shift = try PriorShift(from: [0.6, 0.4], to: [0.95, 0.05])
        let shifted = try model.calibrated(by: shift)
        #expect(
            try shifted.probabilities(in: table)
                == shift.probabilities(model.probabilities(in: table)))
        let inner = try model.model.calibrated(by: shift)
        let features = try model.features(of: table).matrix
        expectClose(
            try inner.probabilities(features), try shifted.probabilities(in: table),
            relative: 1e-13)
        let three = try PriorShift(from: [0.2, 0.3, 0.5], to: [0.5, 0.3, 0.2])
        #expect(modelError { _ = try model.calibrated(by: three) }?.code == .incompatible)
        #expect(modelError { _ = try model.model.calibrated(by: three) }?.code == .incompatible)
    }

    @Test("too few rows of a class and bad plans are refused")
    func refusals() throws {
        let few = modelError {
            _ = try LogisticRegression().calibrated().fit(
                features: Matrix(rows: [[1], [2], [3], [4], [5], [6], [7], [8]]),
                labels: [true, false, true, false, false, false, false, false])
        }
        #expect(few?.code == .invalidSplit)
        #expect(few?.message == "class true has 2 rows for 5 folds")
        let table = try LoanTable.make()
        let plan = modelError {
            _ = try LoanTable.recipe.calibrated(plan: .heldOut(share: 1)).fit(
                table, target: "outcome", positive: "bad")
        }
        #expect(plan?.code == .invalidRecipe)
        let weights = modelError {
            _ = try LoanTable.recipe.calibrated().fit(
                table, target: "outcome", positive: "bad", weights: [1])
        }
        #expect(weights?.code == .invalidWeights)
    }
}
