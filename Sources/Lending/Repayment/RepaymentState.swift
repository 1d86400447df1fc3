// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// The five risk levels of a repayment by its days past due, from the best to the worst.
///
/// Y. Li and S. Yang, "Machine Learning and Big Data Application for Risk Assessment of IoT-enabled
/// Financial Management of Credit", section 3.2, name the levels and the days of the grace period
/// and the overdue levels. That a loan is written off after more than 90 days is read into them.
public enum RepaymentState: Int, Sendable, Codable, Hashable, CaseIterable, Comparable {
    /// Paid or still open on time: 0 days.
    case normal = 0
    /// Within the grace period: 1...15 days.
    case grace = 1
    /// Overdue for 16...30 days.
    case overdue16To30 = 2
    /// Overdue for 31...90 days.
    case overdue31To90 = 3
    /// More than 90 days: the loan counts as defaulted.
    case writtenOff = 4

    /// The level of `daysPastDue`.
    ///
    /// - Throws: ``LendingError`` with code `invalidRepayment` for a negative number.
    public init(daysPastDue days: Int) throws(LendingError) {
        guard let state = Self.allCases.first(where: { $0.daysPastDue.contains(days) }) else {
            throw LendingError(.invalidRepayment, "\(days) days past due are fewer than 0")
        }
        self = state
    }

    /// The level of an instalment that was due on `dueDate`, paid on `paymentDate` or still open on
    /// the day of observation.
    ///
    /// An early payment is normal; a payment after `observationDate` is not known yet.
    public init(dueDate: CalendarDate, paymentDate: CalendarDate?, observationDate: CalendarDate) {
        let end = min(paymentDate ?? observationDate, observationDate)
        let days = max(0, Int(end.daysSince1970) - Int(dueDate.daysSince1970))
        self = Self.allCases.first { $0.daysPastDue.contains(days) } ?? .writtenOff
    }

    /// The days past due that have this level.
    public var daysPastDue: ClosedRange<Int> {
        switch self {
        case .normal: 0...0
        case .grace: 1...15
        case .overdue16To30: 16...30
        case .overdue31To90: 31...90
        case .writtenOff: 91...Int.max
        }
    }

    /// Whether the level counts as default.
    public var isDefault: Bool { self == .writtenOff }

    /// Whether `lhs` is the better level.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
