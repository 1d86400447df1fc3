// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension DeepBeliefNetwork: CanonicalContent {
    /// `deep-belief-network.1`.
    public static var kind: String { "deep-belief-network.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(machines) { encoder, machine in machine.encode(to: &encoder) }
        fineTuning.encode(to: &encoder)
        encoder.encode(dropout)
        classWeighting.encode(to: &encoder)
        encoder.encode(focalExponent)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            machines: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try RestrictedBoltzmannMachine(from: &decoder)
            },
            fineTuning: try NetworkTraining(from: &decoder),
            dropout: try decoder.decodeDouble(),
            classWeighting: try ClassWeighting(from: &decoder),
            focalExponent: try decoder.decodeDouble())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension DeepBeliefFeatures: CanonicalContent {
    /// `deep-belief-features.1`.
    public static var kind: String { "deep-belief-features.1" }

    /// The canonical bytes of the layers.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the layers and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(machines) { encoder, machine in machine.encode(to: &encoder) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        machines = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try RestrictedBoltzmannModel(from: &decoder)
        }
        guard !machines.isEmpty else { throw decoder.error("no layers") }
        for layer in machines.indices.dropFirst() {
            let (below, above) = (machines[layer - 1], machines[layer])
            guard above.recipe.visibleUnits == .bernoulli,
                above.featureNames == unitNames(layer: layer - 1, count: below.hiddenCount)
            else {
                throw decoder.error(
                    "layer \(layer + 1) of \(above.visibleCount) units is not one on "
                        + "\(below.hiddenCount) units")
            }
        }
    }
}

extension DeepBeliefModel: CanonicalContent {
    /// `deep-belief-model.1`.
    public static var kind: String { "deep-belief-model.1" }

    /// The canonical bytes of the recipe and of the network.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        network.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try DeepBeliefNetwork(from: &decoder)
        network = try MultilayerPerceptronModel(from: &decoder)
        guard network.recipe == recipe.perceptron else {
            throw decoder.error("a network of another recipe than that of the layers")
        }
    }
}
