// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FoundationEssentials

/// The versioned envelope in which a recipe or a fitted model is kept.
///
/// The bytes are: the magic `credit⏎model⏎` with a NUL (so that a transfer in text mode is
/// noticed), the format version (UInt16), the kind of the content (a string), the content's
/// canonical bytes, and the SHA-256 digest of all of that under the domain
/// `swift-credit.model-file`, version 1. Equal contents have equal bytes and digests, on every
/// machine and for ever: a format that has been released is never changed and stays readable.
public struct ModelFile: Hashable, Sendable {
    /// The kind of the content, such as `logistic-regression-model.1`.
    public let kind: String

    /// The canonical bytes of the content.
    public let content: [UInt8]

    /// All bytes of the file.
    public let bytes: [UInt8]

    /// The digest at the end of the file.
    public let digest: ModelDigest

    private static let magic = Array("credit\r\nmodel\n\0".utf8)
    private static let formatVersion: UInt16 = 1

    /// The file that holds `value`.
    public init(_ value: some ModelFileContent) {
        kind = type(of: value).kind
        content = value.canonicalBytes
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: Self.magic)
        encoder.encode(Self.formatVersion)
        encoder.encode(kind)
        encoder.encode(bytes: content)
        digest = ModelDigest(hashing: encoder.bytes)
        bytes = encoder.bytes + digest.bytes
    }

    /// Reads the envelope and checks its digest.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile` for bytes that are no model file, a format
    ///   version that this library does not know, missing, additional or changed bytes.
    public init(bytes: [UInt8]) throws(ModelError) {
        do {
            var decoder = CanonicalDecoder(bytes)
            (kind, content, digest) = try Self.parse(&decoder)
        } catch {
            throw ModelError(.invalidFile, "a model file, \(error)")
        }
        guard ModelDigest(hashing: bytes.dropLast(digest.bytes.count)) == digest else {
            throw ModelError(.invalidFile, "a model file whose digest is not that of its content")
        }
        self.bytes = bytes
    }

    private static func parse(
        _ decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) -> (String, [UInt8], ModelDigest) {
        guard try decoder.decode(fixed: magic.count) == magic else {
            throw CanonicalDecodingError(offset: 0, reason: "not the start of a model file")
        }
        let version = try decoder.decodeUInt16()
        guard version == formatVersion else {
            throw decoder.error("format version \(version); this library reads \(formatVersion)")
        }
        let kind = try decoder.decodeString()
        let content = try decoder.decodeBytes()
        let digest = ModelDigest(checked: try decoder.decode(fixed: SHA256Hash.byteCount))
        try decoder.finish()
        return (kind, content, digest)
    }

    /// Reads a file from disk.
    ///
    /// - Throws: ``ModelError`` with code `fileAccess`, or `invalidFile` as ``init(bytes:)``.
    public init(contentsOf url: URL) throws(ModelError) {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw ModelError(.fileAccess, "\(url.path) cannot be read", underlying: error)
        }
        try self.init(bytes: Array(data))
    }

    /// Writes the file; a file that was there is replaced as a whole or not at all.
    ///
    /// - Throws: ``ModelError`` with code `fileAccess`.
    public func write(to url: URL) throws(ModelError) {
        do {
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw ModelError(.fileAccess, "\(url.path) cannot be written", underlying: error)
        }
    }

    /// The recipe or model in the file.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile` where the file holds another kind, or bytes
    ///   that are no valid value of this one.
    public func decode<Content: ModelFileContent>(
        _ type: Content.Type = Content.self
    ) throws(ModelError) -> Content {
        guard kind == Content.kind else {
            throw ModelError(.invalidFile, "the file holds \(kind), not \(Content.kind)")
        }
        return try Content(canonicalBytes: content)
    }
}
