// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Turns texts into sparse rows of a fixed width without learning anything.
///
/// A term's column is `|h| mod columnCount`, where h is the 32-bit MurmurHash3 of its UTF-8 bytes
/// (seed 0) as a signed number. With ``isSigned`` a term counts -1 where h is negative, so that
/// terms which share a column cancel instead of piling up. The hash is part of the format: it
/// never changes. Values equal those of scikit-learn's `HashingVectorizer`.
///
/// K. Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009,
/// DOI 10.1145/1553374.1553516.
public struct HashingVectoriser: Sendable, Hashable, Codable {
    /// How texts are cut into terms.
    public var analyzer: TextAnalyzer
    /// The number of columns.
    public var columnCount: Int
    /// Whether the hash decides about the sign.
    public var isSigned: Bool
    /// Whether a column is 1 where any term falls into it, however many and of whatever sign.
    public var isBinary: Bool
    /// What the values of a document are divided by.
    public var norm: TextVectoriser.Norm

    /// A hashing vectoriser of `columnCount` columns.
    public init(
        _ analyzer: TextAnalyzer = .words(), columnCount: Int = 1 << 20, signed: Bool = true,
        binary: Bool = false, norm: TextVectoriser.Norm = .l2
    ) {
        self.analyzer = analyzer
        self.columnCount = columnCount
        isSigned = signed
        isBinary = binary
        self.norm = norm
    }

    /// The values of every document, (documents x ``columnCount``); `nil` is a missing text.
    ///
    /// Terms that cancel leave a stored 0.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`, or `cancelled` if the task was cancelled
    ///   or `progress` asked to stop.
    /// - Complexity: O(characters x n-gram sizes).
    public func transform(
        _ documents: [String?], progress: FitObserver? = nil
    ) throws(FeatureError) -> SparseMatrix<Double> {
        try validate()
        let (isBinary, isSigned) = (isBinary, isSigned)
        let divisor = UInt32(columnCount)
        var rows = SparseRows(columnCount: columnCount)
        var scanner = TermScanner(analyzer)
        for (row, document) in documents.enumerated() {
            try documents.report("hashed terms", row, to: progress)
            if let document {
                scanner.forEachTerm(of: document) {
                    let hash = Int32(bitPattern: murmurHash3($0))
                    rows.add(
                        isSigned && hash < 0 ? -1 : 1, column: Int(hash.magnitude % divisor))
                }
            }
            rows.endRow(norm: norm) { _, count in isBinary ? 1 : Double(count) }
            if row == 1023 { rows.reserveCapacity(rowCount: documents.count) }
        }
        return try rows.matrix()
    }

    /// The values of every row of a text or categorical column, (rows x ``columnCount``).
    ///
    /// - Throws: ``FeatureError`` with `wrongKind`, `invalidParameter` or `cancelled`.
    public func transform(
        _ column: Column, progress: FitObserver? = nil
    ) throws(FeatureError) -> SparseMatrix<Double> {
        try transform(column.documents(), progress: progress)
    }
}

extension HashingVectoriser {
    /// Refuses parameters outside their ranges.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`.
    package func validate() throws(FeatureError) {
        try analyzer.validate()
        guard columnCount >= 1, columnCount <= Int(Int32.max) else {
            throw FeatureError(
                .invalidParameter, "\(columnCount) columns, not in 1...\(Int32.max)")
        }
    }
}
