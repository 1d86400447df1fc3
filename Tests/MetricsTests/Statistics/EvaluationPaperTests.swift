// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Testing
import _CreditTestSupport

/// The statistics of paper 003's Tables 1 to 4: what the printed numbers imply, and the same
/// statistics of German credit.
///
/// `Documentation/Papers/Evaluation.md` states these numbers.
@Suite("ME14: paper 003, Tables 1 to 4") struct EvaluationPaperTests {
    struct Golden: Decodable {
        var groups, methods: [String]
        var labels: [Bool]
        var scores: [[[Double]]]
        var alpha: [Double]
        var differences: [[[Double]]]
    }

    static func golden() throws -> Golden {
        let url = try #require(
            Bundle.module.url(
                forResource: "metrics_evaluation", withExtension: "json", subdirectory: "Golden"))
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    @Test func germanCredit() throws {
        let golden = try Self.golden()
        #expect(golden.labels.count == 1000)
        for (scores, expected) in zip(golden.scores, golden.alpha) {
            expectClose(try CronbachAlpha(items: scores).alpha, expected, absolute: 1e-12)
        }
        let control = golden.scores[3]
        for (scores, rows) in zip(golden.scores, golden.differences) {
            for (index, expected) in rows.enumerated() {
                let test = try PairedTTest(
                    scores[index].map { $0 / 100 }, control[index].map { $0 / 100 })
                expectClose(
                    [
                        test.differences.mean, test.differences.standardDeviation,
                        test.differences.standardErrorOfMean, test.t, test.pValue,
                    ], expected, relative: 1e-9, absolute: 1e-12)
            }
        }
    }

    /// Mean, standard deviation and standard error of the mean, as printed.
    static let printed: [[(mean: Double, deviation: Double, error: Double)]] = [
        [(-1.34, 8.347, 1.682), (-2.73, 7.324, 1.685), (0.32, 7.685, 1.679), (0.44, 6.924, 1.680)],
        [(2.47, 9.642, 1.426), (1.36, 8.473, 1.424), (-0.32, 6.756, 1.429), (-0.92, 8.279, 1.431)],
        [
            (1.49, 11.624, 1.965), (1.42, 11.523, 1.923), (-1.33, 9.643, 1.275),
            (-1.28, 9.523, 1.243),
        ],
    ]

    @Test func printedSampleSizes() {
        let sizes = Self.printed.map { rows in
            rows.map { row in
                let ratio = row.deviation / row.error
                return (10 * ratio * ratio).rounded() / 10
            }
        }
        #expect(
            sizes == [
                [24.6, 18.9, 21.0, 17.0], [45.7, 35.4, 22.4, 33.5], [35.0, 35.9, 57.2, 58.7],
            ])
        // "0.262", called a standard error in the text, is the t of one row; 0.004 is nowhere.
        let ts = Self.printed.joined().map { $0.mean / $0.error }
        #expect(ts.filter { abs($0 - 0.262) < 0.0005 }.count == 1)
        #expect(!Self.printed.joined().contains { abs($0.error - 0.262) < 0.0005 })
        #expect(!ts.contains { abs(abs($0) - 0.004) < 0.0005 })
        #expect(ts.allSatisfy { abs($0) < 1.75 })
    }

    /// Items of equal variance and correlation r have alpha 4r / (1 + 3r),
    /// so a printed alpha has its r.
    @Test func printedAlphas() throws {
        for (alpha, r) in [(0.8447, 0.5762), (0.7644, 0.4479), (0.7224, 0.3942), (0.7382, 0.4135)] {
            expectClose(4 * r / (1 + 3 * r), alpha, absolute: 1e-4)
        }
    }
}
