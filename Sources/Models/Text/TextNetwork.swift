// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// The layers of a network that reads texts: what it knows of their terms, and hidden layers.
///
/// ```swift
/// let network = TextNetwork(
///     .weighted(.tfidf(.words(1...2), minimumDocuments: .count(3))),
///     layers: [HiddenLayer(16, dropout: 0.3)])
/// ```
///
/// The first sums run over the terms that a text has, so that the work is that of the texts and not
/// of the vocabulary; an optimiser's step is that of the vocabulary.
public struct TextNetwork: Codable, Hashable, Sendable {
    /// What a text is to the first layer.
    public enum Terms: Codable, Hashable, Sendable {
        /// The counts or tf-idf weights of a vocabulary that is learned from the training texts.
        case weighted(TextVectoriser)
        /// Hashed terms; nothing is learned, and no vocabulary is kept.
        case hashed(HashingVectoriser)
        /// The mean of vectors that the network learns for the terms of a vocabulary,
        /// weighted by the vectoriser's weights; its norm counts for nothing. A text
        /// without known terms is zeros.
        ///
        /// M. Iyyer et al., "Deep unordered composition rivals syntactic methods for text
        /// classification", ACL 2015, DOI 10.3115/v1/P15-1162.
        case embedded(TextVectoriser, width: Int)
    }

    /// What a text is to the first layer.
    public var terms: Terms

    /// The layers above the terms; none give one sum over the terms for each output of the whole
    /// network: a linear score.
    public var layers: [HiddenLayer]

    /// A network; its values are checked by the recipe that holds it.
    public init(
        _ terms: Terms = .weighted(.tfidf(minimumDocuments: .count(2))),
        layers: [HiddenLayer] = [HiddenLayer(16)]
    ) {
        self.terms = terms
        self.layers = layers
    }

    /// More weights than any machine could train, so that a forged recipe reserves no memory.
    static let weightLimit = 1 << 28

    func validate() throws(ModelError) {
        for layer in layers { try layer.validate() }
        do {
            switch terms {
            case .weighted(let vectoriser), .embedded(let vectoriser, _):
                try vectoriser.validate()
            case .hashed(let vectoriser): try vectoriser.validate()
            }
        } catch {
            throw ModelError(.invalidRecipe, "the terms of texts", underlying: error)
        }
        if case .embedded(_, let width) = terms, !(1...65_536).contains(width) {
            throw ModelError(.invalidRecipe, "vectors of \(width) numbers, not of 1...65536")
        }
        guard layers.count <= 64 else {
            throw ModelError(.invalidRecipe, "\(layers.count) layers of text, more than 64")
        }
        if case .hashed(let vectoriser) = terms { try check(termCount: vectoriser.columnCount) }
    }

    /// Refuses more weights than there may be.
    func check(termCount: Int) throws(ModelError) {
        let width = sumWidth(without: 1)
        guard termCount <= Self.weightLimit / width else {
            throw ModelError(
                .invalidRecipe,
                "\(termCount) terms of \(width) weights each are more than \(Self.weightLimit)")
        }
    }

    /// The sums over the terms: those of the vectors, of the first layer, or of what follows.
    func sumWidth(without following: Int) -> Int {
        if case .embedded(_, let width) = terms { return width }
        return layers.first?.units ?? following
    }

    /// The network for so many terms.
    ///
    /// - Parameter following: the outputs where there are no layers.
    func plan(termCount: Int, following: Int) -> TextPlan {
        var parts: [any NetworkLayer] = []
        var width = sumWidth(without: following)
        var (rest, isEmbedded) = (layers[...], false)
        if case .embedded = terms {
            isEmbedded = true
        } else if let first = rest.popFirst() {
            parts += first.partsBehindSums
        }
        let sums = TermSums(termCount: termCount, width: width, hasOffsets: !isEmbedded)
        for layer in rest {
            parts += layer.parts(after: width)
            width = layer.units
        }
        return TextPlan(sums: sums, stack: parts.isEmpty ? nil : LayerStack(parts))
    }
}

extension HiddenLayer {
    /// The parts of this layer after its weighted sums.
    var partsBehindSums: [any NetworkLayer] {
        var parts: [any NetworkLayer] = []
        switch normalisation {
        case .none: break
        case .batch: parts.append(BatchNormalisationLayer(units))
        case .layer: parts.append(LayerNormalisationLayer(units))
        }
        if activation != .identity { parts.append(ActivationLayer(units, activation)) }
        if dropout > 0 { parts.append(DropoutLayer(units, rate: dropout)) }
        return parts
    }
}
