// SPDX-License-Identifier: Apache-2.0

/// Turns texts into sparse rows of term counts or of tf-idf weights over a vocabulary that it
/// learns.
///
/// With n documents, df(t) of which hold term t, and tf the count of t in a document:
///
/// - tf becomes `1` with ``isBinary``, and then `1 + ln(tf)` with ``isSublinear``;
/// - weight = tf * (ln((1 + n) / (1 + df(t))) + 1) with ``Weighting/tfidf(smooth:)``, without the
///   two ones inside the logarithm when it is not smooth; weight = tf with ``Weighting/counts``;
/// - the weights of a document are divided by their ``norm``, if that is not 0.
///
/// The vocabulary is every term within the document limits, the ``maximumTerms`` most frequent of
/// them (ties by the order of the terms), in the order of their UTF-8 bytes. Values equal those of
/// scikit-learn's `CountVectorizer` and `TfidfVectorizer`.
public struct TextVectoriser: Sendable, Hashable, Codable {
    /// What a stored number means.
    public enum Weighting: Sendable, Hashable, Codable {
        /// How often the term occurs.
        case counts
        /// How often, times how rare the term is.
        case tfidf(smooth: Bool)
    }

    /// What the weights of a document are divided by.
    public enum Norm: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing.
        case none
        /// The sum of magnitudes.
        case l1
        /// The square root of the sum of squares.
        case l2
    }

    /// A number of documents.
    public enum DocumentLimit: Sendable, Hashable, Codable {
        /// That many.
        case count(Int)
        /// This share of all training documents, in 0...1.
        case share(Double)
    }

    /// How texts are cut into terms.
    public var analyzer: TextAnalyzer
    /// What a stored number means.
    public var weighting: Weighting
    /// What the weights of a document are divided by.
    public var norm: Norm
    /// Whether a term counts once, however often it occurs in a document.
    public var isBinary: Bool
    /// Whether `1 + ln(tf)` stands for the count tf.
    public var isSublinear: Bool
    /// Terms in fewer documents are left out.
    public var minimumDocuments: DocumentLimit
    /// Terms in more documents are left out.
    public var maximumDocuments: DocumentLimit
    /// At most so many terms, those that occur most often in all; `nil` for all.
    public var maximumTerms: Int?
    /// The vocabulary in its order, instead of the one learnt; the limits then count for nothing.
    public var vocabulary: [String]?

    private init(
        _ analyzer: TextAnalyzer, _ weighting: Weighting, _ norm: Norm, isBinary: Bool,
        isSublinear: Bool, _ minimum: DocumentLimit, _ maximum: DocumentLimit,
        maximumTerms: Int?, vocabulary: [String]?
    ) {
        self.analyzer = analyzer
        self.weighting = weighting
        self.norm = norm
        self.isBinary = isBinary
        self.isSublinear = isSublinear
        minimumDocuments = minimum
        maximumDocuments = maximum
        self.maximumTerms = maximumTerms
        self.vocabulary = vocabulary
    }

    /// Counts of terms, or whether they occur.
    public static func counts(
        _ analyzer: TextAnalyzer = .words(), binary: Bool = false,
        minimumDocuments: DocumentLimit = .count(1),
        maximumDocuments: DocumentLimit = .share(1), maximumTerms: Int? = nil,
        vocabulary: [String]? = nil
    ) -> TextVectoriser {
        TextVectoriser(
            analyzer, .counts, .none, isBinary: binary, isSublinear: false, minimumDocuments,
            maximumDocuments, maximumTerms: maximumTerms, vocabulary: vocabulary)
    }

    /// Term frequency times inverse document frequency.
    public static func tfidf(
        _ analyzer: TextAnalyzer = .words(), smooth: Bool = true, sublinear: Bool = false,
        binary: Bool = false, norm: Norm = .l2, minimumDocuments: DocumentLimit = .count(1),
        maximumDocuments: DocumentLimit = .share(1), maximumTerms: Int? = nil,
        vocabulary: [String]? = nil
    ) -> TextVectoriser {
        TextVectoriser(
            analyzer, .tfidf(smooth: smooth), norm, isBinary: binary, isSublinear: sublinear,
            minimumDocuments, maximumDocuments, maximumTerms: maximumTerms,
            vocabulary: vocabulary)
    }

    /// Refuses parameters outside their ranges.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`.
    package func validate() throws(FeatureError) {
        try analyzer.validate()
        for limit in [minimumDocuments, maximumDocuments] {
            switch limit {
            case .count(let count) where count < 1:
                throw FeatureError(.invalidParameter, "a limit of \(count) documents")
            case .share(let share) where !(0...1).contains(share):
                throw FeatureError(.invalidParameter, "a share of \(share) of the documents")
            default: break
            }
        }
        if let maximumTerms, maximumTerms < 1 {
            throw FeatureError(.invalidParameter, "at most \(maximumTerms) terms")
        }
        guard let vocabulary else { return }
        guard !vocabulary.isEmpty else {
            throw FeatureError(.invalidParameter, "the given vocabulary is empty")
        }
        try Self.requireDistinct(vocabulary)
    }

    static func requireDistinct(_ terms: [String]) throws(FeatureError) {
        var table = TermTable()
        for (index, var term) in terms.enumerated() {
            guard term.withUTF8({ table.insert($0) }) == index else {
                throw FeatureError(
                    .invalidParameter, "term '\(term)' is twice in the vocabulary", value: term)
            }
        }
    }
}
