// SPDX-License-Identifier: Apache-2.0

/// What one column of a file must hold.
public struct ColumnSchema: Sendable, Hashable, Codable {
    /// The column's name, as in the header of files that have one.
    public var name: String
    /// What the values are.
    public var kind: ColumnKind
    /// The allowed levels of a categorical column; `nil` takes those that occur, ordered by bytes.
    public var levels: [String]?
    /// The texts that stand for a missing value, compared after blanks around them are removed.
    ///
    /// An empty field is a missing value only if the empty text is listed.
    public var missingMarkers: [String]
    /// The closed range that numbers must lie in.
    public var range: ClosedRange<Double>?
    /// Whether the column is read past and left out of the table.
    public var isSkipped: Bool

    private init(
        _ name: String, _ kind: ColumnKind, levels: [String]? = nil, missing: [String],
        range: ClosedRange<Double>? = nil, isSkipped: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.levels = levels
        missingMarkers = missing
        self.range = range
        self.isSkipped = isSkipped
    }

    /// Finite decimal numbers, optionally within `range`.
    ///
    /// `NaN` and `inf` are refused, unless listed as `missing`.
    public static func numeric(
        _ name: String, in range: ClosedRange<Double>? = nil, missing: [String] = []
    ) -> ColumnSchema {
        ColumnSchema(name, .numeric, missing: missing, range: range)
    }

    /// Names out of `levels`, or any names if there are none.
    public static func categorical(
        _ name: String, _ levels: [String]? = nil, missing: [String] = []
    ) -> ColumnSchema {
        ColumnSchema(name, .categorical, levels: levels, missing: missing)
    }

    /// Free text, kept byte for byte.
    public static func text(_ name: String, missing: [String] = []) -> ColumnSchema {
        ColumnSchema(name, .text, missing: missing)
    }

    /// Dates written as `YYYY-MM-DD`.
    public static func date(_ name: String, missing: [String] = []) -> ColumnSchema {
        ColumnSchema(name, .date, missing: missing)
    }

    /// A column that must be there and is left out of the table, unread.
    public static func skipped(_ name: String) -> ColumnSchema {
        ColumnSchema(name, .text, missing: [], isSkipped: true)
    }
}
