// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension FusionClassifier: CanonicalContent {
    /// `fusion-classifier.1`.
    public static var kind: String { "fusion-classifier.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        sequences.encode(to: &encoder)
        texts.encode(to: &encoder)
        for layers in [networkLayers, staticLayers, hiddenLayers] { encoder.encode(layers: layers) }
        training.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
        encoder.encode(focalExponent)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            sequences: try SequenceNetwork(from: &decoder), texts: try TextNetwork(from: &decoder),
            networkLayers: try decoder.decodeLayers(), staticLayers: try decoder.decodeLayers(),
            hiddenLayers: try decoder.decodeLayers(),
            training: try NetworkTraining(from: &decoder),
            classWeighting: try ClassWeighting(from: &decoder),
            focalExponent: try decoder.decodeDouble())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension FusionClassifierModel: CanonicalContent {
    /// `fusion-classifier-model.1`.
    public static var kind: String { "fusion-classifier-model.1" }

    /// The canonical bytes of the recipe, the classes, names, scales and terms, and the parameters.
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
        recipe.encode(to: &encoder)
        encodeFitted(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        try self.init(fitted: &decoder, of: FusionClassifier(from: &decoder))
    }

    /// Appends everything but the recipe.
    func encodeFitted(to encoder: inout CanonicalEncoder) {
        layout.encode(to: &encoder)
        encoder.encode(parameters)
        encoder.encode(state)
        encoder.encode(epochs: history)
    }

    /// Reads what was fitted of `recipe`.
    init(
        fitted decoder: inout CanonicalDecoder, of recipe: FusionClassifier
    ) throws(CanonicalDecodingError) {
        let layout = try FusionLayout(from: &decoder, recipe)
        let plan = layout.plan(recipe)
        self.init(
            recipe: recipe, layout: layout,
            parameters: try decoder.decodeFloats(plan.parameterCount, "parameters"),
            state: try decoder.decodeFloats(plan.stateCount, "state numbers"),
            history: try decoder.decodeEpochs(of: recipe.training))
    }
}

extension FusionTrainer: CanonicalContent {
    /// `fusion-trainer.1`.
    public static var kind: String { "fusion-trainer.1" }

    /// The canonical bytes of the recipe and of where its training stands.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a trainer and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the trainer as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        layout.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try FusionClassifier(from: &decoder)
        layout = try FusionLayout(from: &decoder, recipe)
        let plan = layout.plan(recipe)
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: plan.parameterCount,
            stateCount: plan.stateCount)
    }
}

extension FusionLayout {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: classes)
        for columns in [steps, network, statics] {
            encoder.encode(optional: columns) {
                $0.encode(strings: $1.names)
                $1.scaling.encode(to: &$0)
            }
        }
        encoder.encode(optional: terms) { $1.encode(to: &$0) }
    }

    /// Reads a layout and checks it.
    init(
        from decoder: inout CanonicalDecoder, _ recipe: FusionClassifier
    ) throws(CanonicalDecodingError) {
        let classes = try decoder.decodeClasses()
        func columns() throws(CanonicalDecodingError) -> Columns? {
            try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                let names = try decoder.decodeStrings()
                guard !names.isEmpty, Set(names).count == names.count else {
                    throw decoder.error("the columns of a part are \(names)")
                }
                return Columns(
                    names: names,
                    scaling: try ColumnScaling(from: &decoder, count: names.count))
            }
        }
        let (steps, network, statics) = (try columns(), try columns(), try columns())
        self.init(
            classes: classes, steps: steps,
            terms: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try FittedTerms(from: &decoder, recipe.texts)
            }, network: network, statics: statics)
        guard !parts.isEmpty else { throw decoder.error("a network that reads nothing") }
    }
}
