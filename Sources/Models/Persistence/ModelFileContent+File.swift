// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FoundationEssentials

extension ModelFileContent {
    /// The model file that holds this value.
    public var file: ModelFile { ModelFile(self) }

    /// The bytes of ``file``.
    public var fileBytes: [UInt8] { file.bytes }

    /// The SHA-256 digest of ``file``: equal for equal values only, on every machine.
    public var digest: ModelDigest { file.digest }

    /// Reads the bytes of a model file.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(fileBytes: [UInt8]) throws(ModelError) {
        self = try ModelFile(bytes: fileBytes).decode()
    }

    /// Reads a model file.
    ///
    /// - Throws: ``ModelError`` with code `fileAccess` or `invalidFile`.
    public init(contentsOf url: URL) throws(ModelError) {
        self = try ModelFile(contentsOf: url).decode()
    }

    /// Writes ``file``; a file that was there is replaced as a whole or not at all.
    ///
    /// - Throws: ``ModelError`` with code `fileAccess`.
    public func write(to url: URL) throws(ModelError) { try file.write(to: url) }
}

extension ClassifierModel {
    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}

/// Encodes a model file in hexadecimal digits, so that every format keeps every bit.
func encodeFile(_ content: some ModelFileContent, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Hexadecimal.string(content.fileBytes))
}

/// The content of a model file in hexadecimal digits.
func decodeFile<Content: ModelFileContent>(from decoder: any Decoder) throws -> Content {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self)
    do {
        guard let bytes = Hexadecimal.bytes(digits) else {
            throw ModelError(.invalidFile, "a model file in other than hexadecimal digits")
        }
        return try Content(fileBytes: bytes)
    } catch {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(
                codingPath: container.codingPath, debugDescription: "\(error)",
                underlyingError: error))
    }
}
