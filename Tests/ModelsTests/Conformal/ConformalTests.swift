// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("ME13: conformal sets")
struct ConformalTests {
    /// Three classes of different shares along a line.
    private func sample(_ count: Int, seed: UInt64) throws -> ClassificationData {
        var generator = TestGenerator(seed: seed)
        var rows: [[Double]] = []
        var codes: [Int] = []
        for _ in 0..<count {
            let code = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2][Int.random(in: 0..<10, using: &generator)]
            rows.append([
                Double.random(in: -1.4...1.4, using: &generator) + Double(code),
                Double.random(in: -1...1, using: &generator),
            ])
            codes.append(code)
        }
        return try ClassificationData(
            features: Matrix(rows: rows),
            labels: ClassLabels(codes: codes, classes: ["a", "b", "c"]))
    }

    @Test("sets are those of the definition", arguments: ConformalScore.allCases)
    func definition(score: ConformalScore) throws {
        let data = try sample(300, seed: 3)
        for isClassConditional in [false, true] {
            let recipe = ConformalClassifier(
                NaiveBayes(.gaussian()), score: score, isClassConditional: isClassConditional,
                calibrationShare: 0.3, seed: 6)
            let model = try recipe.fit(data)
            let fold = try ShuffleSplit(validationShare: 0.3, seed: 6).folds(
                of: SplitRows(labels: data.labels))[0]
            let base = try NaiveBayes(.gaussian()).fit(data.selecting(rows: fold.training))
            #expect(model.model == base)
            func strangeness(_ probabilities: [Double], _ code: Int) -> Double {
                score == .probability
                    ? 1 - probabilities[code]
                    : probabilities.filter { $0 >= probabilities[code] }.reduce(0, +)
            }
            let all = try base.classProbabilities(data.features)
            let new = try sample(40, seed: 4)
            let probabilities = try base.classProbabilities(new.features)
            let sets = try model.predictionSets(new.features, coverage: 0.8)
            for row in 0..<40 {
                var expected: [String] = []
                for code in 0..<3 {
                    let own = strangeness(probabilities.row(row).elements, code)
                    let rows = fold.validation.filter {
                        !isClassConditional || data.labels.codes[$0] == code
                    }
                    let stranger = rows.count {
                        strangeness(all.row($0).elements, data.labels.codes[$0]) >= own
                    }
                    if Double(1 + stranger) / Double(1 + rows.count) > 1 - 0.8 {
                        expected.append(["a", "b", "c"][code])
                    }
                }
                #expect(sets[row] == expected)
            }
            if score == .cumulative, !isClassConditional {
                #expect(sets.allSatisfy { !$0.isEmpty })
            }
        }
    }

    @Test("sets hold the true class as often as promised, in every class where that is asked for")
    func coverage() throws {
        let data = try sample(3000, seed: 11)
        let new = try sample(3000, seed: 12)
        for score in ConformalScore.allCases {
            for isClassConditional in [false, true] {
                let model = try ConformalClassifier(
                    LogisticChoice.recipe, score: score, isClassConditional: isClassConditional,
                    calibrationShare: 0.5
                ).fit(data)
                let sets = try model.predictionSets(new.features, coverage: 0.9)
                func covered(_ rows: [Int]) -> Double {
                    let count = rows.count { row in
                        sets[row].contains(["a", "b", "c"][new.labels.codes[row]])
                    }
                    return Double(count) / Double(rows.count)
                }
                let overall = covered(Array(0..<3000))
                // Three standard errors of calibration and new rows together.
                #expect(overall > 0.9 - 3 * (0.09 / 1500 + 0.09 / 3000).squareRoot())
                if score == .probability { #expect(overall < 0.93) }
                let byClass = (0..<3).map { code in
                    covered((0..<3000).filter { new.labels.codes[$0] == code })
                }
                if isClassConditional {
                    #expect(
                        byClass.allSatisfy { $0 > 0.9 - 3 * (0.09 / 140 + 0.09 / 290).squareRoot() }
                    )
                } else if score == .probability {
                    // The rare class pays for the frequent ones.
                    #expect(byClass[2] < 0.8)
                }
            }
        }
    }

    private enum LogisticChoice {
        static let recipe = MultinomialRegression(penalty: .l2(C: 1))
    }

    @Test("files read back, and forged ones are refused")
    func files() throws {
        let data = try sample(60, seed: 5)
        let model = try ConformalClassifier(
            NaiveBayes(.gaussian()), isClassConditional: true, calibrationShare: 0.4
        ).fit(data)
        let copy = try type(of: model).init(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(try copy.pValues(data.features) == model.pValues(data.features))
        #expect(copy.isClassConditional)
        #expect(
            modelError { _ = try model.predictionSets(data.features, coverage: 1) }?.code
                == .invalidValue)
        checkEveryByte(model)
    }
}
