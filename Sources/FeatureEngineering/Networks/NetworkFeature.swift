// SPDX-License-Identifier: Apache-2.0

/// A number that a network says about each of its nodes without knowing any label.
public enum NetworkFeature: String, Sendable, Hashable, Codable, CaseIterable {
    /// The number of edges, ``AssociationNetwork/degrees``.
    case degree
    /// The sum of their weights, ``AssociationNetwork/strengths``.
    case strength
    /// The rank with the default options, ``AssociationNetwork/pageRanks(_:personalisation:)``.
    case pageRank
    /// The number of nodes that the node hangs together with, itself included,
    /// ``AssociationNetwork/components()``.
    case componentSize
    /// The number of triangles, ``AssociationNetwork/triangles()``.
    case triangles
    /// The clustering coefficient without weights, ``AssociationNetwork/clustering(weighted:)``.
    case clustering
    /// The core number, ``AssociationNetwork/coreNumbers()``.
    case coreNumber
}

extension AssociationNetwork {
    /// One numeric column for each feature, in the order of the nodes; column names are the prefix
    /// and the feature's name.
    ///
    /// - Throws: ``FeatureError`` as the single measures throw.
    public func columns(
        _ features: [NetworkFeature] = NetworkFeature.allCases, prefix: String = "network "
    ) throws(FeatureError) -> [Column] {
        var columns: [Column] = []
        for feature in features {
            let values: [Double] =
                switch feature {
                case .degree: degrees.map(Double.init)
                case .strength: strengths
                case .pageRank: try pageRanks()
                case .componentSize: components().sizeOfNode.map(Double.init)
                case .triangles: triangles().map(Double.init)
                case .clustering: clustering()
                case .coreNumber: coreNumbers().map(Double.init)
                }
            columns.append(try column(prefix + feature.rawValue, values))
        }
        return columns
    }

    /// A column of one value per node; NaN is a missing one.
    ///
    /// - Throws: ``FeatureError`` with `unequalLengths`, or `outOfRange` for an infinite value.
    public func column(_ name: String, _ values: [Double]) throws(FeatureError) -> Column {
        try requireCount(values.count, of: "values")
        return try .numeric(name, values.map { $0.isNaN ? nil : $0 })
    }

    /// What happens to a row whose account is no node.
    public enum UnknownAccounts: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is an error.
        case refuse
        /// The row's values are missing.
        case missing
    }

    /// The table with columns of one value per node appended, each row
    /// getting those of its account.
    ///
    /// ```swift
    /// let joined = try network.joining(network.columns(), to: loans, account: "account")
    /// ```
    ///
    /// - Parameter account: The column of `table` that names the node of each row: text,
    ///   categorical or numeric.
    /// - Throws: ``FeatureError``: `unknownNode` with row, column and value; `unknownColumn`,
    ///   `wrongKind`, `missingValue`, `duplicateColumn`, `unequalLengths`.
    /// - Complexity: O(rows x columns).
    public func joining(
        _ columns: [Column], to table: Table, account: String,
        unknown: UnknownAccounts = .refuse
    ) throws(FeatureError) -> Table {
        let keys = try table[column: account].keys(allowingMissing: unknown == .missing)
        let indexOfName = keys.names.map { index(of: $0) ?? -1 }
        let nodeOfRow = keys.codes.map { $0 < 0 ? -1 : indexOfName[Int($0)] }
        if unknown == .refuse, let row = nodeOfRow.firstIndex(of: -1) {
            let name = keys.names[Int(keys.codes[row])]
            throw FeatureError(
                .unknownNode, "'\(name)' is not one of the \(nodeCount) nodes", row: row,
                column: account, value: name)
        }
        var joined = table
        for column in columns {
            try requireCount(column.count, of: "values of column '\(column.name)'")
            guard let values = column.numbers else {
                throw FeatureError.wrongKind(column, needed: "a numeric column")
            }
            let gathered = nodeOfRow.map { $0 < 0 ? .nan : values[$0] }
            try joined.append(Column(name: column.name, storage: .numeric(gathered)))
        }
        return joined
    }
}
