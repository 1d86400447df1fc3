// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

struct TableSplitTests {
    private func table(rowCount: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        return try Table([
            .numeric("id", (0..<rowCount).map(Double.init)),
            .categorical(
                "class",
                (0..<rowCount).map { _ in
                    let draw = Int.random(in: 0..<20, using: &generator)
                    return draw == 0 ? nil : draw < 6 ? "bad" : draw < 8 ? "ugly" : "good"
                }),
        ])
    }

    private func ids(_ table: Table) throws -> [Double] {
        try #require(try table[column: "id"].numbers)
    }

    @Test(arguments: propertySeeds(30))
    func partsAreDisjointCompleteInOrderAndInProportion(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let table = try table(rowCount: Int.random(in: 20...200, using: &generator), seed: seed)
        let fraction = Double.random(in: 0.1...0.9, using: &generator)
        for name in [nil, "class"] {
            let (train, test) = try table.split(
                testFraction: fraction, stratifiedBy: name, seed: seed)
            let (first, second) = (try ids(train), try ids(test))
            #expect((first + second).sorted() == (try ids(table)))
            #expect(first == first.sorted() && second == second.sorted())
            #expect(second.count == Int((Double(table.rowCount) * fraction).rounded()))
            if name == nil { continue }
            let share = Double(test.rowCount) / Double(table.rowCount)
            for value in [nil, "bad", "ugly", "good"] as [String?] {
                let all = try #require(try table[column: "class"].texts).count { $0 == value }
                let tested = try #require(try test[column: "class"].texts).count { $0 == value }
                #expect(
                    abs(Double(tested) - share * Double(all)) < 1,
                    "\(value ?? "missing"): \(tested) of \(all)")
            }
        }
    }

    @Test func theSeedDecides() throws {
        let table = try table(rowCount: 100, seed: 5)
        let first = try table.split(testFraction: 0.3, stratifiedBy: "class", seed: 1)
        let again = try table.split(testFraction: 0.3, stratifiedBy: "class", seed: 1)
        let other = try table.split(testFraction: 0.3, stratifiedBy: "class", seed: 2)
        #expect(first.test == again.test && first.train == again.train)
        #expect(first.test != other.test)
    }

    /// Over many seeds every row is tested about equally often.
    @Test func everyRowIsTestedEquallyOften() throws {
        let table = try table(rowCount: 40, seed: 9)
        var counts = [Double](repeating: 0, count: 40)
        for seed in 0..<500 as Range<UInt64> {
            let test = try table.split(testFraction: 0.25, seed: seed).test
            for id in try ids(test) { counts[Int(id)] += 1 }
        }
        // Binomial(500, 1/4): five standard deviations are 48.
        for count in counts { #expect(abs(count - 125) < 48) }
    }

    /// Strata of equal size must not send the same positions to the test part.
    @Test func strataAreDrawnIndependently() throws {
        let table = try Table([
            .numeric("id", (0..<60).map(Double.init)),
            .categorical("class", (0..<60).map { $0 < 30 ? "good" : "bad" }),
        ])
        let test = try ids(
            table.split(testFraction: 0.5, stratifiedBy: "class", seed: 4).test)
        #expect(test.prefix(15).map { $0 + 30 } != Array(test.suffix(15)))
    }

    @Test func impossibleSplitsAreRefused() throws {
        let table = try table(rowCount: 10, seed: 1)
        for fraction in [0, 1, -0.5, 2, 0.01, 0.99, .nan] as [Double] {
            let error = #expect(throws: FeatureError.self) {
                try table.split(testFraction: fraction, seed: 1)
            }
            #expect(error?.code == .invalidParameter)
        }
        #expect(throws: FeatureError.self) {
            try table.split(testFraction: 0.5, stratifiedBy: "x", seed: 1)
        }
    }
}
