// SPDX-License-Identifier: Apache-2.0

import Models
import Testing
import _CreditTestSupport

@Suite("Stratified k-fold")
struct StratifiedKFoldTests {
    private func labels(seed: UInt64) throws -> ClassLabels {
        var generator = TestGenerator(seed: seed)
        let names = Array(["a", "b", "c", "d"].prefix(Int.random(in: 2...4, using: &generator)))
        // Every class has at least ten rows.
        var codes = (0..<names.count * 10).map { $0 % names.count }
        let more = Int.random(in: 0...200, using: &generator)
        for _ in 0..<more { codes.append(Int.random(in: 0..<names.count, using: &generator)) }
        return try ClassLabels(codes: codes.shuffled(using: &generator), classes: names)
    }

    @Test(
        "every row is held out once, and classes and folds differ by at most one row",
        arguments: propertySeeds(40))
    func shares(seed: UInt64) throws {
        let labels = try labels(seed: seed)
        let count = 2 + Int(seed % 9)
        let folds = try StratifiedKFold(foldCount: count, seed: seed).folds(of: labels)
        #expect(folds.count == count)
        #expect(folds.flatMap(\.validation).sorted() == Array(0..<labels.count))
        for fold in folds {
            #expect((fold.training + fold.validation).sorted() == Array(0..<labels.count))
            #expect(fold.training == fold.training.sorted())
            #expect(fold.validation == fold.validation.sorted())
        }
        func spread(_ counts: [Int]) -> Int { counts.max()! - counts.min()! }
        #expect(spread(folds.map(\.validation.count)) <= 1)
        for code in labels.classes.indices {
            let counts = folds.map { fold in
                fold.validation.count { labels.codes[$0] == code }
            }
            #expect(spread(counts) <= 1)
        }
    }

    @Test("the seed decides, and nothing else", arguments: propertySeeds(5))
    func seeds(seed: UInt64) throws {
        let labels = try labels(seed: seed)
        let folds = try StratifiedKFold(foldCount: 5, seed: seed).folds(of: labels)
        #expect(try StratifiedKFold(foldCount: 5, seed: seed).folds(of: labels) == folds)
        #expect(try StratifiedKFold(foldCount: 5, seed: seed &+ 1).folds(of: labels) != folds)
        // Shuffled: the first fold is not every fifth row of each class.
        let dealt = labels.classes.indices.flatMap { code in
            labels.codes.indices.filter { labels.codes[$0] == code }.enumerated()
                .filter { $0.offset % 5 == 0 }.map(\.element)
        }
        #expect(folds[0].validation != dealt.sorted())
    }

    @Test("folds are the same on every machine")
    func pinned() throws {
        let labels = (0..<20).map { $0 % 4 == 0 }
        let folds = try StratifiedKFold(foldCount: 5, seed: 42).folds(of: labels)
        #expect(folds.map(\.validation) == Self.pinnedFolds)
    }

    private static let pinnedFolds = [
        [1, 5, 15, 16], [6, 8, 10, 14], [4, 7, 17, 18], [2, 3, 12, 13], [0, 9, 11, 19],
    ]

    @Test("too many folds for a class are refused with both numbers")
    func tooManyFolds() {
        let labels = [true, true, true, false, false, false, false]
        let few = modelError { _ = try StratifiedKFold(foldCount: 4).folds(of: labels) }
        #expect(few?.code == .invalidSplit)
        #expect(few?.message == "class true has 3 rows for 4 folds")
        let one = modelError { _ = try StratifiedKFold(foldCount: 1).folds(of: labels) }
        #expect(one?.code == .invalidSplit)
    }
}
