// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR3: in-loan items, the features of CARD B")
struct InLoanItemsTests {
    private let recipe = InLoanItems(
        drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], otherKinds: ["limit"],
        amount: "amount", principal: "principal")

    private func log() throws -> EventLog {
        try EventLog(
            Table([
                .text("account", ["a", "a", "a", "a", "a", "a"]),
                .date(
                    "date",
                    [
                        "2024-01-10", "2024-02-08", "2024-03-15", "2024-04-01", "2024-04-02",
                        "2024-04-03",
                    ].map(day)),
                .text(
                    "kind",
                    ["drawdown", "repayment", "repayment", "repayment", "limit", "letter"]),
                .numeric("amount", [1200, 310, 310, 400, nil, nil]),
                .numeric("principal", [nil, 300, 300, 390, nil, nil]),
            ]), account: "account", date: "date", kind: "kind")
    }

    private func schedule(_ rows: [(due: String, amount: Double, agreed: String)]) throws
        -> RepaymentSchedule
    {
        try RepaymentSchedule(
            Table([
                .text("account", rows.map { _ in "a" }), .date("due", rows.map { day($0.due) }),
                .numeric("amount", rows.map(\.amount)),
                .date("agreed", rows.map { day($0.agreed) }),
            ]), account: "account", due: "due", amount: "amount", agreed: "agreed")
    }

    private func fourInstalments() throws -> RepaymentSchedule {
        try schedule(
            (2...5).map { (due: "2024-0\($0)-10", amount: 310, agreed: "2024-01-10") })
    }

    private func numbers(_ item: InLoanItem) -> [Double] {
        [
            item.totalAmount, item.remainingPrincipal, item.actionAmount,
            Double(item.daysToNextRepayment ?? -1), item.amountDueNext,
            item.amountPerRemainingDay, Double(item.earlyRepaymentCount),
            Double(item.overdueCount),
        ]
    }

    @Test func aLoanByHand() throws {
        let history = try log().history(of: "a", asOf: day("2024-05-20"))
        let items = try history.inLoanItems(recipe, schedule: fourInstalments())
        #expect(
            items.map(\.action) == ["drawdown", "repayment", "repayment", "repayment", "limit"])
        #expect(
            items.map(numbers) == [
                // Total, principal, amount, days to next, due next, per later day, early, overdue.
                [1200, 1200, 1200, 31, 310, 310, 0, 0],
                [1200, 900, 310, 31, 310, 310, 1, 0],
                // Five days late for March.
                [1200, 600, 310, 26, 310, 310, 1, 1],
                // April in advance, and 90 of the 310 of May.
                [1200, 210, 400, 39, 220, 0, 2, 1],
                [1200, 210, 0, 38, 220, 0, 2, 1],
            ])
        #expect(items[2].date == day("2024-03-15"))
    }

    @Test func theStateAtTheAsOfDate() throws {
        func state(_ date: String, _ boundary: AsOfDates.Boundary) throws -> [Column.Value] {
            try log().histories(
                asOf: AsOfDates(accounts: ["a"], at: [day(date)], boundary: boundary)
            ).inLoanFeatures(recipe, schedule: fourInstalments())[0].values
        }
        func expected(_ next: Column.Value, _ due: Double, _ overdue: Double) -> [Column.Value] {
            [
                .number(1200), .number(210), .level("limit"), .number(0), next, .number(due),
                .number(0), .number(2), .number(overdue),
            ]
        }
        #expect(try state("2024-05-09", .exclusive) == expected(.number(1), 220, 1))
        #expect(try state("2024-05-10", .exclusive) == expected(.number(0), 220, 1))
        #expect(try state("2024-05-09", .inclusive) == expected(.number(1), 220, 1))
        #expect(try state("2024-05-10", .inclusive) == expected(.missing, 0, 2))
        #expect(try state("2024-05-20", .exclusive) == expected(.missing, 0, 2))
        #expect(
            try state("2024-01-10", .exclusive)
                == [
                    .number(0), .number(0), .missing, .number(0), .missing, .number(0),
                    .number(0), .number(0), .number(0),
                ])
    }

    @Test func anOverpaymentIsKeptForALoanAgreedLater() throws {
        let log = try eventLog([
            ("a", "2024-01-01", "drawdown", 100), ("a", "2024-01-20", "repayment", 150),
            ("a", "2024-03-01", "drawdown", 80), ("a", "2024-03-02", "repayment", 10),
        ])
        let recipe = InLoanItems(
            drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount")
        let items = try log.history(of: "a", asOf: day("2025-01-01")).inLoanItems(
            recipe,
            schedule: schedule([
                ("2024-02-01", 100, "2024-01-01"), ("2024-04-01", 40, "2024-03-01"),
                ("2024-05-01", 40, "2024-03-01"),
            ]))
        // Of the 150, 50 were left over: the 40 of April, and 10 of the 40 of May.
        #expect(
            items.map { numbers($0) } == [
                [100, 100, 100, 31, 100, 0, 0, 0], [100, 0, 150, -1, 0, 0, 1, 0],
                [180, 30, 80, 61, 30, 0, 2, 0], [180, 20, 10, 60, 20, 0, 2, 0],
            ])
    }

    /// Against the closed form for one loan: instalment i is paid when the sum of all payments
    /// reaches the sum of the instalments up to i.
    @Test(arguments: propertySeeds(40))
    func itemsAgainstCumulativeSums(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let start = 19_000
        let dues = Set((0..<8).map { _ in start + Int.random(in: 10...300, using: &generator) })
            .sorted()
        let amounts = dues.map { _ in Double(Int.random(in: 1...50, using: &generator)) }
        let payments = (0..<12).map { _ in
            (
                day: start + Int.random(in: 1...330, using: &generator),
                amount: Double(Int.random(in: 0...60, using: &generator))
            )
        }.sorted { $0.day < $1.day }
        let log = try EventLog(
            Table([
                .text("account", ["a"] + payments.map { _ in "a" }),
                .date(
                    "date", ([start] + payments.map(\.day)).map { CalendarDate(daysSince1970: $0) }),
                .text("kind", ["drawdown"] + payments.map { _ in "repayment" }),
                .numeric("amount", [500] + payments.map(\.amount)),
            ]), account: "account", date: "date", kind: "kind")
        let schedule = try RepaymentSchedule(
            Table([
                .text("account", dues.map { _ in "a" }),
                .date("due", dues.map { CalendarDate(daysSince1970: $0) }),
                .numeric("amount", amounts),
                .date("agreed", dues.map { _ in CalendarDate(daysSince1970: start) }),
            ]), account: "account", due: "due", amount: "amount", agreed: "agreed")
        let items = try log.history(of: "a", asOf: day("2030-01-01")).inLoanItems(
            InLoanItems(
                drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount"),
            schedule: schedule)
        let targets = dues.indices.map { amounts[...$0].reduce(0, +) }
        for (index, payment) in payments.enumerated() {
            let made = payments[...index]
            func paid(before day: Int) -> Double {
                made.filter { $0.day < day }.reduce(0) { $0 + $1.amount }
            }
            let all = made.reduce(0) { $0 + $1.amount }
            let unpaid = dues.indices.map { min(max(targets[$0] - all, 0), amounts[$0]) }
            let coming = dues.indices.filter { dues[$0] >= payment.day && unpaid[$0] > 0 }
            let later = coming.dropFirst().map { unpaid[$0] }
            let early = dues.indices.count { paid(before: dues[$0]) >= targets[$0] }
            let overdue = dues.indices.count {
                dues[$0] < payment.day && paid(before: dues[$0] + 1) < targets[$0]
            }
            let expected: [Double] = [
                500, max(0, 500 - all), payment.amount,
                coming.first.map { Double(dues[$0] - payment.day) } ?? -1,
                coming.first.map { unpaid[$0] } ?? 0,
                later.isEmpty ? 0 : later.reduce(0, +) / Double(later.count), Double(early),
                Double(overdue),
            ]
            expectClose(numbers(items[index + 1]), expected, relative: 1e-12, "payment \(index)")
        }
    }

    @Test func theSequenceHasAStepForEachAction() throws {
        let histories = try log().histories(
            asOf: AsOfDates(accounts: ["a", "b"], at: [day("2024-05-20")]))
        let batch = try histories.inLoanSequences(recipe, schedule: fourInstalments())
        #expect(batch.lengths == [5, 0])
        #expect(batch.names == recipe.names)
        #expect(
            batch[0].elements[26..<39] == [66, 36, 1200, 600, 0, 1, 0, 310, 26, 310, 310, 1, 1])
        let last = try histories.inLoanSequences(
            recipe, schedule: fourInstalments(), maximumLength: 2)
        #expect(last.lengths == [2, 0])
        #expect(Array(last.values.elements) == Array(batch.values.elements.suffix(26)))
    }

    @Test func amountsAndDatesThatCannotBeAreNamed() throws {
        func error(_ amount: Double?) throws -> FeatureError? {
            let log = try eventLog([
                ("z", "2024-01-01", "drawdown", 1), ("a", "2024-01-01", "drawdown", 1),
                ("a", "2024-01-02", "repayment", amount),
            ])
            let recipe = InLoanItems(
                drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount")
            return #expect(throws: FeatureError.self) {
                try log.history(of: "a", asOf: day("2025-01-01")).inLoanItems(
                    recipe, schedule: fourInstalments())
            }
        }
        #expect(try error(nil)?.code == .missingValue)
        #expect(try error(-5)?.code == .outOfRange)
        #expect(try error(-5)?.row == 2 && error(-5)?.value == "-5")
        let late = #expect(throws: FeatureError.self) {
            try schedule([("2024-01-01", 1, "2024-01-01"), ("2024-01-01", 1, "2024-01-02")])
        }
        #expect(late?.code == .outOfOrder && late?.row == 1 && late?.value == "2024-01-01")
        let negative = #expect(throws: FeatureError.self) {
            try schedule([("2024-01-01", -1, "2024-01-01")])
        }
        #expect(negative?.code == .outOfRange && negative?.row == 0)
        let twice = InLoanItems(
            drawdownKinds: ["drawdown"], repaymentKinds: ["drawdown"], amount: "amount")
        let error = #expect(throws: FeatureError.self) {
            try log().history(of: "a", asOf: day("2025-01-01")).inLoanItems(
                twice, schedule: fourInstalments())
        }
        #expect(error?.code == .invalidParameter)
    }
}
