// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
internal import LinearAlgebra

extension LabelledSparseRows {
    /// Reads a file in the format of LIBSVM and SVMlight.
    ///
    /// Each line is `label index:value index:value ...` with ascending indices, perhaps with
    /// `qid:query` behind the label; `#` begins a comment. Lines without a label are passed over.
    ///
    /// - Parameters:
    ///   - featureCount: The number of features, such as that of the training file when this is the
    ///     test file; the greatest one that occurs if not given.
    ///   - indexBase: From which number features are counted.
    /// - Throws: ``FeatureError`` naming the file, the line, the row and the value.
    /// - Complexity: O(bytes).
    public init(
        libsvm url: URL, featureCount: Int? = nil, indexBase: IndexBase = .automatic
    ) throws(FeatureError) {
        try self.init(
            FileByteSource(url), url.lastPathComponent, featureCount: featureCount,
            indexBase: indexBase)
    }

    /// Reads text in the format of LIBSVM and SVMlight, called `name` in errors.
    ///
    /// - Throws: ``FeatureError`` naming the line, the row and the value.
    /// - SeeAlso: ``init(libsvm:featureCount:indexBase:)``
    public init(
        libsvmText text: String, featureCount: Int? = nil, indexBase: IndexBase = .automatic,
        name: String = "text"
    ) throws(FeatureError) {
        try self.init(
            MemoryByteSource(Array(text.utf8)), name, featureCount: featureCount,
            indexBase: indexBase)
    }

    private init(
        _ source: any ByteSource, _ name: String, featureCount: Int?, indexBase: IndexBase
    ) throws(FeatureError) {
        var parser = LIBSVMParser(LineReader(source, name: name))
        self = try parser.readAll(featureCount: featureCount, indexBase: indexBase)
    }

    /// Writes the rows in the format of LIBSVM, features counted from 1.
    ///
    /// Numbers have as many digits as they need to read back to the same bits. The file is written
    /// beside its place and moved there when it is complete.
    ///
    /// - Throws: ``FeatureError`` with `unwritableFile`.
    /// - Complexity: O(rows + stored elements).
    public func write(libsvm url: URL) throws(FeatureError) {
        let file = try FileByteSink(url)
        for row in labels.indices {
            var line = labels[row].shortText
            if let queries { line += " qid:\(queries[row])" }
            for position in features.rowOffsets[row]..<features.rowOffsets[row + 1] {
                line += " \(features.columnIndices[position] + 1):"
                line += features.values[position].shortText
            }
            try file.write(Array((line + "\n").utf8))
        }
        try file.commit()
    }
}
