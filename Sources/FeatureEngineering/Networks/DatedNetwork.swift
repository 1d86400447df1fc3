// SPDX-License-Identifier: Apache-2.0

/// Who was linked to whom on any day: accounts that share a phone, an address or a device, with the
/// day on which each of these became known.
///
/// It is read as of a day, so that no feature can see what came later: neither accounts, nor links,
/// nor defaults.
///
/// ```swift
/// let network = try DatedNetwork(
///     linking: "borrower", of: applications, by: ["phone", "employer"], date: "applied",
///     defaults: "defaulted")
/// let dates = try AsOfDates(
///     applications, account: "borrower", date: "applied", boundary: .inclusive)
/// let features = try network.columns(NetworkFeatures(), asOf: dates)
/// ```
///
/// With ``AsOfDates/Boundary/exclusive`` only the rows and defaults of earlier days are known; with
/// ``AsOfDates/Boundary/inclusive`` also those of the as-of day, which an application on that day
/// needs to be there itself.
public struct DatedNetwork: Sendable, Hashable {
    /// The accounts, by the day of their first row, within a day in the order of the rows.
    public let accounts: [String]
    /// What accounts may share, in the order of the names' UTF-8 bytes.
    public let attributes: [String]
    /// A value of more accounts, at the day that is asked about, links none of them.
    public let groupLimit: Int
    /// How strongly a value links two accounts.
    public let weight: AssociationNetwork.SharingWeight

    private let firstDays: [Int32]
    private let defaultDays: [Int32]
    private let groups: [Group]

    /// A value and the accounts that have it, by the day from which they do.
    fileprivate struct Group: Hashable, Sendable {
        let attribute: Int
        let value: String
        var accounts: [Int32] = []
        var days: [Int32] = []
    }

    /// Reads accounts, values and days.
    ///
    /// - Parameters:
    ///   - account: the column that names the account of each row; it may have several rows.
    ///   - table: the rows, in any order.
    ///   - attributes: the columns of what may be shared; a missing value is shared with nobody.
    ///   - date: the column of the day on which the row became known.
    ///   - defaults: the column of the day on which the account's default became known, missing for
    ///     none; it is known from the row's own day on at the earliest, and of several rows the
    ///     earliest counts.
    ///   - groupLimit: how many accounts a value may link, at least 2.
    ///   - weight: how strongly it links two of them.
    /// - Throws: ``FeatureError``: `unknownColumn`, `wrongKind`, `missingValue` for an account or a
    ///   date, or `invalidParameter`.
    /// - Complexity: O(rows x attributes log rows).
    public init(
        linking account: String, of table: Table, by attributes: [String], date: String,
        defaults: String? = nil, groupLimit: Int = 50,
        weight: AssociationNetwork.SharingWeight = .one
    ) throws(FeatureError) {
        guard groupLimit >= 2 else {
            throw FeatureError(.invalidParameter, "groups of at most \(groupLimit) accounts")
        }
        guard !attributes.isEmpty, Set(attributes).count == attributes.count else {
            throw FeatureError(
                .invalidParameter, "attributes \(attributes) are none, or one is there twice")
        }
        var keys = KeyTable()
        let keyOfRow = try keys.codes(of: table[column: account])
        let days = try table[column: date].requiredDays()
        // By day, so that nothing depends on where later rows stand in the table.
        let byDay = days.indices.sorted { days[$0] < days[$1] }
        var accountOfKey = [Int32](repeating: -1, count: keys.names.count)
        var (accounts, firstDays): ([String], [Int32]) = ([], [])
        for row in byDay where accountOfKey[Int(keyOfRow[row])] < 0 {
            accountOfKey[Int(keyOfRow[row])] = Int32(accounts.count)
            accounts.append(keys.names[Int(keyOfRow[row])])
            firstDays.append(days[row])
        }
        let accountOfRow = keyOfRow.map { accountOfKey[Int($0)] }
        self.accounts = accounts
        self.firstDays = firstDays
        self.attributes = sortedByBytes(attributes)
        self.groupLimit = groupLimit
        self.weight = weight
        var defaultDays = [Int32](repeating: .max, count: accounts.count)
        if let defaults {
            let column = try table[column: defaults]
            guard case .date(let known) = column.storage else {
                throw .wrongKind(column, needed: "date")
            }
            for row in byDay where known[row] != Column.missingDay {
                let account = Int(accountOfRow[row])
                defaultDays[account] = min(defaultDays[account], max(known[row], days[row]))
            }
        }
        self.defaultDays = defaultDays
        var groups: [Group] = []
        for (index, attribute) in self.attributes.enumerated() {
            let values = try table[column: attribute].keys(allowingMissing: true)
            var groupOfValue = [Int](repeating: -1, count: values.names.count)
            var own: [Group] = []
            for row in byDay where values.codes[row] >= 0 {
                let value = Int(values.codes[row])
                if groupOfValue[value] < 0 {
                    groupOfValue[value] = own.count
                    own.append(Group(attribute: index, value: values.names[value]))
                }
                own[groupOfValue[value]].accounts.append(accountOfRow[row])
                own[groupOfValue[value]].days.append(days[row])
            }
            groups += own.filter { $0.accounts.count > 1 }.map { $0.keepingFirstRows() }
        }
        self.groups = groups
    }

    /// The network of what was known as of `date`: accounts in the order of ``accounts``.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter` for more edges than there may be.
    /// - Complexity: O(accounts + edges log edges).
    public func network(
        asOf date: CalendarDate, boundary: AsOfDates.Boundary = .exclusive
    ) throws(FeatureError) -> AssociationNetwork {
        try network(before: boundary.endDay(of: date))
    }

    func network(before endDay: Int32) throws(FeatureError) -> AssociationNetwork {
        var nodeOfAccount = [Int](repeating: -1, count: accounts.count)
        var nodes: [String] = []
        for (account, day) in firstDays.enumerated() where day < endDay {
            nodeOfAccount[account] = nodes.count
            nodes.append(accounts[account])
        }
        var builder = EdgeBuilder(
            nodes: nodes, directed: false, duplicates: .sum, selfEdges: .leaveOut,
            relations: attributes)
        var leftOut: [AssociationNetwork.SharedGroup] = []
        for (index, group) in groups.enumerated() {
            let count = group.days.prefix { $0 < endDay }.count
            guard count <= groupLimit else {
                leftOut.append(
                    AssociationNetwork.SharedGroup(
                        attribute: attributes[group.attribute], value: group.value,
                        accountCount: count))
                continue
            }
            let strength = weight == .one ? 1 : 1 / Double(max(count - 1, 1))
            for second in 0..<count {
                for first in 0..<second {
                    try builder.append(
                        nodeOfAccount[Int(group.accounts[first])],
                        nodeOfAccount[Int(group.accounts[second])], group.attribute, strength,
                        row: index)
                }
            }
        }
        return try AssociationNetwork(builder, leftOut: leftOut)
    }

    /// Whether the default of each account that is there was known before a day, in the order of
    /// the nodes of its network.
    func defaults(before endDay: Int32) -> [Bool] {
        firstDays.indices.filter { firstDays[$0] < endDay }.map { defaultDays[$0] < endDay }
    }
}

extension DatedNetwork.Group {
    /// Every account once, from its first day on.
    fileprivate func keepingFirstRows() -> Self {
        var seen: Set<Int32> = []
        let kept = accounts.indices.filter { seen.insert(accounts[$0]).inserted }
        var group = self
        group.accounts = kept.map { accounts[$0] }
        group.days = kept.map { days[$0] }
        return group
    }
}
