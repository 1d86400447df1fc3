// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// Columns that are explained as one, such as the indicators of a category.
public struct FeatureGroup: Codable, Hashable, Sendable {
    /// The name of the group in the explanation.
    public let name: String

    /// The columns in it.
    public let members: [String]

    /// A group of columns.
    public init(_ name: String, _ members: [String]) {
        self.name = name
        self.members = members
    }
}

extension PipelineModel {
    /// The features of each column of the table: what becomes of a column is explained as one.
    public var columnGroups: [FeatureGroup] {
        var names: [String] = []
        var members: [String: [String]] = [:]
        for feature in pipeline.features {
            if members[feature.source] == nil { names.append(feature.source) }
            members[feature.source, default: []].append(feature.name)
        }
        return names.map { FeatureGroup($0, members[$0] ?? []) }
    }
}

/// The columns that are explained together, by position; no column is in two groups.
struct ColumnGroups {
    let names: [String]
    let members: [[Int]]

    /// The groups, and the columns that are in none, each alone, behind them.
    ///
    /// - Throws: ``ModelError`` with code `features` for an unknown column, an empty group, a
    ///   column in two groups, or two groups of one name.
    init(_ groups: [FeatureGroup]?, of columns: [String]) throws(ModelError) {
        var names: [String] = []
        var members: [[Int]] = []
        var seen: Set<Int> = []
        for group in groups ?? [] {
            guard !group.members.isEmpty else {
                throw ModelError(.features, "the group '\(group.name)' has no columns")
            }
            var positions: [Int] = []
            for member in group.members {
                guard let position = columns.firstIndex(of: member) else {
                    throw ModelError(
                        .features,
                        "no column '\(member)' for the group '\(group.name)'; there are "
                            + columns.joined(separator: ", "))
                }
                guard seen.insert(position).inserted else {
                    throw ModelError(.features, "the column '\(member)' is grouped twice")
                }
                positions.append(position)
            }
            names.append(group.name)
            members.append(positions.sorted())
        }
        for (position, name) in columns.enumerated() where !seen.contains(position) {
            names.append(name)
            members.append([position])
        }
        guard Set(names).count == names.count else {
            throw ModelError(.features, "two groups have one name in \(names)")
        }
        self.names = names
        self.members = members
    }

    /// For every column the position of its group.
    var groupOfColumn: [Int] {
        var groups = [Int](repeating: 0, count: members.reduce(0) { $0 + $1.count })
        for (group, columns) in members.enumerated() {
            for column in columns { groups[column] = group }
        }
        return groups
    }
}
