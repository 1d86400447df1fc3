// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

/// Random events of several accounts, in no order, some on the very days of the cuts.
private struct Book {
    static let kinds = ["enquiry", "loan", "repayment", "drawdown"]
    static let firstDay = 18_000
    static let dayCount = 900

    var account: [String] = []
    var days: [Int] = []
    var kind: [String] = []
    var amount: [Double?] = []
    var place: [String?] = []

    init(count: Int, using generator: inout TestGenerator) {
        for _ in 0..<count { appendEvent(days: 0..<Self.dayCount, using: &generator) }
    }

    mutating func appendEvent(days range: Range<Int>, using generator: inout TestGenerator) {
        account.append("a\(Int.random(in: 0..<5, using: &generator))")
        days.append(Self.firstDay + Int.random(in: range, using: &generator))
        kind.append(Self.kinds.randomElement(using: &generator)!)
        amount.append((Double.random(in: 1...100, using: &generator) * 100).rounded() / 100)
        place.append(["x", "y", nil].randomElement(using: &generator)!)
    }

    func log() throws -> EventLog {
        try EventLog(
            Table([
                .text("account", account),
                .date("date", days.map { CalendarDate(daysSince1970: $0) }),
                .categorical("kind", kind, levels: Self.kinds),
                .numeric("amount", amount), .text("place", place),
            ]), account: "account", date: "date", kind: "kind")
    }

    /// The same book with everything from `cut` on thrown out and other events put in its place.
    func withAnotherFuture(from cut: Int, using generator: inout TestGenerator) -> Book {
        var other = Book(count: 0, using: &generator)
        for row in days.indices where days[row] < cut {
            other.account.append(account[row])
            other.days.append(days[row])
            other.kind.append(kind[row])
            other.amount.append(amount[row])
            other.place.append(place[row])
        }
        for _ in 0..<Int.random(in: 0...200, using: &generator) {
            other.appendEvent(
                days: cut - Self.firstDay..<Self.dayCount + 400, using: &generator)
        }
        return other
    }
}

@Suite("PR3: nothing at or after the as-of date changes a feature")
struct EventLeakageTests {
    private let matching = EnquiryMatching(
        enquiryKinds: ["enquiry"], loanKinds: ["loan"], maximumDays: 60)
    private let actions = InLoanItems(
        drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount")

    private var features: EventFeatures {
        EventFeatures(
            .count(), .sum("amount"), .mean("amount", of: ["loan"]), .minimum("amount"),
            .maximum("amount"), .standardDeviation("amount"), .distinctCount("place"),
            .changeCount("place"), .daysSinceLast(), .daysSinceFirst(of: ["loan"]),
            .last("place"), .lags("amount", 1...3), .countSlope(over: [.months(12)]),
            .sumSlope("amount", over: [.months(12)]), .meanSlope("amount", over: [.months(12)]),
            .countRatio(), .sumRatio("amount"), .sum("amount", over: [.events(4), .days(45)]))
    }

    private var steps: EventSequence {
        EventSequence([
            .daysBeforeAsOf, .daysSincePrevious, .kind(Book.kinds), .number("amount", missing: 0),
            .level("place", ["x", "y"]), .isMatched(matching), .daysToLoan(matching),
        ])
    }

    /// Instalments agreed on days before the cut, and after it if `later`.
    private func schedule(
        cut: Int, later: Bool, using generator: inout TestGenerator
    ) throws -> RepaymentSchedule {
        var known = TestGenerator(seed: 7)
        var rows: [(String, Int, Int, Double)] = []
        for _ in 0..<40 {
            let agreed = Int.random(in: Book.firstDay..<cut, using: &known)
            rows.append(
                (
                    "a\(Int.random(in: 0..<5, using: &known))", agreed,
                    agreed + Int.random(in: 0...400, using: &known),
                    Double.random(in: 1...90, using: &known)
                ))
        }
        for _ in 0..<(later ? 30 : 0) {
            let agreed = cut + Int.random(in: 0...100, using: &generator)
            rows.append(("a\(Int.random(in: 0..<5, using: &generator))", agreed, agreed + 1, 50))
        }
        return try RepaymentSchedule(
            Table([
                .text("account", rows.map(\.0)),
                .date("agreed", rows.map { CalendarDate(daysSince1970: $0.1) }),
                .date("due", rows.map { CalendarDate(daysSince1970: $0.2) }),
                .numeric("amount", rows.map(\.3)),
            ]), account: "account", due: "due", amount: "amount", agreed: "agreed")
    }

    @Test(arguments: propertySeeds(12))
    func anotherFutureGivesTheSameBits(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let book = Book(count: 250, using: &generator)
        let cut = Book.firstDay + Int.random(in: 200..<Book.dayCount, using: &generator)
        for boundary in AsOfDates.Boundary.allCases {
            let firstUnknown = boundary == .exclusive ? cut : cut + 1
            let other = book.withAnotherFuture(from: firstUnknown, using: &generator)
            #expect(other.days.count != book.days.count || other.days != book.days)
            let dates = AsOfDates(
                accounts: (0..<5).map { "a\($0)" }, at: [CalendarDate(daysSince1970: cut)!],
                boundary: boundary)
            let (first, second) = (
                try book.log().histories(asOf: dates), try other.log().histories(asOf: dates)
            )
            let schedules = (
                try schedule(cut: firstUnknown, later: false, using: &generator),
                try schedule(cut: firstUnknown, later: true, using: &generator)
            )
            #expect(try first.features(features) == second.features(features))
            #expect(try first.sequences(steps) == second.sequences(steps))
            #expect(
                try first.enquiryFeatures(matching) == second.enquiryFeatures(matching))
            #expect(
                try first.monthlySequences(.count(), .sum("amount"), months: 12)
                    == second.monthlySequences(.count(), .sum("amount"), months: 12))
            #expect(
                try first.inLoanFeatures(actions, schedule: schedules.0)
                    == second.inLoanFeatures(actions, schedule: schedules.1))
            #expect(
                try first.inLoanSequences(actions, schedule: schedules.0)
                    == second.inLoanSequences(actions, schedule: schedules.1))
            for (one, another) in zip(first, second) {
                #expect(try one.table() == another.table())
                #expect((0..<one.count).allSatisfy { one.date($0).daysSince1970 < firstUnknown })
            }
        }
    }

    /// The opposite: an event on the day before the cut does count.
    @Test func anEventJustBeforeTheCutIsSeen() throws {
        let log = try eventLog([
            ("a", "2024-02-29", "loan", 1), ("a", "2024-03-01", "loan", 10),
            ("a", "2024-03-02", "loan", 100),
        ])
        func sum(_ boundary: AsOfDates.Boundary) throws -> [Double]? {
            try log.histories(
                asOf: AsOfDates(accounts: ["a"], at: [day("2024-03-01")], boundary: boundary)
            ).features(EventFeatures(.sum("amount", over: [.all]))).columns[0].numbers
        }
        #expect(try sum(.exclusive) == [1])
        #expect(try sum(.inclusive) == [11])
    }

    /// Neither the order of the rows nor the accounts beside an account change its bits.
    @Test(arguments: propertySeeds(6))
    func rowsMayBeShuffledAndOtherAccountsLeftOut(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let book = Book(count: 200, using: &generator)
        // One event for each account and day, since those of one day keep the table's order.
        var seen: Set<String> = []
        let unique = book.days.indices.filter {
            seen.insert("\(book.account[$0]) \(book.days[$0])").inserted
        }
        func rows(_ rows: [Int]) throws -> EventLog {
            var other = Book(count: 0, using: &generator)
            for row in rows {
                other.account.append(book.account[row])
                other.days.append(book.days[row])
                other.kind.append(book.kind[row])
                other.amount.append(book.amount[row])
                other.place.append(book.place[row])
            }
            return try other.log()
        }
        let cut = CalendarDate(daysSince1970: Book.firstDay + 700)!
        let all = AsOfDates(accounts: (0..<5).map { "a\($0)" }, at: [cut])
        let expected = try rows(unique).histories(asOf: all).features(features)
        let shuffled = try rows(unique.shuffled(using: &generator)).histories(asOf: all)
        #expect(try shuffled.features(features) == expected)
        let alone = try rows(unique.filter { book.account[$0] == "a3" })
            .histories(asOf: AsOfDates(accounts: ["a3"], at: [cut]))
        #expect(try alone.features(features) == expected[rows: [3]])
    }
}
