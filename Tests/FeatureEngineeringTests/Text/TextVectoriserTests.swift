// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FeatureEngineering
import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("TX1: contracts of text vectorisers") struct TextVectoriserTests {
    private static let recipes: [TextVectoriser] = [
        .counts(), .counts(.words(1...3, stopWords: StopWords.english), binary: true),
        .tfidf(sublinear: true, norm: .l1, maximumTerms: 9),
        .tfidf(.characters(2...3), smooth: false, minimumDocuments: .share(0.1)),
        .tfidf(.characters(3...5, withinWords: true), maximumDocuments: .count(20)),
        .tfidf(vocabulary: ["car", "house", "boat"]),
    ]

    private static func documents(seed: UInt64, count: Int = 30) -> [String?] {
        var generator = TestGenerator(seed: seed)
        let words = ["car", "Car", "house", "loan", "déjà", "vu", "the", "off", "x", "and", "a-b"]
        return (0..<count).map { _ in
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: nil
            case 1: ""
            default:
                (0..<Int.random(in: 1...9, using: &generator))
                    .map { _ in words.randomElement(using: &generator) ?? "" }
                    .joined(separator: " ")
            }
        }
    }

    /// Fitting and transforming is `fitTransform`; a row does not depend on the rows beside it;
    /// the order of the training documents changes nothing.
    @Test(arguments: propertySeeds(4)) func rowsStandAlone(seed: UInt64) throws {
        let documents = Self.documents(seed: seed)
        var generator = TestGenerator(seed: seed &+ 1)
        let order = documents.indices.shuffled(using: &generator)
        for recipe in Self.recipes {
            let (model, matrix) = try recipe.fitTransform(documents)
            #expect(try recipe.fit(documents) == model)
            #expect(try model.transform(documents) == matrix)
            let shuffled = try recipe.fitTransform(order.map { documents[$0] })
            #expect(shuffled.model == model)
            #expect(shuffled.model.digest == model.digest)
            #expect(shuffled.matrix == matrix.gatheringRows(order))
            for (row, document) in documents.enumerated() {
                #expect(try model.transform([document]) == matrix[rows: row..<row + 1])
            }
        }
    }

    @Test func missingAndEmptyAndUnknown() throws {
        let model = try TextVectoriser.tfidf().fit(["debt car", nil, "", "car"])
        let matrix = try model.transform([nil, "", "boats!", "car boats"])
        #expect(matrix.rowOffsets == [0, 0, 0, 0, 1])
        #expect(matrix[3, try #require(model.column(of: "car"))] == 1)
        #expect(model.column(of: "boats") == nil)
        #expect(model.documentFrequencies == [2, 1])
        #expect(model.documentCount == 4)
        #expect(try model.transform([]).rowCount == 0)
    }

    @Test func columnsOfTables() throws {
        let text = Column.text("note", ["a car", nil])
        let category = try Column.categorical("purpose", ["new car", nil])
        let model = try TextVectoriser.counts().fit(category)
        #expect(model.terms == ["car", "new"])
        #expect(try model.transform(text).dense().elements == [1, 0, 0, 0])
        #expect(
            try HashingVectoriser(columnCount: 8).transform(text)
                == HashingVectoriser(columnCount: 8).transform(["a car", nil]))
        let numbers = try Column.numeric("age", [1.0])
        #expect(throws: FeatureError.self) { try model.transform(numbers) }
        let error = #expect(throws: FeatureError.self) { try TextVectoriser.counts().fit(numbers) }
        #expect(error?.code == .wrongKind)
        #expect(error?.column == "age")
    }

    @Test(arguments: [
        (TextVectoriser.counts(.words(0...1)), FeatureError.Code.invalidParameter),
        (.counts(.words(1...1001)), .invalidParameter),
        (.counts(.words(minimumLength: 0)), .invalidParameter),
        (.counts(minimumDocuments: .count(0)), .invalidParameter),
        (.counts(maximumDocuments: .share(1.5)), .invalidParameter),
        (.counts(minimumDocuments: .share(.nan)), .invalidParameter),
        (.counts(minimumDocuments: .count(3), maximumDocuments: .count(2)), .invalidParameter),
        (.counts(maximumTerms: 0), .invalidParameter),
        (.counts(vocabulary: []), .invalidParameter),
        (.counts(vocabulary: ["a", "b", "a"]), .invalidParameter),
        (.tfidf(smooth: false, vocabulary: ["boat"]), .invalidParameter),
        (.counts(minimumDocuments: .count(4)), .invalidParameter),
        (.counts(minimumDocuments: .count(3)), .emptyInput),
        (.counts(.words(minimumLength: 9)), .emptyInput),
    ])
    func refusals(recipe: TextVectoriser, code: FeatureError.Code) {
        let error = #expect(throws: FeatureError.self) {
            try recipe.fit(["car", "car house", nil])
        }
        #expect(error?.code == code, "\(error?.message ?? "")")
    }

    @Test func noDocumentsAndOddHashing() {
        #expect(throws: FeatureError.self) { try TextVectoriser.counts().fit([String?]()) }
        for count in [0, -1, 1 << 31] {
            #expect(throws: FeatureError.self) {
                try HashingVectoriser(columnCount: count).transform(["a"])
            }
        }
        var analyzer = TextAnalyzer.characters(2...2)
        analyzer.stopWords = ["and"]
        #expect(throws: FeatureError.self) { try analyzer.terms(of: "text") }
    }

    /// A hash decides about column and sign, so both are part of the format.
    @Test func theHashIsMurmur() throws {
        let row = try HashingVectoriser(columnCount: 1 << 30, norm: .none).transform(["kitchen"])
        // murmurhash3_32("kitchen", seed=0) of scikit-learn 1.9.1.
        let hash: Int32 = 48974781
        #expect(row.columnIndices == [Int(hash.magnitude % (1 << 30))])
        #expect(row.values == [hash < 0 ? -1 : 1])
    }

    @Test func cancelled() async {
        let documents = [String?](repeating: "a car", count: 3000)
        let model = try? TextVectoriser.tfidf().fit(documents)
        let codes = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return [
                #expect(throws: FeatureError.self) { try TextVectoriser.counts().fit(documents) },
                #expect(throws: FeatureError.self) { try model?.transform(documents) },
                #expect(throws: FeatureError.self) {
                    try HashingVectoriser().transform(documents)
                },
            ].map { $0?.code }
        }.value
        #expect(codes == [.cancelled, .cancelled, .cancelled])
    }

    @Test func observersSeeAndStop() throws {
        let documents = [String?](repeating: "a car", count: 3000)
        var steps: [Int] = []
        let model = try TextVectoriser.counts().fit(documents) {
            steps.append($0.step)
            #expect($0.stepLimit == 3)
        }
        #expect(steps == [1, 2])
        let error = #expect(throws: FeatureError.self) {
            try model.transform(documents) { $0.stop() }
        }
        #expect(error?.code == .cancelled)
    }

    /// Canonical bytes give the same vectoriser back, and so does any coder.
    @Test func savedAndLoaded() throws {
        let documents = Self.documents(seed: 3)
        for recipe in Self.recipes {
            let model = try recipe.fit(documents)
            let bytes = CanonicalEncoder.bytes(of: model)
            let decoded = try CanonicalDecoder.decode(FittedTextVectoriser.self, from: bytes)
            #expect(decoded == model)
            #expect(CanonicalEncoder.bytes(of: decoded) == bytes)
            #expect(decoded.digest == model.digest)
            #expect(try decoded.transform(documents) == model.transform(documents))
            let json = try JSONEncoder().encode([model])
            #expect(try JSONDecoder().decode([FittedTextVectoriser].self, from: json) == [model])
            #expect(
                try JSONDecoder().decode(
                    TextVectoriser.self, from: JSONEncoder().encode(recipe)) == recipe)
        }
    }

    /// The bytes that version 1 has always had; a change here needs a new version.
    @Test func theBytesOfVersion1() throws {
        let model = try TextVectoriser.tfidf(
            .words(1...2, stopWords: ["the"]), sublinear: true, norm: .l1,
            minimumDocuments: .share(0.1), maximumTerms: 5
        ).fit(["the car", "used car", nil])
        #expect(
            Hexadecimal.string(model.digest)
                == "69977ed028885e259e82c9cd803cfb92014449904eefb70ac993b58abb7aa883")
    }

    /// Any single wrong byte is refused or gives another valid vectoriser; nothing crashes.
    @Test func wrongBytesNeverCrash() throws {
        let model = try TextVectoriser.tfidf(.words(1...2), vocabulary: ["car", "old", "new car"])
            .fit(["new car", "old car"])
        let learnt = try TextVectoriser.counts().fit(["new car", "old car"])
        for original in [model, learnt] {
            let bytes = CanonicalEncoder.bytes(of: original)
            for count in bytes.indices {
                #expect(throws: CanonicalDecodingError.self) {
                    try CanonicalDecoder.decode(
                        FittedTextVectoriser.self, from: Array(bytes[..<count]))
                }
            }
            var refused = 0
            for index in bytes.indices {
                for change in [1, 0x80, 0xFF] as [UInt8] {
                    var wrong = bytes
                    wrong[index] ^= change
                    do {
                        let decoded = try CanonicalDecoder.decode(
                            FittedTextVectoriser.self, from: wrong)
                        #expect(CanonicalEncoder.bytes(of: decoded) == wrong)
                        let matrix = try decoded.transform(["new car"])
                        #expect(matrix.values.allSatisfy { $0.isFinite })
                    } catch {
                        refused += 1
                    }
                }
            }
            #expect(refused > bytes.count, "\(refused) of \(3 * bytes.count) refused")
        }
    }
}
