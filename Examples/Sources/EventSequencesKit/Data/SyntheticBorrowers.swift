// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
import LinearAlgebra

/// Borrowers who exist nowhere: what credit bureaus and a lender would have logged of each.
///
/// Five things that nobody sees decide alike about default: the hunger for credit (in the enquiries
/// before the loan), whether repayments come later and later (in their order, not in their mean),
/// the mood in which the purpose is written, the employer whom others share, and the income.
public struct SyntheticBorrowers: Sendable {
    /// borrower, applied, scored, employer, phone, income, age, purpose, defaulted, outcome.
    public let applications: Table
    /// borrower, day, event, amount, days late.
    public let events: Table
    /// borrower, due, amount, agreed.
    public let instalments: Table

    /// What comes before the loan and within it.
    static let preLoan = PreLoanItems(amount: "amount")
    static let inLoan = InLoanItems(
        drawdownKinds: ["drawdown"], repaymentKinds: ["repayment"], amount: "amount")

    /// All kinds of events.
    static var kinds: [String] { preLoan.kinds + inLoan.kinds }

    /// A loan is scored when so many days have passed, in the next monthly run, and shows its
    /// outcome within so many more.
    static let scoringDays = 180
    static let outcomeDays = 95
    private static let runDays = 30

    private static let worried = ["urgent", "debts", "arrears", "overdue", "lawyer", "pawn"]
    private static let calm = ["savings", "kitchen", "garden", "school", "roof", "bicycle"]
    private static let common = ["loan", "for", "the", "my", "and", "family"]

    /// Invents borrowers who apply one after the other over three years.
    ///
    /// - Throws: `RunError` for fewer than 200 borrowers, of whom too few would be left to test.
    public init(count: Int, seed: UInt64) throws {
        guard count >= 200 else {
            throw RunError("\(count) borrowers are too few; it takes 200 to fit and test")
        }
        let stream = RandomStream(seed: seed)
        var employerStream = stream.child("employers")
        let employers = (0..<count / 25).map { _ in employerStream.normal() }
        var applications = Applications()
        var log = EventRows()
        var instalments = InstalmentRows()
        for index in 0..<count {
            var draws = stream.child("borrower", index)
            let name = "B\(index)"
            let (hunger, slide, mood) = (draws.normal(), draws.normal(), draws.normal())
            let (income, employer) = (draws.normal(), draws.integer(below: employers.count))
            let applied = 17_000 + index * 1_095 / count
            let risk = 0.7 * hunger + 1.1 * slide + mood + 1.2 * employers[employer] - income
            let hasDefaulted = 1.2 * risk + draws.normal() > 1.6
            let scored =
                (applied + Self.scoringDays + Self.runDays - 1) / Self.runDays * Self.runDays
            let outcome = scored + 5 + draws.integer(below: Self.outcomeDays - 5)
            log.appendEnquiries(of: name, before: applied, hunger: hunger, &draws)
            let amount = (2_000 * (1 + draws.uniform())).rounded()
            log.append(name, applied, "drawdown", amount)
            for month in 1...12 {
                let (due, part) = (applied + 30 * month, (amount / 12).rounded())
                instalments.append(name, due, part, agreed: applied)
                // The mean delay says nothing; its course does.
                let late = 3 + 2.5 * slide * (Double(month) - 3) / 2.5 + 1.5 * draws.normal()
                let delay = max(-10, min(28, late)).rounded()
                if month < 6 { log.append(name, due + Int(delay), "repayment", part, late: delay) }
            }
            applications.names.append(name)
            applications.applied.append(CalendarDate(daysSince1970: applied))
            applications.scored.append(CalendarDate(daysSince1970: scored))
            applications.employers.append("employer \(employer)")
            applications.phones.append("\(draws.integer(below: 2 * count))")
            applications.incomes.append((2_400 * (1 + 0.2 * income)).rounded())
            applications.ages.append(Double(21 + draws.integer(below: 45)))
            applications.purposes.append(Self.purpose(mood, &draws))
            applications.defaulted.append(
                hasDefaulted ? CalendarDate(daysSince1970: outcome) : nil)
            applications.outcomes.append(hasDefaulted ? "default" : "paid")
        }
        self.applications = try applications.table
        events = try log.table
        self.instalments = try instalments.table
    }

    private static func purpose(_ mood: Double, _ draws: inout RandomStream) -> String? {
        guard draws.uniform() > 0.03 else { return nil }
        return (0..<7).map { _ in
            let words = draws.normal() < mood ? worried : calm
            return common[draws.integer(below: common.count)] + " "
                + words[draws.integer(below: words.count)]
        }.joined(separator: " ")
    }
}

/// The rows of applications in the making.
private struct Applications {
    var names: [String?] = []
    var applied, scored, defaulted: [CalendarDate?]
    var employers, phones, purposes, outcomes: [String?]
    var incomes, ages: [Double?]

    init() {
        (applied, scored, defaulted) = ([], [], [])
        (employers, phones, purposes, outcomes) = ([], [], [], [])
        (incomes, ages) = ([], [])
    }

    var table: Table {
        get throws {
            try Table([
                .text("borrower", names), .date("applied", applied), .date("scored", scored),
                .text("employer", employers), .text("phone", phones),
                .numeric("income", incomes), .numeric("age", ages), .text("purpose", purposes),
                .date("defaulted", defaulted), .categorical("outcome", outcomes),
            ])
        }
    }
}

/// The rows of a log in the making.
private struct EventRows {
    private var names: [String?] = []
    private var days: [CalendarDate?] = []
    private var kinds: [String?] = []
    private var amounts: [Double?] = []
    private var late: [Double?] = []

    mutating func append(
        _ name: String, _ day: Int, _ kind: String, _ amount: Double?, late delay: Double? = nil
    ) {
        names.append(name)
        days.append(CalendarDate(daysSince1970: day))
        kinds.append(kind)
        amounts.append(amount)
        late.append(delay)
    }

    /// Enquiries of two years; those of the hungry are more, later, and lead to less.
    mutating func appendEnquiries(
        of name: String, before day: Int, hunger: Double, _ draws: inout RandomStream
    ) {
        let items = SyntheticBorrowers.preLoan
        let count = min(14, 1 + Int(draws.exponential(rate: 0.45 / max(0.3, 1 + 0.5 * hunger))))
        for _ in 0..<count {
            let share = draws.uniform()
            let ago = 1 + Int(720 * (hunger > 0 ? share * share : share))
            let isLoan = draws.uniform() < 0.7
            let amount = (500 + 4_000 * draws.uniform()).rounded()
            append(name, day - ago, isLoan ? items.loanEnquiry : items.creditCardEnquiry, amount)
            if draws.uniform() < 0.4 - 0.15 * max(-1, min(1, hunger)) {
                append(
                    name, day - max(1, ago - 10 - draws.integer(below: 40)),
                    isLoan ? items.loanApproval : items.creditCardApproval, amount)
            }
        }
        if draws.uniform() < 0.3 {
            append(name, day - 1 - draws.integer(below: 700), items.employerAddressChange, nil)
        }
        if draws.uniform() < 0.5 {
            append(
                name, day - 1 - draws.integer(below: 700), items.providentFundChange,
                (300 * draws.uniform()).rounded())
        }
    }

    var table: Table {
        get throws {
            try Table([
                .text("borrower", names), .date("day", days),
                .categorical("event", kinds, levels: SyntheticBorrowers.kinds),
                .numeric("amount", amounts), .numeric("days late", late),
            ])
        }
    }
}

/// The rows of a schedule in the making.
private struct InstalmentRows {
    private var names: [String?] = []
    private var due: [CalendarDate?] = []
    private var amounts: [Double?] = []
    private var agreed: [CalendarDate?] = []

    mutating func append(_ name: String, _ day: Int, _ amount: Double, agreed start: Int) {
        names.append(name)
        due.append(CalendarDate(daysSince1970: day))
        amounts.append(amount)
        agreed.append(CalendarDate(daysSince1970: start))
    }

    var table: Table {
        get throws {
            try Table([
                .text("borrower", names), .date("due", due), .numeric("amount", amounts),
                .date("agreed", agreed),
            ])
        }
    }
}
