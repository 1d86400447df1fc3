// SPDX-License-Identifier: Apache-2.0

/// Why a table, a file or a preparation step was refused.
///
/// The message carries everything a reader needs; the fields carry the same for programs.
public struct FeatureError: Error, Sendable, Hashable {
    /// What kind of mistake this is.
    public let code: Code
    /// What is wrong, with the numbers and names, without the place.
    public let detail: String
    /// The file's name, if the mistake is in a file.
    public let file: String?
    /// The line of the file, counted from 1; quoted fields may span several lines.
    public let line: Int?
    /// The row of the table, counted from 0; in a file, record `row + 1` after the header.
    public let row: Int?
    /// The name of the column.
    public let column: String?
    /// The value as it was found.
    public let value: String?

    package init(
        _ code: Code, _ detail: String, file: String? = nil, line: Int? = nil, row: Int? = nil,
        column: String? = nil, value: String? = nil
    ) {
        self.code = code
        self.detail = detail
        self.file = file
        self.line = line
        self.row = row
        self.column = column
        self.value = value
    }

    /// The whole message: the place, then what is wrong there.
    public var message: String {
        var place: [String] = []
        if let file { place.append(file) }
        if let line { place.append("line \(line)") }
        if let row { place.append(file == nil ? "row \(row)" : "record \(row + 1)") }
        if let column { place.append("column '\(column)'") }
        return place.isEmpty ? detail : place.joined(separator: ", ") + ": " + detail
    }
}

extension FeatureError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(message) [\(code)]" }
}

extension FeatureError {
    /// The kind of a ``FeatureError``; new kinds may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The kind's name, as in `unknownLevel`.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// The file does not exist or cannot be read.
        public static let unreadableFile = Code("unreadableFile")
        /// The file holds no record.
        public static let emptyFile = Code("emptyFile")
        /// A record has more or fewer fields than the table has columns.
        public static let raggedRow = Code("raggedRow")
        /// A quoted field has no closing quote.
        public static let unterminatedQuote = Code("unterminatedQuote")
        /// A quote stands inside an unquoted field, or text follows a closing quote.
        public static let misplacedQuote = Code("misplacedQuote")
        /// A file's form is not the one it should have, or uses what is not supported.
        public static let malformedFile = Code("malformedFile")
        /// A file cannot be written.
        public static let unwritableFile = Code("unwritableFile")
        /// The bytes are not UTF-8.
        public static let invalidUTF8 = Code("invalidUTF8")
        /// A record is longer than the dialect allows.
        public static let recordTooLong = Code("recordTooLong")
        /// A dialect or schema contradicts itself.
        public static let invalidSchema = Code("invalidSchema")
        /// Two columns have the same name.
        public static let duplicateColumn = Code("duplicateColumn")
        /// A key occurs more often than a join allows.
        public static let duplicateKey = Code("duplicateKey")
        /// No column has the name asked for.
        public static let unknownColumn = Code("unknownColumn")
        /// A column of a file is not part of the declared schema.
        public static let undeclaredColumn = Code("undeclaredColumn")
        /// A column has another kind than the one needed.
        public static let wrongKind = Code("wrongKind")
        /// Columns of one table have different lengths.
        public static let unequalLengths = Code("unequalLengths")
        /// A value cannot be read as the column's kind.
        public static let invalidValue = Code("invalidValue")
        /// A number is outside the declared range, or is not finite.
        public static let outOfRange = Code("outOfRange")
        /// A category is not one of the known levels.
        public static let unknownLevel = Code("unknownLevel")
        /// A value is missing where one is needed.
        public static let missingValue = Code("missingValue")
        /// There are no rows, or no values to learn from.
        public static let emptyInput = Code("emptyInput")
        /// A parameter of a step or of a call is out of range.
        public static let invalidParameter = Code("invalidParameter")
        /// A step learns from the target, and fitting was given none.
        public static let missingTarget = Code("missingTarget")
        /// The task was cancelled, or the progress callback asked to stop.
        public static let cancelled = Code("cancelled")
        /// A date is earlier than one that it must follow.
        public static let outOfOrder = Code("outOfOrder")
        /// Bytes are not a fitted pipeline of a known version.
        public static let invalidBytes = Code("invalidBytes")
        /// A column reaches the end of a pipeline without being turned into numbers.
        public static let notEncoded = Code("notEncoded")
        /// An edge of a network ends at a node that is not there.
        public static let unknownNode = Code("unknownNode")
        /// An edge joins a node to itself, or is there twice, where that is not allowed.
        public static let invalidEdge = Code("invalidEdge")
        /// An iteration did not come to its end within its limit.
        public static let notConverged = Code("notConverged")
        /// No bins keep every constraint.
        public static let infeasible = Code("infeasible")
    }
}
