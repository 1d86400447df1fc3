// SPDX-License-Identifier: Apache-2.0

/// How a delimited text file is written.
///
/// All dialects read UTF-8 with or without a byte order mark, and lines ended by LF, CRLF or CR.
/// Lines without any byte are passed over, except in a delimited file of one column, where they are
/// records with an empty field.
public struct Dialect: Sendable, Hashable, Codable {
    /// The character between fields; `nil` for runs of blanks and tabs.
    public var delimiter: Unicode.Scalar? {
        get { delimiterByte.map { Unicode.Scalar($0) } }
        set { delimiterByte = newValue.map(Self.byte) }
    }
    /// The character around quoted fields; `nil` if quotes have no meaning.
    public var quote: Unicode.Scalar? {
        get { quoteByte.map { Unicode.Scalar($0) } }
        set { quoteByte = newValue.map(Self.byte) }
    }
    /// Whether the first record names the columns.
    public var hasHeader: Bool
    /// The longest record that is read, in bytes; 16 MiB unless set.
    ///
    /// It bounds the memory that a quote which is never closed can take.
    public var maximumRecordByteCount = 1 << 24

    var delimiterByte: UInt8?
    var quoteByte: UInt8?

    /// A dialect with a delimiter; RFC 4180 if nothing is given.
    ///
    /// - Precondition: `delimiter` and `quote` are ASCII, different, and no line ends.
    public init(
        delimiter: Unicode.Scalar = ",", quote: Unicode.Scalar? = "\"", hasHeader: Bool = true
    ) {
        delimiterByte = Self.byte(delimiter)
        quoteByte = quote.map(Self.byte)
        self.hasHeader = hasHeader
        precondition(delimiter != quote, "the delimiter and the quote are both '\(delimiter)'")
    }

    /// Comma, double quotes, header (RFC 4180).
    public static let csv = Dialect()

    /// Semicolon, double quotes, header.
    public static let semicolonSeparated = Dialect(delimiter: ";")

    /// Tab, double quotes, header.
    public static let tabSeparated = Dialect(delimiter: "\t")

    /// Runs of blanks and tabs, also at both ends of a line; double quotes, no header.
    public static let blankSeparated: Dialect = {
        var dialect = Dialect(hasHeader: false)
        dialect.delimiterByte = nil
        return dialect
    }()

    /// The same dialect for files without a header.
    public var withoutHeader: Dialect {
        var copy = self
        copy.hasHeader = false
        return copy
    }

    /// Checks what decoding or setting single properties may have broken.
    func validate() throws(FeatureError) {
        let bytes = [delimiterByte, quoteByte].compactMap { $0 }
        let lineEnds = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        if Set(bytes).count < bytes.count || bytes.contains(where: lineEnds.contains)
            || bytes.contains(where: { $0 > 127 }) || maximumRecordByteCount < 1
        {
            throw FeatureError(
                .invalidSchema,
                "the dialect's delimiter and quote must be different ASCII characters other than "
                    + "line ends, and its records may not be limited to less than one byte")
        }
    }

    private static func byte(_ scalar: Unicode.Scalar) -> UInt8 {
        precondition(
            scalar.isASCII && scalar != "\n" && scalar != "\r",
            "\(scalar.debugDescription) cannot be a delimiter or quote: not ASCII, or a line end")
        return UInt8(scalar.value)
    }
}
