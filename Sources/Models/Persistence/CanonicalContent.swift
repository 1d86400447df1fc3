// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// A content of model files that is written field by field.
protocol CanonicalContent: ModelFileContent {
    /// Appends the canonical form.
    func encode(to encoder: inout CanonicalEncoder)

    /// Reads the canonical form and checks the value's invariants.
    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError)
}

/// The canonical form of `content`.
func encodeContent(_ content: some CanonicalContent) -> [UInt8] {
    var encoder = CanonicalEncoder()
    content.encode(to: &encoder)
    return encoder.bytes
}

/// The value whose canonical form is all of `bytes`.
func decodeContent<Content: CanonicalContent>(_ bytes: [UInt8]) throws(ModelError) -> Content {
    do {
        var decoder = CanonicalDecoder(bytes)
        let content = try Content(from: &decoder)
        try decoder.finish()
        return content
    } catch {
        throw ModelError(.invalidFile, "\(Content.kind), \(error)")
    }
}

extension CanonicalDecoder {
    /// Reads a length and a value that fills that many bytes.
    mutating func decodeNested<Value: CanonicalCodable>(
        _ type: Value.Type
    ) throws(CanonicalDecodingError) -> Value {
        let start = offset
        do {
            return try CanonicalDecoder.decode(from: decodeBytes())
        } catch {
            throw CanonicalDecodingError(
                offset: start, reason: "\(type) in this place, \(error)")
        }
    }

    /// Reads a length and a content that fills that many bytes.
    mutating func decodeContent<Content: ModelFileContent>()
        throws(CanonicalDecodingError) -> Content
    {
        let start = offset
        let bytes = try decodeBytes()
        do {
            return try Content(canonicalBytes: bytes)
        } catch {
            throw CanonicalDecodingError(offset: start, reason: error.message)
        }
    }
}
