// SPDX-License-Identifier: Apache-2.0

/// What a credit report says of an applicant before a loan is granted.
///
/// The six kinds of events are those that the paper reads from credit reports: enquiries and
/// approvals of credit cards and of loans, changes of the employer's address, and changes of the
/// provident fund. ``features`` counts them over 1, 3, 6, 12 and 24 months, and ``sequence`` makes
/// each event an item for a recurrent network: when, what, how much, and for an enquiry whether and
/// how soon it led to a loan.
///
/// The log must know all six kinds; `declaredKinds: items.kinds` tells it of those it has no event
/// of.
///
/// Events that report a value rather than a change, such as the employer's address in each report,
/// are counted by ``EventMeasure/changeCount(_:of:over:)``.
///
/// Source: F. Li and L. Wang, "Application of Deep Learning Method in Financial Technology",
/// II (1) (a).
public struct PreLoanItems: Sendable, Hashable, Codable {
    /// The kind of an enquiry for a credit card.
    public var creditCardEnquiry = "credit card enquiry"
    /// The kind of an approval of a credit card.
    public var creditCardApproval = "credit card approval"
    /// The kind of an enquiry for a loan.
    public var loanEnquiry = "loan enquiry"
    /// The kind of a loan approved and granted.
    public var loanApproval = "loan approval"
    /// The kind of a change of the employer's address.
    public var employerAddressChange = "employer address change"
    /// The kind of a change of the provident fund.
    public var providentFundChange = "provident fund change"
    /// The attribute with the amount of a card, a loan or a fund's payment; `nil` for none.
    public var amount: String?
    /// The attribute with the lender that enquiry and loan must share; `nil` for none.
    public var lender: String?
    /// The longest time from an enquiry to the loan it led to, in days.
    public var maximumDaysToLoan = 90
    /// The windows of counts and sums.
    public var windows: [EventWindow] = .creditReport

    /// Items with the kinds named as by default.
    public init(amount: String? = nil, lender: String? = nil) {
        self.amount = amount
        self.lender = lender
    }

    /// The six kinds in the order of their declaration.
    public var kinds: [String] {
        [
            creditCardEnquiry, creditCardApproval, loanEnquiry, loanApproval,
            employerAddressChange, providentFundChange,
        ]
    }

    /// How loan enquiries are matched to the loans they led to.
    public var loanMatching: EnquiryMatching {
        EnquiryMatching(
            enquiryKinds: [loanEnquiry], loanKinds: [loanApproval],
            maximumDays: maximumDaysToLoan, sharedAttribute: lender)
    }

    /// How card enquiries are matched to the cards they led to.
    public var creditCardMatching: EnquiryMatching {
        EnquiryMatching(
            enquiryKinds: [creditCardEnquiry], loanKinds: [creditCardApproval],
            maximumDays: maximumDaysToLoan, sharedAttribute: lender)
    }

    /// Counts of each kind over the windows, days since the last of each kind, and with an amount
    /// the sums of what was approved.
    public var features: EventFeatures {
        var measures = kinds.map { EventMeasure.count(of: [$0], over: windows) }
        measures += kinds.map { .daysSinceLast(of: [$0]) }
        if let amount {
            measures += [creditCardApproval, loanApproval].map {
                .sum(amount, of: [$0], over: windows)
            }
        }
        return EventFeatures(measures: measures)
    }

    /// Each event as an item: days before the as-of date, days since the item before, kind,
    /// amount, whether it is an enquiry that led to a loan or card, and after how many days.
    public var sequence: EventSequence {
        EventSequence(
            [.daysBeforeAsOf, .daysSincePrevious, .kind(kinds)]
                + (amount.map { [.number($0, missing: 0)] } ?? [])
                + [
                    .isMatched(loanMatching), .daysToLoan(loanMatching),
                    .isMatched(creditCardMatching), .daysToLoan(creditCardMatching),
                ], kinds: kinds)
    }
}

extension EventHistories {
    /// The features of `items`: its counts, sums and recencies, then what became of enquiries.
    ///
    /// - Throws: As ``features(_:progress:)`` and ``enquiryFeatures(_:over:prefix:)``.
    public func features(_ items: PreLoanItems) throws(FeatureError) -> Table {
        let loans = try enquiryFeatures(items.loanMatching, over: items.windows, prefix: "loan")
        let cards = try enquiryFeatures(
            items.creditCardMatching, over: items.windows, prefix: "credit card")
        return try Table(features(items.features).columns + loans.columns + cards.columns)
    }
}
