// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

/// A sparse matrix of the golden file.
private struct GoldenMatrix: Decodable {
    let columnCount: Int
    let rowOffsets: [Int]
    let columnIndices: [Int]
    let values: [Double]

    func expect(_ matrix: SparseMatrix<Double>, _ comment: String) {
        #expect(matrix.columnCount == columnCount, "\(comment)")
        #expect(matrix.rowOffsets == rowOffsets, "\(comment)")
        #expect(matrix.columnIndices == columnIndices, "\(comment)")
        expectClose(matrix.values, values, relative: 1e-12, comment)
    }
}

private struct GoldenCase: Decodable {
    let terms: [String]
    let train: GoldenMatrix
    let test: GoldenMatrix
}

private struct GoldenText: Decodable {
    let train: [String]
    let test: [String]
    let stopWords: [String]
    let documents: [String]
    let terms: [String: [[String]]]
    let counts, binary, limited, fractions, vocabulary, tfidf, unsmooth, sublinear: GoldenCase
    let characters, binaryTfidf, mostFrequent: GoldenCase
    let hashed, hashedWide, hashedUnsigned, hashedBinary: GoldenMatrix
}

@Suite("TX1: terms, tf-idf and hashing equal scikit-learn's") struct TextGoldenTests {
    private let file: GoldenText

    init() throws { file = try golden("text") }

    @Test func terms() throws {
        let analyzers: [String: TextAnalyzer] = [
            "words": .words(), "words12": .words(1...2),
            "words23stop": .words(2...3, stopWords: file.stopWords),
            "cased": .words(lowercased: false), "single": .words(minimumLength: 1),
            "characters24": .characters(2...4),
            "characters13cased": .characters(1...3, lowercased: false),
            "within25": .characters(2...5, withinWords: true),
            "within7": .characters(7...7, withinWords: true),
        ]
        #expect(analyzers.keys.sorted() == file.terms.keys.sorted())
        for (name, analyzer) in analyzers {
            let expected = try #require(file.terms[name])
            for (document, terms) in zip(file.documents, expected) {
                let ours = try analyzer.terms(of: document)
                #expect(
                    ours.map { Array($0.utf8) } == terms.map { Array($0.utf8) },
                    "\(name): \(document.debugDescription)")
            }
        }
    }

    @Test func vectorisers() throws {
        let cases: [(String, TextVectoriser, GoldenCase)] = [
            ("counts", .counts(), file.counts),
            ("binary", .counts(.words(1...2), binary: true), file.binary),
            (
                "limited",
                .counts(minimumDocuments: .count(2), maximumDocuments: .share(0.4)), file.limited
            ),
            (
                "fractions",
                .counts(minimumDocuments: .share(0.1), maximumDocuments: .count(7)),
                file.fractions
            ),
            (
                "vocabulary", .counts(vocabulary: ["roof", "card", "debt", "nothing"]),
                file.vocabulary
            ),
            ("tfidf", .tfidf(), file.tfidf),
            ("unsmooth", .tfidf(smooth: false, norm: .none), file.unsmooth),
            ("sublinear", .tfidf(.words(1...2), sublinear: true, norm: .l1), file.sublinear),
            (
                "characters",
                .tfidf(.characters(2...4, withinWords: true), minimumDocuments: .count(2)),
                file.characters
            ),
            ("binaryTfidf", .tfidf(binary: true), file.binaryTfidf),
            ("mostFrequent", .tfidf(maximumTerms: 12), file.mostFrequent),
        ]
        for (name, recipe, expected) in cases {
            let (model, matrix) = try recipe.fitTransform(file.train)
            #expect(model.terms == expected.terms, "\(name)")
            expected.train.expect(matrix, name)
            expected.test.expect(try model.transform(file.test), name)
        }
    }

    @Test func hashing() throws {
        let documents = file.documents
        file.hashed.expect(
            try HashingVectoriser(columnCount: 64).transform(documents), "hashed")
        file.hashedWide.expect(
            try HashingVectoriser(.words(1...2)).transform(documents), "wide")
        file.hashedUnsigned.expect(
            try HashingVectoriser(columnCount: 50, signed: false, norm: .l1)
                .transform(documents), "unsigned")
        file.hashedBinary.expect(
            try HashingVectoriser(
                .characters(2...3), columnCount: 32, binary: true, norm: .none
            ).transform(documents), "binary")
    }
}
