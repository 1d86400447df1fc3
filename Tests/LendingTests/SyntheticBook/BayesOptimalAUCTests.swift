// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lending
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite struct BayesOptimalAUCTests {
    struct Golden: Decodable {
        struct Case: Decodable {
            var defaultRate: Double
            var parts: [LoanBookPart]
            var auc: Double
        }
        var cases: [Case]
    }

    static let partSets: [Set<LoanBookPart>] =
        LoanBookPart.allCases.map { [$0] } + [.indicators, [.application, .text], .everything]

    /// Computed in Python with its own tables, convolution, root finder and sum over pairs.
    @Test(arguments: [0.05, 0.3]) func agreesWithAnIndependentComputation(
        defaultRate: Double
    ) throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "synthetic_book", withExtension: "json", subdirectory: "Golden"))
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let cases = golden.cases.filter { $0.defaultRate == defaultRate }
        try #require(cases.count == 11)
        let book = try SyntheticLoanBook(count: 1, defaultRate: defaultRate, seed: 1)
        for expected in cases {
            expectClose(
                book.bayesOptimalAUC(of: Set(expected.parts)), expected.auc, absolute: 1e-11,
                "\(expected.parts) at \(defaultRate)")
        }
    }

    @Test func nothingKnownRanksNobody() throws {
        let book = try Books.standard()
        expectClose(book.bayesOptimalAUC(of: []), 0.5, absolute: 1e-12)
        expectClose(
            book.defaultProbabilities(given: []),
            [Double](repeating: 0.2, count: book.count), absolute: 1e-12)
    }

    @Test func everyPartAddsSomething() throws {
        let book = try Books.standard()
        var known: Set<LoanBookPart> = []
        var last = 0.5
        for part in LoanBookPart.allCases {
            known.insert(part)
            let auc = book.bayesOptimalAUC(of: known)
            #expect(auc > last + 0.005, "\(part) takes \(last) to \(auc)")
            last = auc
        }
        #expect(last > 0.8 && last < 0.87)
    }

    /// Whoever knows the true probabilities reaches the optimum on a finite book, up to sampling,
    /// and loans with about the same true probability default about that often.
    @Test(arguments: partSets) func trueProbabilitiesReachTheOptimumAndAreCalibrated(
        parts: Set<LoanBookPart>
    ) throws {
        let book = try Books.standard()
        let optimum = book.bayesOptimalAUC(of: parts)
        let probabilities = book.defaultProbabilities(given: parts)
        let auc = try ROC(labels: book.labels, scores: probabilities).auc
        #expect(abs(auc - optimum) < 4 * standardError(auc: optimum, labels: book.labels))

        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for start in stride(from: 0, to: order.count, by: 1000) {
            let rows = order[start..<start + 1000]
            let expected = rows.reduce(0.0) { $0 + probabilities[$1] }
            let variance = rows.reduce(0.0) {
                $0 + probabilities[$1] * (1 - probabilities[$1])
            }
            let observed = Double(rows.count { book.labels[$0] })
            // Shared past borrowers make the rows a little dependent, hence half a sigma more.
            #expect(abs(observed - expected) < 4.5 * variance.squareRoot())
        }
    }

    /// A logistic regression on the true drivers, fitted on one book, is as good as can be on
    /// another, and no better.
    @Test(arguments: partSets) func logisticRegressionReachesTheOptimumAndNoMore(
        parts: Set<LoanBookPart>
    ) throws {
        let training = try Books.standard()
        let test = try Books.other()
        let model = try LogisticRegression(penalty: .none).fit(
            features: training.drivers(of: parts).matrix, labels: training.labels)
        let scores = try model.probabilities(test.drivers(of: parts).matrix)
        let auc = try ROC(labels: test.labels, scores: scores).auc
        let optimum = training.bayesOptimalAUC(of: parts)
        let error = standardError(auc: optimum, labels: test.labels)
        #expect(auc < optimum + 3.5 * error, "\(auc), at best \(optimum) +- \(error)")
        // The fit itself loses about one rank per driver, far below the sampling error.
        #expect(auc > optimum - 3.5 * error, "\(auc), at best \(optimum) +- \(error)")
    }

    /// With every driver the weights are the law's own: 1 each.
    @Test func allDriversHaveWeightOne() throws {
        let book = try Books.standard()
        let drivers = book.drivers(of: .everything)
        #expect(drivers.names.count == 26)
        #expect(Set(drivers.names).count == 26)
        let model = try LogisticRegression(penalty: .none).fit(
            features: drivers.matrix, labels: book.labels)
        let estimates = try #require(model.estimates)
        var chiSquare = 0.0
        for estimate in estimates.suffix(26) {
            let z = (estimate.value - 1) / estimate.standardError
            #expect(abs(z) < 4, "\(estimate.name) has \(estimate.value)")
            chiSquare += z * z
        }
        #expect(chiSquare < 26 + 4 * (2.0 * 26).squareRoot())
    }

    @Test func allPartsGiveTheProbabilityOfTheDraw() throws {
        let book = try Books.standard()
        expectClose(
            book.defaultProbabilities(given: .everything), book.loans.map(\.defaultProbability),
            relative: 1e-12)
    }
}
