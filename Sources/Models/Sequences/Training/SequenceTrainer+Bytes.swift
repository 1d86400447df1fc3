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
        layout.encode(to: &encoder)
        run.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try SequenceClassifier(from: &decoder)
        classes = try decoder.decodeClasses()
        layout = try SequenceLayout(from: &decoder)
        let plan = layout.plan(recipe.network, output: .classes(classes.count))
        run = try TrainingRun(
            from: &decoder, training: recipe.training, parameterCount: plan.parameterCount,
            stateCount: plan.stateCount)
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
