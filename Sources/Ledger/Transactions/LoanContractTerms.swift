// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What the parties of a loan agree on: the fields of paper 004, section III-C, in whole units.
///
/// The lender pays the price of ``quantity`` units less the discount, the borrower pays
/// ``initialPayment`` at once and the rest with the charge in instalments. Money is counted in the
/// currency's smallest unit, so nothing is ever rounded.
public struct LoanContractTerms: Hashable, Sendable {
    /// The lending bank.
    public let lender: Address
    /// Who borrows.
    public let borrower: Address
    /// Who vouches for the borrower, in the order of their addresses.
    public let guarantors: [Address]
    /// A number that tells apart loans of otherwise equal terms.
    public let number: UInt64
    /// The transaction that proposed the accepted score on which the
    /// loan rests, if it rests on one.
    public let score: LedgerDigest?
    /// The currency's three capital letters (ISO 4217).
    public let currency: String
    /// How many units are bought with the loan; 1 for plain money.
    public let quantity: UInt64
    /// The price of a unit.
    public let unitPrice: UInt64
    /// What is taken off the price.
    public let discount: UInt64
    /// What the borrower pays at once.
    public let initialPayment: UInt64
    /// Interest and fees over the whole term.
    public let charge: UInt64
    /// The date of dispatch, in milliseconds since 1970-01-01 UTC.
    public let dispatchTime: UInt64
    /// Days from dispatch to arrival.
    public let arrivalPeriod: UInt32
    /// The mode of transport, 1 to 64 bytes.
    public let transport: String
    /// Days from arrival to the last instalment.
    public let repaymentPeriod: UInt32
    /// The number of instalments, at least 1.
    public let instalmentCount: UInt32

    /// The price less the discount: what the lender pays.
    public let price: UInt64
    /// What the borrower owes after the initial payment: `price - initialPayment + charge`.
    public let debt: UInt64

    /// The most that amounts may come to: 2^62, so that sums of two stay in 64 bits.
    public static let maximumAmount: UInt64 = 1 << 62

    /// Terms of a loan.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a lender who borrows or a party given
    ///   twice, a currency of other than three capital letters, a transport of other than 1 to 64
    ///   bytes, no instalment, nothing to repay, and amounts above ``maximumAmount`` or below zero.
    public init(
        lender: Address, borrower: Address, guarantors: [Address] = [], number: UInt64,
        score: LedgerDigest? = nil, currency: String, quantity: UInt64 = 1, unitPrice: UInt64,
        discount: UInt64 = 0, initialPayment: UInt64 = 0, charge: UInt64 = 0,
        dispatchTime: UInt64, arrivalPeriod: UInt32 = 0, transport: String = "transfer",
        repaymentPeriod: UInt32, instalmentCount: UInt32 = 1
    ) throws(LedgerError) {
        let parties = [lender, borrower] + guarantors
        guard Set(parties).count == parties.count else {
            throw LedgerError(.invalidValue, "a party of the loan is given twice")
        }
        try checkCurrency(currency)
        try checkName(transport, "the mode of transport")
        guard instalmentCount >= 1 else {
            throw LedgerError(.invalidValue, "a loan without instalments")
        }
        self.lender = lender
        self.borrower = borrower
        self.guarantors = guarantors.sorted()
        self.number = number
        self.score = score
        self.currency = currency
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.initialPayment = initialPayment
        self.charge = charge
        self.dispatchTime = dispatchTime
        self.arrivalPeriod = arrivalPeriod
        self.transport = transport
        self.repaymentPeriod = repaymentPeriod
        self.instalmentCount = instalmentCount
        (price, debt) = try Self.amounts(quantity, unitPrice, discount, initialPayment, charge)
    }

    private static func amounts(
        _ quantity: UInt64, _ unitPrice: UInt64, _ discount: UInt64, _ initialPayment: UInt64,
        _ charge: UInt64
    ) throws(LedgerError) -> (price: UInt64, debt: UInt64) {
        let (gross, overflow) = quantity.multipliedReportingOverflow(by: unitPrice)
        guard !overflow, gross <= maximumAmount, charge <= maximumAmount else {
            throw LedgerError(
                .invalidValue,
                "\(quantity) units at \(unitPrice) with a charge of \(charge) exceed "
                    + "\(maximumAmount)")
        }
        guard discount <= gross, initialPayment <= gross - discount else {
            throw LedgerError(
                .invalidValue,
                "a discount of \(discount) and an initial payment of \(initialPayment) on \(gross)")
        }
        let price = gross - discount
        let debt = price - initialPayment + charge
        guard debt >= 1, debt <= maximumAmount else {
            throw LedgerError(
                .invalidValue, "a debt of \(debt) is not in 1...\(maximumAmount)")
        }
        return (price, debt)
    }

    /// The borrower and the guarantors in the order of their addresses:
    /// who signs beside the lender.
    public var counterparties: [Address] { ([borrower] + guarantors).sorted() }

    /// When the goods arrive and the repayment period begins, in milliseconds since 1970-01-01 UTC.
    public var arrivalTime: UInt64 { Self.time(dispatchTime, plusDays: UInt64(arrivalPeriod)) }

    /// The amount of an instalment: equal parts of ``debt``, the first ones a unit higher where it
    /// does not divide, so that all of them sum to it.
    ///
    /// - Precondition: `index` is in `0 ..< instalmentCount`.
    public func instalment(at index: Int) -> UInt64 {
        precondition(index >= 0 && index < instalmentCount, "\(index) of \(instalmentCount)")
        let (part, rest) = debt.quotientAndRemainder(dividingBy: UInt64(instalmentCount))
        return part + (UInt64(index) < rest ? 1 : 0)
    }

    /// When an instalment is due, in milliseconds since 1970-01-01 UTC: evenly over the repayment
    /// period, the last one at its end.
    ///
    /// - Precondition: `index` is in `0 ..< instalmentCount`.
    public func dueTime(at index: Int) -> UInt64 {
        precondition(index >= 0 && index < instalmentCount, "\(index) of \(instalmentCount)")
        let period = UInt64(repaymentPeriod) * Self.millisecondsPerDay
        let product = period.multipliedFullWidth(by: UInt64(index + 1))
        let part = UInt64(instalmentCount).dividingFullWidth(product).quotient
        return arrivalTime.addingSaturated(part)
    }

    /// What is due until `time` in all, in milliseconds since 1970-01-01 UTC.
    public func amountDue(by time: UInt64) -> UInt64 {
        var low = 0
        var high = Int(instalmentCount)
        while low < high {
            let middle = (low + high) / 2
            if dueTime(at: middle) <= time { low = middle + 1 } else { high = middle }
        }
        let (part, rest) = debt.quotientAndRemainder(dividingBy: UInt64(instalmentCount))
        return part * UInt64(low) + min(rest, UInt64(low))
    }

    private static let millisecondsPerDay: UInt64 = 86_400_000

    private static func time(_ start: UInt64, plusDays days: UInt64) -> UInt64 {
        start.addingSaturated(days * millisecondsPerDay)
    }
}

extension LoanContractTerms: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(lender)
        encoder.encode(borrower)
        encoder.encode(guarantors)
        encoder.encode(number)
        encoder.encode(optional: score) { $0.encode($1) }
        encoder.encode(currency)
        for amount in [quantity, unitPrice, discount, initialPayment, charge, dispatchTime] {
            encoder.encode(amount)
        }
        encoder.encode(arrivalPeriod)
        encoder.encode(transport)
        encoder.encode(repaymentPeriod)
        encoder.encode(instalmentCount)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let lender = try Address(from: &decoder)
        let borrower = try Address(from: &decoder)
        let guarantors: [Address] = try decoder.decodeArray()
        let number = try decoder.decodeUInt64()
        let score = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try LedgerDigest(from: &decoder)
        }
        let currency = try decoder.decodeString()
        let quantity = try decoder.decodeUInt64()
        let unitPrice = try decoder.decodeUInt64()
        let discount = try decoder.decodeUInt64()
        let initialPayment = try decoder.decodeUInt64()
        let charge = try decoder.decodeUInt64()
        let dispatchTime = try decoder.decodeUInt64()
        let arrivalPeriod = try decoder.decodeUInt32()
        let transport = try decoder.decodeString()
        let repaymentPeriod = try decoder.decodeUInt32()
        let instalmentCount = try decoder.decodeUInt32()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try LoanContractTerms(
                lender: lender, borrower: borrower, guarantors: guarantors, number: number,
                score: score, currency: currency, quantity: quantity, unitPrice: unitPrice,
                discount: discount, initialPayment: initialPayment, charge: charge,
                dispatchTime: dispatchTime, arrivalPeriod: arrivalPeriod, transport: transport,
                repaymentPeriod: repaymentPeriod, instalmentCount: instalmentCount)
        }
        guard self.guarantors == guarantors else {
            throw decoder.error("guarantors are not in order")
        }
    }
}
