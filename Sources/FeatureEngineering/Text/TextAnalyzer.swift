// SPDX-License-Identifier: Apache-2.0

/// Cuts a text into terms: words, characters, or runs of them (n-grams).
///
/// Words are the longest runs of letters, numbers and `_`; a word n-gram is `n` words in a row,
/// joined by one blank. Character n-grams are `n` Unicode scalars in a row, after every run of two
/// or more white-space scalars has become one blank; within words, each word is taken alone with a
/// blank on both sides, and a word shorter than `n` counts once as a whole.
///
/// Terms are equal to those of scikit-learn's `CountVectorizer` with the analysers `word`, `char`
/// and `char_wb` for the same options, as far as both Unicode tables agree.
public struct TextAnalyzer: Sendable, Hashable, Codable {
    /// What terms are made of.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Words.
        case words
        /// Characters, across words.
        case characters
        /// Characters of one word and the blanks around it.
        case charactersWithinWords
    }

    /// What terms are made of.
    public var unit: Unit
    /// How many units a term has; every size in the range is made.
    public var sizes: ClosedRange<Int>
    /// Whether the text is lower-cased first, by Unicode's rules without a language.
    public var lowercases: Bool
    /// Words that are taken out before n-grams are made, compared after lower-casing.
    public var stopWords: [String]
    /// Words with fewer Unicode scalars are taken out too.
    public var minimumWordLength: Int

    /// Words, and runs of them when `sizes` goes beyond 1.
    public static func words(
        _ sizes: ClosedRange<Int> = 1...1, stopWords: [String] = [], lowercased: Bool = true,
        minimumLength: Int = 2
    ) -> TextAnalyzer {
        TextAnalyzer(
            unit: .words, sizes: sizes, lowercases: lowercased, stopWords: stopWords,
            minimumWordLength: minimumLength)
    }

    /// Runs of characters; `withinWords` keeps them from crossing from one word to the next.
    public static func characters(
        _ sizes: ClosedRange<Int>, withinWords: Bool = false, lowercased: Bool = true
    ) -> TextAnalyzer {
        TextAnalyzer(
            unit: withinWords ? .charactersWithinWords : .characters, sizes: sizes,
            lowercases: lowercased, stopWords: [], minimumWordLength: 1)
    }

    /// The terms of `text` in their order: all of the smallest size first, or for characters
    /// within words, all of the first word first.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`.
    /// - Complexity: O(length of the text x number of sizes).
    public func terms(of text: String) throws(FeatureError) -> [String] {
        try validate()
        var scanner = TermScanner(self)
        var terms: [String] = []
        scanner.forEachTerm(of: text) { terms.append(String(decoding: $0, as: UTF8.self)) }
        return terms
    }

    func validate() throws(FeatureError) {
        guard sizes.lowerBound >= 1, sizes.upperBound <= 1000 else {
            throw FeatureError(
                .invalidParameter,
                "n-grams of \(sizes.lowerBound)...\(sizes.upperBound) units, not in 1...1000")
        }
        guard minimumWordLength >= 1 else {
            throw FeatureError(
                .invalidParameter, "a shortest word of \(minimumWordLength) characters")
        }
        guard unit == .words || (stopWords.isEmpty && minimumWordLength == 1) else {
            throw FeatureError(
                .invalidParameter, "stop words and a shortest word need terms made of words")
        }
    }
}
