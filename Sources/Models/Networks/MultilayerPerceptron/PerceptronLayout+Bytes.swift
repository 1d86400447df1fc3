// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension PerceptronDesign {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(layers: hiddenLayers)
        encoder.encode(embeddings) {
            $0.encode($1.feature)
            $0.encode($1.width)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        hiddenLayers = try decoder.decodeLayers()
        embeddings = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            CategoryEmbedding(try decoder.decodeString(), width: try decoder.decodeInt())
        }
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension PerceptronLayout {
    /// Appends everything but the design and the number of outputs.
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: featureNames)
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
