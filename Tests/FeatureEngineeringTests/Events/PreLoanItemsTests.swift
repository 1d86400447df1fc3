// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR3: pre-loan items")
struct PreLoanItemsTests {
    private let items = PreLoanItems(amount: "amount")

    private func log() throws -> EventLog {
        try eventLog(
            [
                ("a", "2023-01-10", "loan enquiry", nil),
                ("a", "2023-01-25", "loan approval", 900),
                ("a", "2023-06-01", "credit card enquiry", nil),
                ("a", "2023-06-20", "loan enquiry", nil),
                ("a", "2023-07-01", "loan enquiry", nil),
                ("a", "2023-07-04", "loan approval", 500),
                ("a", "2023-08-01", "employer address change", nil),
                ("a", "2023-08-20", "provident fund change", 80),
                ("b", "2023-08-30", "loan approval", 1),
            ], declaring: items.kinds)
    }

    @Test func itemsOfACreditReportByHand() throws {
        let histories = try log().histories(
            asOf: AsOfDates(accounts: ["a"], at: [day("2023-09-01"), day("2023-07-03")]))
        let table = try histories.features(items)
        func values(_ name: String) throws -> [Double]? { try table[column: name].numbers }
        #expect(try values("count(loan enquiry) 3m") == [2, 2])
        #expect(try values("count(loan enquiry) 12m") == [3, 3])
        #expect(try values("count(credit card enquiry) 1m") == [0, 0])
        #expect(try values("count(credit card enquiry) 3m") == [1, 1])
        #expect(try values("count(credit card approval) 24m") == [0, 0])
        #expect(try values("count(loan approval) 3m") == [1, 0])
        #expect(try values("count(employer address change) 3m") == [1, 0])
        #expect(try values("count(employer address change) 1m") == [1, 0])
        #expect(try values("count(provident fund change) 1m") == [1, 0])
        #expect(try values("daysSinceLast(loan enquiry) all") == [62, 2])
        #expect(try values("sum(amount of loan approval) 12m") == [1400, 900])
        // The loan of July came of the enquiry of July; at 3 July it was not yet there.
        #expect(try values("loan matched enquiries 12m") == [2, 1])
        #expect(try values("loan matched enquiries 3m") == [1, 0])
        #expect(try values("loan matched share 3m") == [0.5, 0])
        #expect(try values("loan mean days to loan 12m") == [9, 15])
        #expect(try table[column: "loan mean days to loan 1m"].missingCount == 2)
        #expect(try values("credit card matched enquiries 24m") == [0, 0])
    }

    @Test func theSequenceOfACreditReportByHand() throws {
        let batch = try log().histories(
            asOf: AsOfDates(accounts: ["a", "c"], at: [day("2023-07-05")])
        ).sequences(items.sequence)
        #expect(batch.lengths == [6, 0])
        #expect(batch.names.count == 2 + 6 + 1 + 4)
        let steps = batch[0]
        // The enquiry of 1 July: four days before, eleven after the last, led to a loan in three.
        #expect(
            steps.elements[4 * 13..<5 * 13]
                == [4, 11, 0, 0, 1, 0, 0, 0, 0, 1, 3, 0, 0])
        // The one of 20 June led to none.
        #expect(
            steps.elements[3 * 13..<4 * 13]
                == [15, 19, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(
            steps.elements[5 * 13..<6 * 13]
                == [1, 3, 0, 0, 0, 1, 0, 0, 500, 0, 0, 0, 0])
    }

    /// Against a search over all pairs, loan by loan.
    @Test(arguments: propertySeeds(40))
    func matchesAgainstASearchOverAllPairs(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let lenders = ["p", "q", nil]
        let events = (0..<60).map { _ in
            (
                day: Int.random(in: 19_000..<19_150, using: &generator),
                isLoan: Int.random(in: 0..<3, using: &generator) == 0,
                lender: lenders.randomElement(using: &generator)!
            )
        }.sorted { $0.day < $1.day }
        let log = try EventLog(
            Table([
                .text("id", events.map { _ in "a" }),
                .date("date", events.map { CalendarDate(daysSince1970: $0.day) }),
                .text("kind", events.map { $0.isLoan ? "loan" : "enquiry" }),
                .text("lender", events.map(\.lender)),
            ]), account: "id", date: "date", kind: "kind")
        let history = log.history(of: "a", asOf: day("2030-01-01"))
        for shared in [nil, "lender"] {
            let rule = EnquiryMatching(
                enquiryKinds: ["enquiry"], loanKinds: ["loan"], maximumDays: 20,
                sharedAttribute: shared)
            var taken: Set<Int> = []
            var pairs: [[Int]] = []
            for loan in events.indices where events[loan].isLoan {
                let best = events.indices.filter { enquiry in
                    let (one, other) = (events[enquiry], events[loan])
                    return !one.isLoan && enquiry < loan && !taken.contains(enquiry)
                        && other.day - one.day <= 20
                        && (shared == nil || (one.lender != nil && one.lender == other.lender))
                }.max()
                guard let best else { continue }
                taken.insert(best)
                pairs.append([best, loan, events[loan].day - events[best].day])
            }
            let matches = try history.matches(rule)
            #expect(matches.map { [$0.enquiry, $0.loan, $0.days] } == pairs)
            #expect(!pairs.isEmpty)
        }
    }

    @Test func impossibleRulesAreRefused() throws {
        let history = try log().history(of: "a", asOf: day("2024-01-01"))
        func code(_ rule: EnquiryMatching) -> FeatureError.Code? {
            #expect(throws: FeatureError.self) { try history.matches(rule) }?.code
        }
        let (enquiry, loan) = (["loan enquiry"], ["loan approval"])
        #expect(
            code(EnquiryMatching(enquiryKinds: enquiry, loanKinds: loan, maximumDays: -1))
                == .invalidParameter)
        #expect(
            code(EnquiryMatching(enquiryKinds: enquiry, loanKinds: enquiry)) == .invalidParameter)
        #expect(code(EnquiryMatching(enquiryKinds: [], loanKinds: loan)) == .invalidParameter)
        #expect(code(EnquiryMatching(enquiryKinds: ["x"], loanKinds: loan)) == .unknownLevel)
        #expect(
            code(
                EnquiryMatching(
                    enquiryKinds: enquiry, loanKinds: loan, sharedAttribute: "lender"))
                == .unknownColumn)
        let histories = try log().histories(
            asOf: AsOfDates(accounts: ["a"], at: [day("2024-01-01")]))
        let error = #expect(throws: FeatureError.self) {
            try histories.enquiryFeatures(items.loanMatching, over: [.events(3)])
        }
        #expect(error?.code == .invalidParameter)
    }
}
