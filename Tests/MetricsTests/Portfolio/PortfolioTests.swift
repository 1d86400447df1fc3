// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite("ME12: portfolios") struct PortfolioTests {
    @Test func migrationByHand() throws {
        let matrix = try MigrationMatrix(
            from: ["A", "A", "A", "B", "B", "C"], to: ["A", "A", "B", "A", "C", "C"],
            grades: ["A", "B", "C"])
        #expect(matrix.counts == [[2, 1, 0], [1, 0, 1], [0, 0, 1]])
        expectClose(matrix.probabilities[0], [2.0 / 3, 1.0 / 3, 0], absolute: 1e-15)
        #expect(matrix.stableShare == 0.5)
        expectClose(matrix.upgradedShare, 1.0 / 6, absolute: 1e-15)
        expectClose(matrix.downgradedShare, 2.0 / 6, absolute: 1e-15)
        expectClose(matrix.mobility, (3 - 2.0 / 3 - 0 - 1) / 2, absolute: 1e-15)
        let two = matrix.probabilities(after: 2)
        expectClose(two[0], [4.0 / 9 + 1.0 / 6, 2.0 / 9, 1.0 / 6], absolute: 1e-15)
        #expect(matrix.probabilities(after: 0) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
        for row in matrix.probabilities(after: 13) {
            expectClose(row.reduce(0, +), 1, absolute: 1e-14)
        }
        expectError(.unknownName, position: 1, "\"D\"") { () throws(MetricsError) in
            try MigrationMatrix(from: ["A", "D"], to: ["A", "A"], grades: ["A", "B"])
        }
    }

    @Test func vintagesByHand() throws {
        let table = try VintageTable(
            cohorts: ["q1", "q1", "q1", "q1", "q2", "q2", "q2", "q2"],
            monthsObserved: [6, 6, 6, 6, 3, 2, 3, 3],
            defaultMonths: [nil, 2, 5, nil, 1, nil, nil, 3])
        #expect(table.vintages.map(\.name) == ["q1", "q2"])
        #expect(table.vintages[0].cumulativeRates == [0, 0.25, 0.25, 0.25, 0.5, 0.5])
        // The second loan of q2 is alive and has been seen for two months only.
        #expect(table.vintages[1].cumulativeRates == [0.25, 0.25])
        #expect(table.vintages[0].hazards[1] == 0.25)
        expectClose(try #require(table.vintages[0].hazards[4]), 1.0 / 3, absolute: 1e-15)
        let weighted = try VintageTable(
            cohorts: ["q", "q"], monthsObserved: [2, 2], defaultMonths: [1, nil],
            weights: [3, 1])
        #expect(weighted.vintages[0].cumulativeRates == [0.75, 0.75])
        for (observed, month) in [(3, 4), (3, 0), (0, 1), (-1, nil)] as [(Int, Int?)] {
            expectError(.invalidParameter, position: 0, "observed for \(observed)") {
                () throws(MetricsError) in
                try VintageTable(
                    cohorts: ["q"], monthsObserved: [observed], defaultMonths: [month])
            }
        }
    }

    @Test func backtestOfARating() throws {
        let backtest = try RatingBacktest(
            defaults: [1, 6, 40], totals: [500, 300, 200], probabilities: [0.002, 0.02, 0.1])
        expectClose(
            backtest.statistic, backtest.grades.reduce(0) { $0 + $1.z * $1.z }, relative: 1e-15)
        #expect(backtest.pValue < 1e-4)
        #expect(try backtest.failingGrades() == [2])
        let right = try RatingBacktest(
            defaults: [1, 6, 20], totals: [500, 300, 200], probabilities: [0.002, 0.02, 0.1])
        #expect(try right.failingGrades().isEmpty)
        #expect(right.pValue > 0.9)
        expectError(.invalidProbability, "1.0") { () throws(MetricsError) in
            try DefaultRateTest(defaults: 1, total: 2, probability: 1)
        }
        expectError(.invalidWeight, "3.0 of 2.0") { () throws(MetricsError) in
            try DefaultRateTest(defaults: 3, total: 2, probability: 0.5)
        }
    }

    /// Under a right probability the exact test rejects at most as often as it says.
    @Test func binomialPValuesAreTails() throws {
        var sum = 0.0
        var coefficient = 1.0
        var tail = [Double](repeating: 0, count: 11)
        for k in 0...10 {
            tail[k] = coefficient
            for _ in 0..<k { tail[k] *= 0.3 }
            for _ in k..<10 { tail[k] *= 0.7 }
            coefficient *= Double(10 - k) / Double(k + 1)
        }
        for k in (0...10).reversed() {
            sum += tail[k]
            let test = try DefaultRateTest(defaults: Double(k), total: 10, probability: 0.3)
            expectClose(test.binomialPValue, sum, absolute: 1e-13)
        }
    }
}
