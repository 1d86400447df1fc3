// SPDX-License-Identifier: Apache-2.0

extension Column {
    /// A numeric column without missing values.
    ///
    /// - Throws: ``FeatureError`` with `outOfRange` at the first NaN or infinite value.
    public static func numeric(
        _ name: String, _ values: [Double]
    ) throws(FeatureError) -> Column {
        for (row, value) in values.enumerated() where !value.isFinite {
            throw FeatureError(
                .outOfRange, "\(value) is not a finite number; nil stands for a missing value",
                row: row, column: name, value: "\(value)")
        }
        return Column(name: name, storage: .numeric(values))
    }

    /// A numeric column; `nil` is a missing value.
    ///
    /// - Throws: ``FeatureError`` with `outOfRange` at the first NaN or infinite value.
    public static func numeric(
        _ name: String, _ values: [Double?]
    ) throws(FeatureError) -> Column {
        for (row, value) in values.enumerated() {
            guard let value, !value.isFinite else { continue }
            throw FeatureError(
                .outOfRange, "\(value) is not a finite number; nil stands for a missing value",
                row: row, column: name, value: "\(value)")
        }
        return Column(name: name, storage: .numeric(values.map { $0 ?? .nan }))
    }

    /// A categorical column; `nil` is a missing value.
    ///
    /// - Parameter levels: The allowed levels in their order; without them, the values that occur,
    ///   ordered by their UTF-8 bytes.
    /// - Throws: ``FeatureError`` with `unknownLevel` at the first value that is not a level, or
    ///   `invalidSchema` if a level is listed twice.
    public static func categorical(
        _ name: String, _ values: [String?], levels: [String]? = nil
    ) throws(FeatureError) -> Column {
        let known = levels ?? sortedByBytes(Set(values.compactMap { $0 }))
        var codes: [Int32] = []
        codes.reserveCapacity(values.count)
        let codeOfLevel = try Self.codes(of: known, column: name)
        for (row, value) in values.enumerated() {
            guard let value else {
                codes.append(-1)
                continue
            }
            guard let code = codeOfLevel[value] else {
                throw .unknownLevel(value, of: known, row: row, column: name)
            }
            codes.append(code)
        }
        return Column(name: name, storage: .categorical(codes: codes, levels: known))
    }

    /// A categorical column from codes into `levels`; -1 is a missing value.
    ///
    /// - Throws: ``FeatureError`` with `outOfRange` at the first code that is not in
    ///   `-1..<levels.count`, or `invalidSchema` if a level is listed twice.
    public static func categorical(
        _ name: String, codes: [Int32], levels: [String]
    ) throws(FeatureError) -> Column {
        _ = try Self.codes(of: levels, column: name)
        for (row, code) in codes.enumerated() where code < -1 || Int(code) >= levels.count {
            throw FeatureError(
                .outOfRange, "code \(code) is not in -1..<\(levels.count)", row: row,
                column: name, value: "\(code)")
        }
        return Column(name: name, storage: .categorical(codes: codes, levels: levels))
    }

    /// A text column; `nil` is a missing value.
    public static func text(_ name: String, _ values: [String?]) -> Column {
        Column(name: name, storage: .text(values))
    }

    /// A date column; `nil` is a missing value.
    public static func date(_ name: String, _ values: [CalendarDate?]) -> Column {
        Column(name: name, storage: .date(values.map { $0?.daysSince1970 ?? missingDay }))
    }

    private static func codes(
        of levels: [String], column: String
    ) throws(FeatureError) -> [String: Int32] {
        var codes: [String: Int32] = [:]
        for (code, level) in levels.enumerated() {
            guard codes.updateValue(Int32(code), forKey: level) == nil else {
                throw FeatureError(
                    .invalidSchema, "level '\(level)' is listed twice", column: column,
                    value: level)
            }
        }
        return codes
    }
}

/// The one order of discovered levels: by UTF-8 bytes, the same on every machine.
package func sortedByBytes(_ levels: some Sequence<String>) -> [String] {
    levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

extension FeatureError {
    /// The refusal of `value`, listing at most twelve of the known levels.
    package static func unknownLevel(
        _ value: String, of levels: [String], file: String? = nil, line: Int? = nil, row: Int?,
        column: String
    ) -> FeatureError {
        let shown = levels.prefix(12).joined(separator: ", ") + (levels.count > 12 ? ", ..." : "")
        return FeatureError(
            .unknownLevel,
            "'\(value)' is not one of the \(levels.count) known levels (\(shown))",
            file: file, line: line, row: row, column: column, value: value)
    }
}
