// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import Lending
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite struct SyntheticLoanBookTests {
    /// The digest of everything about the first rows, probabilities bit by bit.
    static func digest(_ book: SyntheticLoanBook) throws -> String {
        var encoder = CanonicalEncoder()
        let table = try book.table()
        for (row, loan) in book.loans.enumerated() {
            for value in table[row].values { encoder.encode(value.description) }
            encoder.encode(loan.defaultProbability)
            for event in try book.repaymentHistory(ofRow: row).events {
                encoder.encode(event.dueDate.daysSince1970)
                encoder.encode(event.amountPaid)
                encoder.encode(event.daysPastDue)
            }
        }
        for edge in book.network.edges {
            encoder.encode(edge.kind.rawValue)
            for node in [edge.first, edge.second] {
                switch node {
                case .applicant(let row): encoder.encode("applicant \(row)")
                case .pastBorrower(let index): encoder.encode("past borrower \(index)")
                }
            }
        }
        return Hexadecimal.string(SHA256Hash.hash(encoder.bytes))
    }

    /// A change of this value is a change of every published book: raise the major version.
    @Test func aSeedGivesTheSameBookOnEveryMachine() throws {
        let digest = try Self.digest(SyntheticLoanBook(count: 50, seed: 2026))
        #expect(digest == "a6d5f214d2f20188bc37cff50d0d1aaff9b04331fb2088f96d108079ac6cd6fe")
    }

    @Test(arguments: propertySeeds(3)) func booksRepeatAndSeedsDiffer(seed: UInt64) throws {
        let book = try SyntheticLoanBook(count: 40, seed: seed)
        let digest = try Self.digest(book)
        #expect(try Self.digest(SyntheticLoanBook(count: 40, seed: seed)) == digest)
        #expect(try Self.digest(SyntheticLoanBook(count: 40, seed: seed &+ 1)) != digest)
    }

    @Test(arguments: [0.02, 0.2, 0.6]) func theDefaultRateIsMet(rate: Double) throws {
        let book = try SyntheticLoanBook(count: 3000, defaultRate: rate, seed: 5)
        let mean = book.loans.map(\.defaultProbability).reduce(0, +) / Double(book.count)
        #expect(abs(mean - rate) < 0.15 * rate * (1 - rate))
        let expected = mean * Double(book.count)
        #expect(
            abs(Double(book.labels.count { $0 }) - expected) < 4 * expected.squareRoot())
    }

    @Test func impossibleBooksAreRefused() {
        for (count, rate) in [
            (0, 0.2), (-1, 0.2), (1_000_001, 0.2), (10, 0), (10, 1), (10, .nan), (10, -0.2),
        ] {
            let error = #expect(throws: LendingError.self) {
                try SyntheticLoanBook(count: count, defaultRate: rate, seed: 1)
            }
            #expect(error?.code == .invalidBook)
        }
    }

    @Test func sexHasNoEffect() throws {
        let book = try Books.standard()
        let rates = LoanApplication.Sex.allCases.map { sex in
            let loans = book.loans.filter { $0.application.sex == sex }
            return (
                rate: loans.map(\.defaultProbability).reduce(0, +) / Double(loans.count),
                count: Double(loans.count)
            )
        }
        // The probabilities have a standard deviation of about 0.19 within each sex.
        let error = 0.19 * (1 / rates[0].count + 1 / rates[1].count).squareRoot()
        #expect(abs(rates[0].rate - rates[1].rate) < 4 * error)
        #expect(!book.drivers(of: .everything).names.contains("sex"))
    }

    @Test func valuesLieInTheirRanges() throws {
        let loans = try Books.standard().loans
        func range(_ value: (SyntheticLoanBook.Loan) -> Int) -> ClosedRange<Int>? {
            let values = loans.map(value)
            guard let low = values.min(), let high = values.max() else { return nil }
            return low...high
        }
        #expect(range { $0.application.age } == 19...75)
        #expect(range { $0.application.duration } == 6...60)
        #expect(range { $0.indicators.educationYears } == 7...19)
        #expect(range { $0.indicators.residenceYears } == 0...18)
        #expect(range { $0.indicators.phoneContractMonths } == 0...72)
        #expect(range { $0.indicators.annualIncome } == 14...66)
        #expect(range { $0.indicators.debtToIncome } == 15...55)
        #expect(range { $0.indicators.employmentYears } == 0...16)
        #expect(range { $0.indicators.latePayments } == 0...7)
        #expect(range { $0.indicators.longestDelay } == 0...65)
        #expect(range { $0.indicators.monthsSinceLatePayment ?? 1 } == 1...24)
        #expect(range { $0.indicators.enquiries } == 0...6)
        #expect(range { $0.indicators.utilisation } == 5...85)
        #expect(range { $0.indicators.agencyRating } == 0...6)
        #expect(
            loans.allSatisfy {
                (300...36_000).contains($0.application.creditAmount)
                    && ($0.indicators.latePayments == 0)
                        == ($0.indicators.monthsSinceLatePayment == nil)
                    && ($0.indicators.latePayments == 0) == ($0.indicators.longestDelay == 0)
            })
    }

    /// Cronbach's alpha, which Li and Yang ask to be above 0.7 for each group.
    @Test(arguments: [
        LoanBookPart.basicInformation, .repaymentAbility, .badCreditHistory,
        .externalCreditStatus,
    ])
    func indicatorsOfAGroupBelongTogether(part: LoanBookPart) throws {
        let matrix = try Books.standard().drivers(of: [part]).matrix
        func standardised(_ values: [Double]) -> [Double] {
            let mean = values.reduce(0, +) / Double(values.count)
            let variance =
                values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            return values.map { ($0 - mean) / variance.squareRoot() }
        }
        let items = (0..<3).map { standardised(matrix.column($0).elements) }
        let totals = items[0].indices.map { row in items.reduce(0.0) { $0 + $1[row] } }
        let variance = totals.reduce(0) { $0 + $1 * $1 } / Double(totals.count)
        #expect(1.5 * (1 - 3 / variance) > 0.7)
    }

    @Test func theTableHoldsTheBook() throws {
        let book = try Books.standard()
        let table = try book.table()
        #expect(table.rowCount == book.count)
        let parts = LoanBookPart.allCases.flatMap(SyntheticLoanBook.columnNames)
        #expect(
            Set(table.columnNames) == Set(parts + [SyntheticLoanBook.targetColumn]))
        #expect(
            try table.labels(
                SyntheticLoanBook.targetColumn, positive: SyntheticLoanBook.positiveLabel,
                negative: SyntheticLoanBook.negativeLabel) == book.labels)
        #expect(
            try table[column: "saving_account"].missingCount
                == book.loans.count { $0.application.savingAccount == nil })
        #expect(try table[column: "saving_account"].missingCount > 0)
        #expect(
            try table[column: "credit_amount"].numbers
                == book.loans.map { Double($0.application.creditAmount) })
        #expect(try table[column: "purpose"].levels?.count == 8)
    }

    /// What a practitioner does with the table comes near the optimum and not above it.
    @Test func aPipelineLearnsFromTheTable() throws {
        let parts = Set<LoanBookPart>.indicators.union([.application])
        let recipe = Pipeline(
            .exclude(SyntheticLoanBook.textColumn), .impute(.median), .oneHot(), .standardise()
        ).then(LogisticRegression())
        let model = try recipe.fit(
            Books.standard().table(), target: SyntheticLoanBook.targetColumn,
            positive: SyntheticLoanBook.positiveLabel)
        let test = try Books.other()
        let auc = try ROC(labels: test.labels, scores: model.probabilities(in: test.table())).auc
        let optimum = test.bayesOptimalAUC(of: parts)
        let error = standardError(auc: optimum, labels: test.labels)
        #expect(auc < optimum + 3.5 * error)
        #expect(auc > optimum - 0.02 - 3.5 * error)
    }

    @Test func textsNameThePurposeAndVary() throws {
        let book = try Books.standard()
        for loan in book.loans.prefix(500) where loan.application.purpose == .car {
            #expect(loan.purposeText.contains("a car"))
        }
        #expect(Set(book.loans.map(\.purposeText)).count > 800)
        #expect(book.loans.allSatisfy { $0.purposeText.hasSuffix(".") })
    }

    @Test func networkTiesAreTheDrivers() throws {
        let book = try Books.standard()
        let network = book.network
        #expect(network.applicantCount == book.count)
        let matrix = book.drivers(of: [.network]).matrix
        for (column, kind) in BorrowerNetwork.Kind.allCases.enumerated() {
            let ties = network.pastBorrowers(tiedBy: kind)
            let effects = matrix.column(column).elements
            #expect(ties.allSatisfy { $0.defaulted + $0.repaid <= 1 })
            #expect(effects.map { $0 > 0 } == ties.map { $0.defaulted == 1 })
            #expect(effects.map { $0 < 0 } == ties.map { $0.repaid == 1 })
        }
        #expect(network.edges.allSatisfy { $0.first != $0.second })
        #expect(Set(network.edges).count == network.edges.count)
    }

    /// Neighbours of defaulters default more often than neighbours of others.
    @Test func theNetworkIsHomophilous() throws {
        let book = try SyntheticLoanBook(count: 8000, seed: 3)
        var defaulted = (of: 0, count: 0)
        var others = (of: 0, count: 0)
        for edge in book.network.edges {
            guard case .applicant(let first) = edge.first, case .applicant(let second) = edge.second
            else { continue }
            for (me, neighbour) in [(first, second), (second, first)] {
                let hit = book.labels[neighbour] ? 1 : 0
                if book.labels[me] {
                    defaulted = (defaulted.of + hit, defaulted.count + 1)
                } else {
                    others = (others.of + hit, others.count + 1)
                }
            }
        }
        let (p, q) = (
            Double(defaulted.of) / Double(defaulted.count), Double(others.of) / Double(others.count)
        )
        let error = (0.16 / Double(defaulted.count) + 0.16 / Double(others.count)).squareRoot()
        // Every tie is counted from both ends, so the error is about 1.4 times that of halves.
        #expect(p - q > 4 * 1.5 * error, "\(p) against \(q)")
    }

    @Test func repaymentsTellTheOutcome() throws {
        let book = try Books.standard()
        var states: [RepaymentState: Int] = [:]
        for (row, loan) in book.loans.enumerated().prefix(1000) {
            let history = try book.repaymentHistory(ofRow: row)
            #expect(history.isDefault == loan.isDefault)
            #expect(history.events.count == min(12, loan.application.duration))
            var isConsistent = true
            for event in history.events {
                states[event.state, default: 0] += 1
                let state = RepaymentState(
                    dueDate: event.dueDate, paymentDate: event.paymentDate,
                    observationDate: history.observationDate)
                let amount = event.amountDue * loan.application.duration
                isConsistent =
                    isConsistent && event.state == state
                    && (event.paymentDate == nil) == (event.state == .writtenOff)
                    && amount == loan.application.creditAmount * 100
            }
            #expect(isConsistent, "row \(row)")
        }
        #expect(RepaymentState.allCases.allSatisfy { states[$0, default: 0] > 50 })
    }
}
