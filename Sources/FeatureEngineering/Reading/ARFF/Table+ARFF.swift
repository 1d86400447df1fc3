// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension Table {
    /// Reads an attribute-relation file, the format of Weka.
    ///
    /// Numeric, real and integer attributes become numeric columns, lists of levels categorical
    /// ones with these levels in their order, strings text, and dates date columns: a date format
    /// may have a time of day, which is checked and left out. `?` is a missing value. Names and
    /// values may be quoted by `'` or `"` with `\` before a quote, `%` begins a comment, keywords
    /// may be in any case. In sparse records what is left out is 0, or the first level.
    /// Blanks around levels do not count.
    ///
    /// Relational attributes and instance weights are refused.
    ///
    /// - Throws: ``FeatureError`` naming the file, the line, the record, the column and the value.
    /// - Complexity: O(bytes).
    public init(arff url: URL) throws(FeatureError) {
        try self.init(arff: FileByteSource(url), name: url.lastPathComponent)
    }

    /// Reads attribute-relation text in memory, called `name` in errors.
    ///
    /// - Throws: ``FeatureError`` naming the line, the record, the column and the value.
    /// - SeeAlso: ``init(arff:)``
    public init(arffText text: String, name: String = "text") throws(FeatureError) {
        try self.init(arff: MemoryByteSource(Array(text.utf8)), name: name)
    }

    private init(arff source: any ByteSource, name: String) throws(FeatureError) {
        let lines = LineReader(source, name: name)
        let header = try ARFFHeader(lines)
        var rows = ARFFRows(lines, header.attributes)
        self = try rows.readAll()
    }
}
