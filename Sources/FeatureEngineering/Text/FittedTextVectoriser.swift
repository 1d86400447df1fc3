// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import LinearAlgebra

/// A vocabulary with the weights of its terms, as a ``TextVectoriser`` learnt them.
///
/// Terms that are not in the vocabulary are left out; a missing or an empty text gives a row
/// without a stored number. A text's row does not depend on the texts beside it.
public struct FittedTextVectoriser: Sendable {
    /// The recipe that was fitted.
    public let recipe: TextVectoriser
    /// The terms in the order of the columns.
    public let terms: [String]
    /// In how many of the training documents each term was.
    public let documentFrequencies: [Int]
    /// The number of training documents.
    public let documentCount: Int
    /// The factor of each term; 1 for counts.
    public let inverseDocumentFrequencies: [Double]
    private let table: TermTable

    init(
        recipe: TextVectoriser, terms: [String], documentFrequencies: [Int], documentCount: Int
    ) throws(FeatureError) {
        try recipe.validate()
        self.recipe = recipe
        self.terms = terms
        self.documentFrequencies = documentFrequencies
        self.documentCount = documentCount
        table = TermTable(terms)
        switch recipe.weighting {
        case .counts:
            inverseDocumentFrequencies = [Double](repeating: 1, count: terms.count)
        case .tfidf(let smooth):
            let added = smooth ? 1.0 : 0
            var factors: [Double] = []
            factors.reserveCapacity(terms.count)
            for (term, frequency) in zip(terms, documentFrequencies) {
                guard smooth || frequency > 0 else {
                    throw FeatureError(
                        .invalidParameter,
                        "term '\(term)' is in none of \(documentCount) documents, so without "
                            + "smoothing its weight is infinite", value: term)
                }
                factors.append(
                    log((Double(documentCount) + added) / (Double(frequency) + added)) + 1)
            }
            inverseDocumentFrequencies = factors
        }
    }

    /// The column of `term`, if it is in the vocabulary.
    public func column(of term: String) -> Int? {
        var term = term
        return term.withUTF8 { table.index(of: $0) }
    }

    /// The weights of every document, (documents x terms); `nil` is a missing text.
    ///
    /// - Throws: ``FeatureError`` with `cancelled` if the task was cancelled or `progress` asked to
    ///   stop.
    /// - Complexity: O(characters x n-gram sizes).
    public func transform(
        _ documents: [String?], progress: FitObserver? = nil
    ) throws(FeatureError) -> SparseMatrix<Double> {
        var rows = SparseRows(columnCount: terms.count)
        var scanner = TermScanner(recipe.analyzer)
        for (row, document) in documents.enumerated() {
            try documents.report("term weights", row, to: progress)
            if let document {
                scanner.forEachTerm(of: document) {
                    if let column = table.index(of: $0) { rows.add(1, column: column) }
                }
            }
            rows.endRow(norm: recipe.norm, weight: weight)
        }
        return try rows.matrix()
    }

    /// The weights of every row of a text or categorical column, (rows x terms).
    ///
    /// - Throws: ``FeatureError`` with `wrongKind` or `cancelled`.
    public func transform(
        _ column: Column, progress: FitObserver? = nil
    ) throws(FeatureError) -> SparseMatrix<Double> {
        try transform(column.documents(), progress: progress)
    }

    @inline(__always)
    func weight(column: Int, count: Int32) -> Double {
        recipe.frequency(count) * inverseDocumentFrequencies[column]
    }
}

extension FittedTextVectoriser: Hashable {
    /// Whether recipe, terms and frequencies are equal.
    public static func == (left: Self, right: Self) -> Bool {
        left.recipe == right.recipe && left.documentCount == right.documentCount
            && left.documentFrequencies == right.documentFrequencies && left.terms == right.terms
    }

    /// Feeds what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(recipe)
        hasher.combine(terms)
        hasher.combine(documentFrequencies)
        hasher.combine(documentCount)
    }
}
