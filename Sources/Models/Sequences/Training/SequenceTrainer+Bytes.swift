// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension SequenceTrainer: CanonicalContent {
    /// `sequence-trainer.1`.
    public static var kind: String { "sequence-trainer.1" }

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
        encoder.encode(strings: classes)
        encoder.encode(strings: stepNames)
        encoder.encode(strings: staticNames)
        scaling.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try SequenceClassifier(from: &decoder)
        let classes = try decoder.decodeClasses()
        let stepNames = try decoder.decodeStrings()
        let staticNames = try decoder.decodeStrings()
        let scaling = try SequenceScaling(
            from: &decoder, stepCount: stepNames.count, staticCount: staticNames.count)
        guard !stepNames.isEmpty, Set(stepNames).count == stepNames.count else {
            throw decoder.error("the numbers of a step are \(stepNames)")
        }
        let plan = recipe.network.plan(
            stepCount: stepNames.count, staticCount: staticNames.count,
            output: SequenceClassifier.output(classes.count))
        self.init(
            recipe: recipe, classes: classes, stepNames: stepNames, staticNames: staticNames,
            scaling: scaling,
            run: try TrainingRun(
                from: &decoder, training: recipe.training, parameterCount: plan.parameterCount,
                stateCount: plan.head.stateCount))
    }
}

extension CanonicalDecoder {
    /// Reads the names of at least two classes.
    mutating func decodeClasses() throws(CanonicalDecodingError) -> [String] {
        let classes = try decodeStrings()
        guard classes.count >= 2, Set(classes).count == classes.count else {
            throw error("the classes are \(classes)")
        }
        return classes
    }
}
