// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// What a network knows of terms: a vocabulary, or how they are hashed.
enum FittedTerms: Hashable, Sendable {
    case vocabulary(FittedTextVectoriser)
    case hashed(HashingVectoriser)

    /// Learns the vocabulary of `texts` where there is one.
    init(
        _ network: TextNetwork, texts: [String?], progress: FitObserver?
    ) throws(ModelError) {
        switch network.terms {
        case .weighted(let vectoriser):
            self = .vocabulary(
                try featureStep { () throws(FeatureError) in
                    try vectoriser.fit(texts, progress: progress)
                })
        case .hashed(let vectoriser): self = .hashed(vectoriser)
        case .embedded(var vectoriser, _):
            vectoriser.norm = .l1
            self = .vocabulary(
                try featureStep { () throws(FeatureError) in
                    try vectoriser.fit(texts, progress: progress)
                })
        }
        try network.check(termCount: count)
    }

    /// The number of terms, or of the columns they fall into.
    var count: Int {
        switch self {
        case .vocabulary(let vectoriser): vectoriser.terms.count
        case .hashed(let vectoriser): vectoriser.columnCount
        }
    }

    /// The terms of every text.
    func rows(_ texts: [String?]) throws(ModelError) -> TermRows<Float> {
        let matrix = try featureStep { () throws(FeatureError) in
            switch self {
            case .vocabulary(let vectoriser): try vectoriser.transform(texts)
            case .hashed(let vectoriser): try vectoriser.transform(texts)
            }
        }
        return TermRows(
            offsets: matrix.rowOffsets, columns: matrix.columnIndices,
            values: matrix.values.map { Float($0) })
    }

    func encode(to encoder: inout CanonicalEncoder) {
        if case .vocabulary(let vectoriser) = self { encoder.encode(vectoriser) }
    }

    init(
        from decoder: inout CanonicalDecoder, _ network: TextNetwork
    ) throws(CanonicalDecodingError) {
        switch network.terms {
        case .hashed(let vectoriser): self = .hashed(vectoriser)
        case .weighted(var recipe), .embedded(var recipe, _):
            let fitted = try FittedTextVectoriser(from: &decoder)
            if case .embedded = network.terms { recipe.norm = .l1 }
            guard fitted.recipe == recipe else {
                throw decoder.error("a vocabulary of another recipe")
            }
            self = .vocabulary(fitted)
        }
        do { try network.check(termCount: count) } catch { throw decoder.error(error.message) }
    }
}
