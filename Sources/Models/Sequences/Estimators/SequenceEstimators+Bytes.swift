// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension SequenceClassifier: CanonicalContent {
    /// `sequence-classifier.1`.
    public static var kind: String { "sequence-classifier.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        network.encode(to: &encoder)
        training.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
        encoder.encode(focal)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try SequenceNetwork(from: &decoder), training: try NetworkTraining(from: &decoder),
            classWeighting: try ClassWeighting(from: &decoder),
            focal: try decoder.decodeDouble())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension SequenceClassifierModel: CanonicalContent {
    /// `sequence-classifier-model.1`.
    public static var kind: String { "sequence-classifier-model.1" }

    /// The canonical bytes of classes, layers, scales and parameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: classes)
        core.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        classes = try decoder.decodeClasses()
        core = try SequenceModelCore(
            from: &decoder, output: .classes(classes.count))
    }
}

extension SequenceRegressor: CanonicalContent {
    /// `sequence-regressor.1`.
    public static var kind: String { "sequence-regressor.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        network.encode(to: &encoder)
        training.encode(to: &encoder)
        switch loss {
        case .squared: encoder.encode(UInt8(0))
        case .huber(let delta):
            encoder.encode(UInt8(1))
            encoder.encode(delta)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let network = try SequenceNetwork(from: &decoder)
        let training = try NetworkTraining(from: &decoder)
        let loss: Loss
        switch try decoder.decodeUInt8() {
        case 0: loss = .squared
        case 1: loss = .huber(delta: try decoder.decodeDouble())
        case let tag: throw decoder.error("loss \(tag) is unknown")
        }
        self.init(network, training: training, loss: loss)
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension SequenceRegressorModel: CanonicalContent {
    /// `sequence-regressor-model.1`.
    public static var kind: String { "sequence-regressor-model.1" }

    /// The canonical bytes of layers, scales and parameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        scale.encode(to: &encoder)
        core.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        scale = try TargetMoments(from: &decoder)
        core = try SequenceModelCore(from: &decoder, output: .squared)
    }
}
