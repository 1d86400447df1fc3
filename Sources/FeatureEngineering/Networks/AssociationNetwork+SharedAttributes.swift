// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// A value that several accounts have in common.
    public struct SharedGroup: Sendable, Hashable, Codable {
        /// The column of the value.
        public let attribute: String
        /// The value.
        public let value: String
        /// How many accounts have it.
        public let accountCount: Int
    }

    /// What happens to a value that more accounts share than the limit allows.
    public enum LargeGroups: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its accounts are not linked through it; ``AssociationNetwork/leftOut`` lists it.
        case leaveOut
        /// It is an error.
        case refuse
    }

    /// How strongly a shared value links two of the k accounts that share it.
    public enum SharingWeight: String, Sendable, Hashable, Codable, CaseIterable {
        /// 1, whatever k.
        case one
        /// `1 / (k - 1)`, so that a value links each account with weight 1 in all.
        ///
        /// M. E. J. Newman, "Scientific collaboration networks. II", Phys. Rev. E 64 (2001),
        /// DOI 10.1103/PhysRevE.64.016132.
        case reciprocal
    }

    /// Links the accounts that have a value in common: a phone number, an address, a device.
    ///
    /// The nodes are the accounts in the order of their first row; an account may have
    /// several rows, for several phones. The relation of an edge is the name of the
    /// attribute. A missing value is shared with nobody. A value of k accounts makes k
    /// (k - 1) / 2 edges, so values of more than `groupLimit` accounts (a call centre's
    /// phone, a placeholder) are not made into edges at all.
    ///
    /// - Throws: ``FeatureError``: `unknownColumn`, `wrongKind`, `missingValue` for an account
    ///   without a name, `invalidParameter`, or `outOfRange` with attribute and value for a group
    ///   beyond the limit that is refused.
    /// - Complexity: O(rows x attributes + edges), at most `groupLimit / 2` edges for each row and
    ///   attribute.
    public init(
        linking account: String, of table: Table, by attributes: [String], groupLimit: Int = 50,
        largeGroups: LargeGroups = .leaveOut, weight: SharingWeight = .one
    ) throws(FeatureError) {
        guard groupLimit >= 2 else {
            throw FeatureError(.invalidParameter, "groups of at most \(groupLimit) accounts")
        }
        guard !attributes.isEmpty, Set(attributes).count == attributes.count else {
            throw FeatureError(
                .invalidParameter, "attributes \(attributes) are none, or one is there twice")
        }
        let keys = try table[column: account].keys()
        var accountOfName = [Int](repeating: -1, count: keys.names.count)
        var nodes: [String] = []
        let accountOfRow = keys.codes.map { code in
            if accountOfName[Int(code)] < 0 {
                accountOfName[Int(code)] = nodes.count
                nodes.append(keys.names[Int(code)])
            }
            return accountOfName[Int(code)]
        }
        let relations = sortedByBytes(attributes)
        var builder = EdgeBuilder(
            nodes: nodes, directed: false, duplicates: .sum, selfEdges: .leaveOut,
            relations: relations)
        var leftOut: [SharedGroup] = []
        for (relation, attribute) in relations.enumerated() {
            let values = try table[column: attribute].keys(allowingMissing: true)
            var holders = [[Int]](repeating: [], count: values.names.count)
            for (row, code) in values.codes.enumerated() where code >= 0 {
                holders[Int(code)].append(accountOfRow[row])
            }
            for (value, rows) in holders.enumerated() where rows.count > 1 {
                var seen: Set<Int> = []
                let group = rows.filter { seen.insert($0).inserted }
                guard group.count <= groupLimit else {
                    let shared = SharedGroup(
                        attribute: attribute, value: values.names[value],
                        accountCount: group.count)
                    guard largeGroups == .leaveOut else {
                        throw FeatureError(
                            .outOfRange,
                            "'\(shared.value)' is shared by \(group.count) accounts, more than "
                                + "\(groupLimit)", column: attribute, value: shared.value)
                    }
                    leftOut.append(shared)
                    continue
                }
                let strength = weight == .one ? 1 : 1 / Double(group.count - 1)
                for (position, first) in group.enumerated() {
                    for second in group[(position + 1)...] {
                        try builder.append(first, second, relation, strength, row: value)
                    }
                }
            }
        }
        try self.init(builder, leftOut: leftOut)
    }
}
