// SPDX-License-Identifier: Apache-2.0

/// How an enquiry about an applicant is matched to the loan it led to.
///
/// Loans are taken in the order of their dates. Each is matched to the newest enquiry on or up to
/// ``maximumDays`` days before it that no earlier loan was matched to; of the same lender, if an
/// attribute names lenders. An enquiry leads to at most one loan and a loan comes of at most one
/// enquiry.
///
/// Within a history only loans granted before the cut are seen, so an enquiry whose loan came later
/// counts as one without a loan.
public struct EnquiryMatching: Sendable, Hashable, Codable {
    /// The kinds of events that are enquiries.
    public var enquiryKinds: [String]
    /// The kinds of events that are loans granted.
    public var loanKinds: [String]
    /// The longest time from enquiry to loan, in days, at least 0.
    public var maximumDays: Int
    /// The attribute in which enquiry and loan must agree, such as the lender; `nil` for none.
    ///
    /// An event in which it is missing is matched to none.
    public var sharedAttribute: String?

    /// Matches events of `enquiryKinds` to later ones of `loanKinds`.
    public init(
        enquiryKinds: [String], loanKinds: [String], maximumDays: Int = 90,
        sharedAttribute: String? = nil
    ) {
        self.enquiryKinds = enquiryKinds
        self.loanKinds = loanKinds
        self.maximumDays = maximumDays
        self.sharedAttribute = sharedAttribute
    }
}

/// An enquiry and the loan it led to, as positions in a history.
public struct EnquiryMatch: Sendable, Hashable {
    /// The enquiry's position in the ``EventHistory``.
    public let enquiry: Int
    /// The loan's position in the ``EventHistory``.
    public let loan: Int
    /// The days from the enquiry to the loan.
    public let days: Int
}

extension EnquiryMatching {
    func validate() throws(FeatureError) {
        guard (0...1_000_000).contains(maximumDays) else {
            throw FeatureError(
                .invalidParameter, "maximumDays is \(maximumDays), not in 0...1000000")
        }
        guard !enquiryKinds.isEmpty, !loanKinds.isEmpty,
            Set(enquiryKinds).isDisjoint(with: loanKinds)
        else {
            throw FeatureError(
                .invalidParameter,
                "enquiries \(enquiryKinds) and loans \(loanKinds) must be kinds "
                    + "without one in common")
        }
    }
}

extension EventHistory {
    /// The enquiries of this history that led to a loan, in the order of the loans.
    ///
    /// - Throws: ``FeatureError``: `invalidParameter`, `unknownLevel` for a kind or `unknownColumn`
    ///   for an attribute that the log does not have.
    /// - Complexity: O(events x open enquiries).
    public func matches(_ matching: EnquiryMatching) throws(FeatureError) -> [EnquiryMatch] {
        try EnquiryMatcher(matching, storage).matches(range).map {
            EnquiryMatch(
                enquiry: $0.enquiry - range.lowerBound, loan: $0.loan - range.lowerBound,
                days: $0.days)
        }
    }
}

/// A rule of matching made ready for one log.
struct EnquiryMatcher {
    private let storage: EventLog.Storage
    private let isEnquiry: [Bool]
    private let isLoan: [Bool]
    private let maximumDays: Int32
    private let shared: Column?

    init(_ matching: EnquiryMatching, _ storage: EventLog.Storage) throws(FeatureError) {
        try matching.validate()
        self.storage = storage
        isEnquiry = try storage.isTaken(matching.enquiryKinds) ?? []
        isLoan = try storage.isTaken(matching.loanKinds) ?? []
        maximumDays = Int32(matching.maximumDays)
        shared = try matching.sharedAttribute.map { (name) throws(FeatureError) in
            try storage.attributes[column: name]
        }
    }

    /// The matches among the events at `range`, by position in the log.
    func matches(_ range: Range<Int>) -> [EnquiryMatch] {
        var matches: [EnquiryMatch] = []
        var open: [Int] = []
        for position in range {
            let kind = Int(storage.kinds[position])
            if isEnquiry[kind] { open.append(position) }
            guard isLoan[kind] else { continue }
            let day = storage.days[position]
            open.removeAll { day - storage.days[$0] > maximumDays }
            let newest = open.lastIndex { agree($0, position) }
            guard let newest else { continue }
            let enquiry = open.remove(at: newest)
            matches.append(
                EnquiryMatch(
                    enquiry: enquiry, loan: position, days: Int(day - storage.days[enquiry])))
        }
        return matches
    }

    private func agree(_ a: Int, _ b: Int) -> Bool {
        guard let shared else { return true }
        return !shared.isMissing(a) && shared[a] == shared[b]
    }
}
