// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension MultilayerPerceptronClassifier: CanonicalContent {
    /// `multilayer-perceptron.1`.
    public static var kind: String { "multilayer-perceptron.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        design.encode(to: &encoder)
        training.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
        encoder.encode(focalExponent)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let design = try PerceptronDesign(from: &decoder)
        self.init(
            hiddenLayers: design.hiddenLayers, embeddings: design.embeddings,
            training: try NetworkTraining(from: &decoder),
            classWeighting: try ClassWeighting(from: &decoder),
            focalExponent: try decoder.decodeDouble())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension MultilayerPerceptronModel: CanonicalContent {
    /// `multilayer-perceptron-model.1`.
    public static var kind: String { "multilayer-perceptron-model.1" }

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
        encoder.encode(strings: classes)
        layout.encode(to: &encoder)
        encoder.encode(parameters)
        encoder.encode(state)
        encoder.encode(epochs: history)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try MultilayerPerceptronClassifier(from: &decoder)
        classes = try decoder.decodeClasses()
        layout = try PerceptronLayout(
            from: &decoder, recipe.design, outputWidth: NetworkHead.classes(classes.count).width)
        (parameters, state) = try layout.decodeNumbers(from: &decoder)
        history = try decoder.decodeEpochs(of: recipe.training)
    }
}

extension MultilayerPerceptronTrainer: CanonicalContent {
    /// `multilayer-perceptron-trainer.1`.
    public static var kind: String { "multilayer-perceptron-trainer.1" }

    /// The canonical bytes of the recipe, the network and the optimiser's memory.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a trainer and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the trainer as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a trainer's file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(strings: classes)
        layout.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try MultilayerPerceptronClassifier(from: &decoder)
        classes = try decoder.decodeClasses()
        layout = try PerceptronLayout(
            from: &decoder, recipe.design, outputWidth: NetworkHead.classes(classes.count).width)
        let stack = layout.stack
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: stack.parameterCount,
            stateCount: stack.stateCount)
    }
}

extension MultilayerPerceptronRegressor: CanonicalContent {
    /// `multilayer-perceptron-regression.1`.
    public static var kind: String { "multilayer-perceptron-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        design.encode(to: &encoder)
        training.encode(to: &encoder)
        loss.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let design = try PerceptronDesign(from: &decoder)
        self.init(
            hiddenLayers: design.hiddenLayers, embeddings: design.embeddings,
            training: try NetworkTraining(from: &decoder), loss: try Loss(from: &decoder))
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension MultilayerPerceptronRegressor.Loss {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .squared: encoder.encode(UInt8(0))
        case .huber(let delta):
            encoder.encode(UInt8(1))
            encoder.encode(delta)
        case .poisson: encoder.encode(UInt8(2))
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .squared
        case 1: self = .huber(delta: try decoder.decodeDouble())
        case 2: self = .poisson
        case let tag: throw decoder.error("loss \(tag) is unknown")
        }
    }
}

extension MultilayerPerceptronRegressorModel: CanonicalContent {
    /// `multilayer-perceptron-regression-model.1`.
    public static var kind: String { "multilayer-perceptron-regression-model.1" }

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
        layout.encode(to: &encoder)
        scale.encode(to: &encoder)
        encoder.encode(parameters)
        encoder.encode(state)
        encoder.encode(epochs: history)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try MultilayerPerceptronRegressor(from: &decoder)
        layout = try PerceptronLayout(from: &decoder, recipe.design, outputWidth: 1)
        scale = try TargetMoments(from: &decoder)
        (parameters, state) = try layout.decodeNumbers(from: &decoder)
        history = try decoder.decodeEpochs(of: recipe.training)
    }
}
