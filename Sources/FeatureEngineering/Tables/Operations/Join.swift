// SPDX-License-Identifier: Apache-2.0

/// A pair of columns that rows of two tables must agree in.
public struct JoinKey: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The column's name in the left table.
    public let left: String
    /// The column's name in the right table.
    public let right: String

    /// Columns of different names.
    public init(_ left: String, _ right: String) {
        self.left = left
        self.right = right
    }

    /// A column that has the same name in both tables.
    public init(stringLiteral name: String) { self.init(name, name) }
}

/// Which rows a join keeps.
public enum JoinKind: String, Sendable, Hashable, CaseIterable {
    /// Pairs of rows with equal keys.
    case inner
    /// Those, and the left rows without a match, whose right columns are missing.
    case left
    /// The left rows that have a match, once each, without right columns.
    case semi
    /// The left rows without a match, without right columns.
    case anti
}

/// How often a key may occur on either side of a join.
public enum JoinCardinality: String, Sendable, Hashable, CaseIterable {
    /// Once on both sides.
    case oneToOne
    /// Once on the left.
    case oneToMany
    /// Once on the right: the join never repeats a left row.
    case manyToOne
    /// Any number of times.
    case manyToMany
}
