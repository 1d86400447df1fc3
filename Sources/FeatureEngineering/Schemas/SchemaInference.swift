// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A schema worked out from a file's values, and why it came out so.
public struct SchemaInference: Sendable, Hashable {
    /// The inferred schema, which reads the same file without error.
    public let schema: TableSchema
    /// What was seen in each column, in the order of the file.
    public let columns: [ColumnReport]
    /// The number of records.
    public let rowCount: Int

    /// What was seen in one column.
    public struct ColumnReport: Sendable, Hashable {
        /// The column's name.
        public let name: String
        /// The kind it was given.
        public let kind: ColumnKind
        /// How many values are missing.
        public let missingCount: Int
        /// How many different values there are, as far as they were counted.
        public let distinctCount: Int
        /// Whether there are more different values than were counted.
        public let hasMoreDistinctValues: Bool
        /// The least number or the earliest date of a numeric or date column.
        public let minimum: Column.Value?
        /// The greatest number or the latest date of a numeric or date column.
        public let maximum: Column.Value?
        /// The levels of a categorical column, ordered by their bytes.
        public let levels: [String]?
        /// The first value that is not a number, and so keeps the column from being numeric.
        public let firstOffendingValue: String?
        /// The row of that value, counted from 0.
        public let firstOffendingRow: Int?
        /// Why the column has this kind.
        public let reason: String
    }
}

extension SchemaInference: CustomStringConvertible {
    /// One line for each column.
    public var description: String {
        let lines = columns.map { column in
            let more = column.hasMoreDistinctValues ? "more than " : ""
            let range = zip(column.minimum, column.maximum).map { ", \($0) to \($1)" } ?? ""
            return "\(column.name): \(column.kind.rawValue), \(column.missingCount) missing, "
                + "\(more)\(column.distinctCount) distinct values\(range); \(column.reason)"
        }
        return (["\(rowCount) rows x \(columns.count) columns"] + lines)
            .joined(separator: "\n")
    }
}

/// Both values, if there are both.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
    guard let a, let b else { return nil }
    return (a, b)
}

extension TableSchema {
    /// The texts that inference takes for missing values.
    public static let usualMissingMarkers = ["", "NA", "N/A", "NaN", "nan", "NULL", "null"]

    /// The most levels that inference gives a categorical column.
    public static let inferredLevelLimit = 64

    /// Works out a schema from all values of a file.
    ///
    /// A column is numeric if every value that is not missing is a finite number, none of them
    /// with a leading zero as in an identifier; else a date column if all are dates; else
    /// categorical, with its levels, if it has at most ``inferredLevelLimit`` different values and
    /// each occurs twice on average; else text. ``usualMissingMarkers`` are missing values.
    ///
    /// Every value of the file is looked at, test rows too: for a model that must not know them,
    /// declare the schema.
    ///
    /// - Parameters:
    ///   - dialect: How the file is written.
    ///   - progress: Sees every mebibyte that was read, and may ask to stop.
    /// - Throws: ``FeatureError`` if the file cannot be read, is empty, ragged or badly quoted, or
    ///   with `cancelled` if the task was cancelled or `progress` asked to stop.
    /// - Complexity: O(bytes).
    public static func inferred(
        fromCSV url: URL, dialect: Dialect = .csv, progress: FitObserver? = nil
    ) throws(FeatureError) -> SchemaInference {
        try inferred(
            from: FileByteSource(url).observed("inferring the schema", by: progress),
            name: url.lastPathComponent, dialect: dialect)
    }

    static func inferred(
        from bytes: any ByteSource, name: String, dialect: Dialect
    ) throws(FeatureError) -> SchemaInference {
        let reader = try DelimitedReader(bytes, name: name, dialect: dialect)
        var evidence: [ColumnEvidence] = (reader.fieldNames ?? []).map(ColumnEvidence.init)
        var rowCount = 0
        while try reader.advance() {
            if rowCount == 0, reader.fieldNames == nil {
                evidence = (0..<reader.fieldCount).map { ColumnEvidence(name: defaultName($0)) }
            }
            for index in evidence.indices {
                guard evidence[index].add(reader.bytes(ofField: index), row: rowCount) else {
                    throw FeatureError(
                        .invalidUTF8, "the field is not UTF-8", file: name,
                        line: reader.line(ofField: index), row: rowCount,
                        column: evidence[index].name)
                }
            }
            rowCount += 1
        }
        guard rowCount > 0 else {
            throw FeatureError(.emptyFile, "has no record to infer a schema from", file: name)
        }
        let conclusions = evidence.map { $0.conclusion() }
        return SchemaInference(
            schema: TableSchema(conclusions.map(\.schema), dialect: dialect),
            columns: conclusions.map(\.report), rowCount: rowCount)
    }
}
