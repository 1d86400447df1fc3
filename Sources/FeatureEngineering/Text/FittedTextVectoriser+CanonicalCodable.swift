// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The version of the canonical form; any other is refused.
let textVectoriserVersion: UInt16 = 1

extension FittedTextVectoriser: CanonicalCodable {
    /// Appends version, recipe, terms, their frequencies and the number of documents.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(textVectoriserVersion)
        recipe.encode(to: &encoder)
        encoder.encode(strings: terms)
        encoder.encode(documentFrequencies) { $0.encode($1) }
        encoder.encode(documentCount)
    }

    /// Reads a vocabulary and checks it as fitting does.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let version = try decoder.decodeUInt16()
        guard version == textVectoriserVersion else {
            throw decoder.error(
                "version \(version) of a text vectoriser; only \(textVectoriserVersion) is known")
        }
        let recipe = try TextVectoriser(from: &decoder)
        let terms = try decoder.decodeStrings()
        let frequencies = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        let documentCount = try decoder.decodeInt()
        guard !terms.isEmpty, terms.count == frequencies.count, documentCount > 0,
            frequencies.allSatisfy({ (0...documentCount).contains($0) })
        else {
            throw decoder.error(
                "\(terms.count) terms with \(frequencies.count) frequencies of \(documentCount) "
                    + "documents")
        }
        let given = recipe.vocabulary
        guard given.map({ $0 == terms }) ?? (terms == sortedByBytes(terms)) else {
            throw decoder.error("the terms are not in the order of the vocabulary")
        }
        guard given != nil || frequencies.allSatisfy({ $0 > 0 }) else {
            throw decoder.error("a learnt term is in no document")
        }
        do throws(FeatureError) {
            try TextVectoriser.requireDistinct(terms)
            try self.init(
                recipe: recipe, terms: terms, documentFrequencies: frequencies,
                documentCount: documentCount)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension TextVectoriser: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        analyzer.encode(to: &encoder)
        switch weighting {
        case .counts: encoder.encode(UInt8(0))
        case .tfidf(let smooth): encoder.encode(UInt8(smooth ? 2 : 1))
        }
        encoder.encode(caseOf: norm)
        encoder.encode(isBinary)
        encoder.encode(isSublinear)
        for limit in [minimumDocuments, maximumDocuments] {
            switch limit {
            case .count(let count):
                encoder.encode(UInt8(0))
                encoder.encode(count)
            case .share(let share):
                encoder.encode(UInt8(1))
                encoder.encode(share)
            }
        }
        encoder.encode(optional: maximumTerms) { $0.encode($1) }
        encoder.encode(optional: vocabulary) { $0.encode(strings: $1) }
    }

    /// Reads the parameters and checks them.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let analyzer = try TextAnalyzer(from: &decoder)
        let weighting: Weighting =
            switch try decoder.decodeUInt8() {
            case 0: .counts
            case 1: .tfidf(smooth: false)
            case 2: .tfidf(smooth: true)
            case let tag: throw decoder.error("unknown weighting \(tag)")
            }
        self = .counts(analyzer)
        self.weighting = weighting
        norm = try decoder.decodeCase()
        isBinary = try decoder.decodeBool()
        isSublinear = try decoder.decodeBool()
        minimumDocuments = try decoder.decodeDocumentLimit()
        maximumDocuments = try decoder.decodeDocumentLimit()
        maximumTerms = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        vocabulary = try decoder.decodeColumns()
        do throws(FeatureError) { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension TextAnalyzer: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: unit)
        encoder.encode(sizes.lowerBound)
        encoder.encode(sizes.upperBound)
        encoder.encode(lowercases)
        encoder.encode(strings: stopWords)
        encoder.encode(minimumWordLength)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        unit = try decoder.decodeCase()
        let (lower, upper) = (try decoder.decodeInt(), try decoder.decodeInt())
        guard lower <= upper else { throw decoder.error("n-grams of \(lower) to \(upper)") }
        sizes = lower...upper
        lowercases = try decoder.decodeBool()
        stopWords = try decoder.decodeStrings()
        minimumWordLength = try decoder.decodeInt()
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeDocumentLimit()
        throws(CanonicalDecodingError) -> TextVectoriser.DocumentLimit
    {
        switch try decodeUInt8() {
        case 0: .count(try decodeInt())
        case 1: .share(try decodeDouble())
        case let tag: throw error("unknown limit \(tag)")
        }
    }
}
