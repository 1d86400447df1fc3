// SPDX-License-Identifier: Apache-2.0

import CreditNetworkKit
import FeatureEngineering
import Foundation
import Lending
import Testing
import _ExampleTestSupport

@Suite struct LoanBookTests {
    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func `German credit itself gives the same figures as its Kaggle variant`() throws {
        let book = try LoanBook(german: SharedData.german)
        let kaggle = try LoanOutcomes(kaggle: SharedData.germanRisk)
        #expect(AmountFigures(book.outcomes) == AmountFigures(kaggle))
        #expect(book.defaults.count { $0 } == 300)
        #expect(LoanBook.riskFile(beside: SharedData.german) == SharedData.germanRisk)
    }

    @Test func `A level that occurs once does not stop the cross-validation`() throws {
        // In this book one applicant alone asks for domestic appliances.
        let book = try LoanBook(SyntheticLoanBook(count: 120, seed: 2))
        let purposes = try #require(try book.table[column: "purpose"].texts)
        #expect(purposes.count { $0 == "domestic appliances" } == 1)
        var shares: [Double] = []
        let model = try CreditModel(book, seed: 2) { shares.append($0) }
        #expect(shares.count == 10 && shares.last == 1)
        #expect(model.quality.probabilities.count == 120)
        #expect(model.quality.foldAUCs.count == 10)
    }

    @Test func `The invented book keeps its columns but the sentences`() throws {
        let invented = try SyntheticLoanBook(count: 400, seed: 3)
        let book = try LoanBook(invented)
        #expect(book.table.rowCount == 400)
        #expect(!book.table.contains(column: SyntheticLoanBook.textColumn))
        #expect(book.table.contains(column: book.target))
        #expect(book.defaults == invented.labels)
        #expect(AmountFigures(book.outcomes).jobs.reduce(0) { $0 + $1.count } == 400)
    }
}
