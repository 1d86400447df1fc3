// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension TextNetwork {
    func encode(to encoder: inout CanonicalEncoder) {
        switch terms {
        case .weighted(let vectoriser):
            encoder.encode(UInt8(0))
            encoder.encode(vectoriser)
        case .hashed(let vectoriser):
            encoder.encode(UInt8(1))
            encoder.encode(vectoriser)
        case .embedded(let vectoriser, let width):
            encoder.encode(UInt8(2))
            encoder.encode(vectoriser)
            encoder.encode(width)
        }
        encoder.encode(layers: layers)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let terms: Terms
        switch try decoder.decodeUInt8() {
        case 0: terms = .weighted(try TextVectoriser(from: &decoder))
        case 1: terms = .hashed(try HashingVectoriser(from: &decoder))
        case 2:
            terms = .embedded(
                try TextVectoriser(from: &decoder), width: try decoder.decodeInt())
        case let tag: throw decoder.error("terms of kind \(tag) are unknown")
        }
        self.init(terms, layers: try decoder.decodeLayers())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension CanonicalEncoder {
    /// Writes hidden layers.
    mutating func encode(layers: [HiddenLayer]) {
        encode(layers) { encoder, layer in
            encoder.encode(layer.units)
            encoder.encode(caseOf: layer.activation)
            encoder.encode(caseOf: layer.normalisation)
            encoder.encode(layer.dropout)
        }
    }
}

extension CanonicalDecoder {
    /// Reads hidden layers and checks them.
    mutating func decodeLayers() throws(CanonicalDecodingError) -> [HiddenLayer] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in
            let layer = HiddenLayer(
                try decoder.decodeInt(), activation: try decoder.decodeCase(),
                normalisation: try decoder.decodeCase(), dropout: try decoder.decodeDouble())
            do throws(ModelError) { try layer.validate() } catch {
                throw decoder.error(error.message)
            }
            return layer
        }
    }
}
