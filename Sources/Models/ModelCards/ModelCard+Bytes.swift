// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
internal import FeatureEngineering

extension ModelCard: CanonicalContent {
    /// `model-card.1`.
    public static var kind: String { "model-card.1" }

    /// The canonical bytes of everything on the card, of which ``ModelFileContent/digest`` is made.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a card.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        for text in [name, version, summary, modelKind, modelDigest, target, positiveClass] {
            encoder.encode(text)
        }
        for texts in [
            contacts, intendedUses, excludedUses, limitations, considerations, inputNames,
        ] { encoder.encode(strings: texts) }
        encoder.encode(optional: training) { $1.encode(to: &$0) }
        encoder.encode(evaluations)
        encoder.encode(importances)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        version = try decoder.decodeString()
        summary = try decoder.decodeString()
        modelKind = try decoder.decodeString()
        modelDigest = try decoder.decodeString()
        target = try decoder.decodeString()
        positiveClass = try decoder.decodeString()
        contacts = try decoder.decodeStrings()
        intendedUses = try decoder.decodeStrings()
        excludedUses = try decoder.decodeStrings()
        limitations = try decoder.decodeStrings()
        considerations = try decoder.decodeStrings()
        inputNames = try decoder.decodeStrings()
        training = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try DataSummary(from: &decoder)
        }
        evaluations = try decoder.decodeArray()
        importances = try decoder.decodeArray()
    }
}

extension ModelCard.DataSummary: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(rowCount)
        encoder.encode(positiveRate)
        encoder.encode(columns) { encoder, column in
            encoder.encode(column.name)
            encoder.encode(caseOf: column.kind)
            encoder.encode(column.missingCount)
            for number in [column.minimum, column.mean, column.maximum] {
                encoder.encode(optional: number) { $0.encode($1) }
            }
            encoder.encode(optional: column.levelCount) { $0.encode($1) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        rowCount = try decoder.decodeInt()
        positiveRate = try decoder.decodeFinite()
        columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Column(
                name: try decoder.decodeString(), kind: try decoder.decodeCase(),
                missingCount: try decoder.decodeInt(),
                minimum: try decoder.decodeOptionalFinite(),
                mean: try decoder.decodeOptionalFinite(),
                maximum: try decoder.decodeOptionalFinite(),
                levelCount: try decoder.decodeOptional {
                    (decoder) throws(CanonicalDecodingError) in try decoder.decodeInt()
                })
        }
    }
}

extension ModelCard.Evaluation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(rowCount)
        encoder.encode(positiveRate)
        encoder.encode(scores) { encoder, score in
            encoder.encode(score.name)
            encoder.encode(score.value)
            encoder.encode(optional: score.spread) { $0.encode($1) }
        }
        encoder.encode(groups) { encoder, group in
            encoder.encode(group.column)
            encoder.encode(group.level)
            encoder.encode(group.rowCount)
            encoder.encode(group.positiveRate)
            encoder.encode(group.meanProbability)
            encoder.encode(optional: group.rocAUC) { $0.encode($1) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        rowCount = try decoder.decodeInt()
        positiveRate = try decoder.decodeFinite()
        scores = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Score(
                name: try decoder.decodeString(), value: try decoder.decodeFinite(),
                spread: try decoder.decodeOptionalFinite())
        }
        groups = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Group(
                column: try decoder.decodeString(), level: try decoder.decodeString(),
                rowCount: try decoder.decodeInt(), positiveRate: try decoder.decodeFinite(),
                meanProbability: try decoder.decodeFinite(),
                rocAUC: try decoder.decodeOptionalFinite())
        }
    }
}

extension ModelCard.Importance: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(loss)
        encoder.encode(spread)
        encoder.encode(score)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        name = try decoder.decodeString()
        loss = try decoder.decodeFinite()
        spread = try decoder.decodeFinite()
        score = try decoder.decodeString()
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeFinite() throws(CanonicalDecodingError) -> Double {
        let value = try decodeDouble()
        guard value.isFinite else { throw error("\(value) on a model card") }
        return value
    }

    fileprivate mutating func decodeOptionalFinite() throws(CanonicalDecodingError) -> Double? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeFinite()
        }
    }
}
