// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension DeepBeliefRegressor: CanonicalContent {
    /// `deep-belief-regression.1`.
    public static var kind: String { "deep-belief-regression.1" }

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
        loss.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            machines: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try RestrictedBoltzmannMachine(from: &decoder)
            },
            fineTuning: try NetworkTraining(from: &decoder),
            dropout: try decoder.decodeDouble(),
            loss: try MultilayerPerceptronRegressor.Loss(from: &decoder))
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension DeepBeliefRegressorModel: CanonicalContent {
    /// `deep-belief-regression-model.1`.
    public static var kind: String { "deep-belief-regression-model.1" }

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
        recipe = try DeepBeliefRegressor(from: &decoder)
        network = try MultilayerPerceptronRegressorModel(from: &decoder)
        guard network.recipe == recipe.perceptron else {
            throw decoder.error("a network of another recipe than that of the layers")
        }
    }
}
