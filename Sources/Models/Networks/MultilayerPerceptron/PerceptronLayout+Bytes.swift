// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension PerceptronDesign {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(hiddenLayers) { encoder, layer in
            encoder.encode(layer.units)
            encoder.encode(layer.activation.rawValue)
            encoder.encode(layer.normalisation.rawValue)
            encoder.encode(layer.dropout)
        }
        encoder.encode(embeddings) {
            $0.encode($1.feature)
            $0.encode($1.width)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        hiddenLayers = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            let units = try decoder.decodeInt()
            let activation = try decoder.decodeString()
            let normalisation = try decoder.decodeString()
            guard let activation = Activation(rawValue: activation),
                let normalisation = HiddenLayer.Normalisation(rawValue: normalisation)
            else { throw decoder.error("a layer of \(activation) and \(normalisation)") }
            return HiddenLayer(
                units, activation: activation, normalisation: normalisation,
                dropout: try decoder.decodeDouble())
        }
        embeddings = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            CategoryEmbedding(try decoder.decodeString(), width: try decoder.decodeInt())
        }
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension PerceptronLayout {
    /// Appends everything but the design and the number of outputs.
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(levels) { encoder, levels in encoder.encode(levels) { $0.encode($1) } }
    }

    /// Reads a layout and checks it.
    init(
        from decoder: inout CanonicalDecoder, _ design: PerceptronDesign, outputWidth: Int
    ) throws(CanonicalDecodingError) {
        let names = try decoder.decodeStrings()
        let levels = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeDouble()
            }
        }
        guard !names.isEmpty, levels.count == design.embeddings.count,
            design.embeddings.allSatisfy({ names.contains($0.feature) })
        else {
            throw decoder.error("\(levels.count) embeddings of features of \(names)")
        }
        for values in levels {
            guard !values.isEmpty, values.allSatisfy(\.isFinite),
                zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw decoder.error("categories that do not ascend") }
        }
        self.init(
            design: design, featureNames: names, levels: levels, outputWidth: outputWidth)
    }

    /// Reads parameters and state of this layout.
    func decodeNumbers(
        from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) -> ([Float], [Float]) {
        let stack = stack
        return (
            try decoder.decodeFloats(stack.parameterCount, "parameters"),
            try decoder.decodeFloats(stack.stateCount, "state numbers")
        )
    }
}
