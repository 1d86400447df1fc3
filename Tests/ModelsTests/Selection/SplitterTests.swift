// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: splitters")
struct SplitterTests {
    private func rows(seed: UInt64) throws -> SplitRows {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 60...120, using: &generator)
        return try SplitRows(
            labels: ClassLabels(
                (0..<count).map { _ in Int.random(in: 0...3, using: &generator) == 0 }),
            groups: (0..<count).map { _ in "g\(Int.random(in: 0...20, using: &generator))" },
            times: (0..<count).map { _ in Double(Int.random(in: 0...30, using: &generator)) })
    }

    private func expectPartition(_ folds: [Fold], _ count: Int) {
        #expect(folds.flatMap(\.validation).sorted() == Array(0..<count))
        for fold in folds {
            #expect((fold.training + fold.validation).sorted() == Array(0..<count))
            #expect(!fold.training.isEmpty && !fold.validation.isEmpty)
        }
    }

    @Test("k-fold holds out every row once, in folds of one size", arguments: propertySeeds(5))
    func kFold(seed: UInt64) throws {
        let rows = try rows(seed: seed)
        let folds = try KFold(foldCount: 7, seed: seed).folds(of: rows)
        expectPartition(folds, rows.count)
        let sizes = folds.map(\.validation.count)
        #expect(sizes.max()! - sizes.min()! <= 1)
        #expect(try KFold(foldCount: 7, seed: seed &+ 1).folds(of: rows) != folds)
        let runs = try KFold(foldCount: 7, isShuffled: false).folds(of: rows)
        expectPartition(runs, rows.count)
        #expect(runs.flatMap(\.validation) == Array(0..<rows.count))
    }

    @Test("groups stay together", arguments: propertySeeds(5))
    func groups(seed: UInt64) throws {
        let rows = try rows(seed: seed)
        let groups = try #require(rows.groups)
        let splits = try [
            GroupedKFold(foldCount: 4, seed: seed).folds(of: rows),
            StratifiedGroupedKFold(foldCount: 4, seed: seed).folds(of: rows),
            LeaveOneGroupOut().folds(of: rows),
        ]
        for folds in splits {
            expectPartition(folds, rows.count)
            for fold in folds {
                let held = Set(fold.validation.map { groups[$0] })
                #expect(held.isDisjoint(with: fold.training.map { groups[$0] }))
            }
        }
        #expect(splits[2].count == Set(groups).count)
        // Stratified folds are nearer to the common share of positives.
        func spread(_ folds: [Fold]) -> Double {
            let labels = rows.labels.isPositive
            let counts = folds.map { $0.validation.count { labels[$0] } }
            return Double(counts.max()! - counts.min()!)
        }
        #expect(spread(splits[1]) <= spread(splits[0]) + 1)
    }

    @Test("nothing is fitted to the future, and no time is parted", arguments: propertySeeds(5))
    func times(seed: UInt64) throws {
        let rows = try rows(seed: seed)
        let times = try #require(rows.times)
        let folds = try TimeOrderedSplit(foldCount: 4, window: 12, gap: 2).folds(of: rows)
        var last = -Double.infinity
        for fold in folds {
            let start = fold.validation.map { times[$0] }.min()!
            #expect(start > last)
            last = fold.validation.map { times[$0] }.max()!
            for row in times.indices {
                let isFitted = times[row] < start - 2 && times[row] >= start - 14
                #expect(fold.training.contains(row) == isFitted)
            }
        }
        #expect(last == times.max())
    }

    @Test("a shuffle split has the share of every class", arguments: propertySeeds(5))
    func shuffle(seed: UInt64) throws {
        let rows = try rows(seed: seed)
        let repeated = Repeated(ShuffleSplit(validationShare: 0.3), seeds: [seed, 4, 5])
        let folds = try repeated.folds(of: rows)
        #expect(folds.map(\.seed) == [seed, 4, 5])
        for fold in folds {
            #expect((fold.training + fold.validation).sorted() == Array(0..<rows.count))
            for code in 0...1 {
                let all = rows.labels.codes.count { $0 == code }
                let held = fold.validation.count { rows.labels.codes[$0] == code }
                #expect(abs(Double(held) - 0.3 * Double(all)) <= 0.5)
            }
        }
        #expect(folds[0].validation != folds[1].validation)
    }

    @Test("rows that a splitter cannot split are refused with the numbers")
    func refusals() throws {
        let labels = ClassLabels([true, true, true, false])
        let bare = try SplitRows(labels: labels)
        let timed = try SplitRows(labels: labels, times: [1, 1, 1, 2])
        let grouped = try SplitRows(labels: labels, groups: ["a", "a", "b", "b"])
        func message(_ splitter: some Splitter, _ rows: SplitRows) -> String? {
            let error = modelError { _ = try splitter.folds(of: rows) }
            return error?.code == .invalidSplit ? error?.message : nil
        }
        #expect(message(KFold(foldCount: 5), bare) == "4 rows for 5 folds")
        #expect(message(KFold(foldCount: 1), bare) == "1 folds, at least 2 are needed")
        #expect(message(GroupedKFold(foldCount: 2), bare)?.contains("needs the group") == true)
        #expect(message(GroupedKFold(foldCount: 3), grouped) == "2 groups for 3 folds")
        #expect(message(StratifiedGroupedKFold(foldCount: 2), grouped) != nil)
        #expect(message(TimeOrderedSplit(), bare)?.contains("needs the time") == true)
        #expect(message(TimeOrderedSplit(foldCount: 5), timed) != nil)
        // All rows before the last are of one time, so that nothing comes before them.
        #expect(message(TimeOrderedSplit(foldCount: 2, validationCount: 1), timed) != nil)
        #expect(message(TimeOrderedSplit(foldCount: 1, gap: -1), timed) != nil)
        #expect(message(TimeOrderedSplit(foldCount: .max, validationCount: 2), timed) != nil)
        #expect(message(ShuffleSplit(validationShare: 1), bare) != nil)
        #expect(message(ShuffleSplit(), bare) == "class false has 1 rows for 2 parts")
        #expect(message(Repeated(KFold(), seeds: []), bare) != nil)
        #expect(modelError { _ = try SplitRows(labels: labels, groups: ["a"]) } != nil)
        #expect(modelError { _ = try SplitRows(labels: labels, times: [1, 2, .nan, 3]) } != nil)
    }

    @Test("leave-one-out gives every row the probability of a fit to all others")
    func leaveOneOut() throws {
        let sample = LogisticSample(rows: 30, columns: 2)
        let data = try sample.data
        let recipe = LogisticRegression()
        let found = try CrossValidation(LeaveOneRowOut()).outOfFoldProbabilities(
            of: recipe, on: data)
        for row in [0, 17, 29] {
            let others = (0..<30).filter { $0 != row }
            let model = try recipe.fit(
                features: sample.features.gatheringRows(others),
                labels: others.map { sample.labels[$0] })
            let expected = try model.probabilities(sample.features.gatheringRows([row]))[0]
            #expect(found[row, 1] == expected)
        }
        let scored = modelError {
            _ = try CrossValidation(LeaveOneRowOut()).evaluate(recipe, on: data)
        }
        #expect(scored?.code == .invalidSplit)
        let overlapping = modelError {
            _ = try CrossValidation(Repeated(KFold(foldCount: 3), seeds: [1, 2]))
                .outOfFoldProbabilities(of: recipe, on: data)
        }
        #expect(overlapping?.message == "row 0 is held out 2 times, not once")
    }

    @Test("tables are split by groups and by time")
    func tables() throws {
        let table = try LoanTable.make(rows: 150)
        let groups = (0..<150).map { "borrower \($0 / 3)" }
        let grouped = try CrossValidation(GroupedKFold(foldCount: 3)).evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad", groups: groups)
        for fold in grouped.folds {
            let held = Set(fold.rows.map { groups[$0] })
            #expect(held.count * 3 == fold.rows.count)
        }
        let inTime = try CrossValidation(TimeOrderedSplit(foldCount: 2)).evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad",
            times: (0..<150).map(Double.init))
        #expect(inTime.folds.map(\.rows) == [Array(50..<100), Array(100..<150)])
        #expect(inTime.outOfFoldProbabilities(seed: 0) == nil)
        let alone = try CrossValidation(KFold(foldCount: 3, seed: 2)).outOfFoldProbabilities(
            of: LoanTable.recipe, on: table, target: "outcome", positive: "bad")
        let report = try CrossValidation(KFold(foldCount: 3, seed: 2)).evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad")
        #expect(report.outOfFoldProbabilities(seed: 2) == alone)
    }

    @Test("the paired test takes two reports of the same folds, and no others")
    func pairedTest() throws {
        let data = try LogisticSample(rows: 200).data
        let plan = CrossValidation(foldCount: 2, seeds: 0..<5)
        let first = try plan.evaluate(LogisticRegression(), on: data)
        let second = try plan.evaluate(NaiveBayes(.gaussian()), on: data)
        let test = try PairedRepetitionTest(first, second, score: \.logLoss)
        let direct = try PairedRepetitionTest(
            differences: (0..<5).map { repetition in
                (0..<2).map { fold in
                    first.folds[2 * repetition + fold].scores.logLoss
                        - second.folds[2 * repetition + fold].scores.logLoss
                }
            })
        #expect(test == direct)
        #expect(try PairedRepetitionTest(first, first, score: \.rocAUC).fPValue == 1)
        let other = try CrossValidation(foldCount: 2, seeds: 1..<6).evaluate(
            LogisticRegression(), on: data)
        #expect(modelError { _ = try PairedRepetitionTest(first, other, score: \.gini) } != nil)
        #expect(modelError { _ = try PairedRepetitionTest(differences: [[0.1, 0.2]]) } != nil)
        let constant = try PairedRepetitionTest(differences: [[0.1, 0.1], [0.1, 0.1]])
        #expect(constant.fPValue == 0 && constant.tPValue == 0)
    }
}
