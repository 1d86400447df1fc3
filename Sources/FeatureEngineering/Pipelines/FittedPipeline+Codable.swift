// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FoundationEssentials

extension FittedPipeline {
    /// The canonical bytes: a version, the recipe and what each step learnt.
    ///
    /// Equal pipelines have equal bytes, on every machine; version 1 never changes.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// The SHA-256 digest of ``canonicalBytes`` under a prefix of their own (32 bytes).
    public var digest: [UInt8] {
        SHA256Hash.hash(domain: Domain("pipeline", version: 1), canonicalBytes)
    }

    /// Reads canonical bytes and checks every part against the others, as fitting does.
    ///
    /// - Throws: ``FeatureError`` with `invalidBytes`, naming the byte, for an unknown version or
    ///   step and for anything that fitting would not give.
    public init(canonicalBytes: [UInt8]) throws(FeatureError) {
        do {
            self = try CanonicalDecoder.decode(from: canonicalBytes)
        } catch {
            throw FeatureError(.invalidBytes, "not a fitted pipeline: \(error)")
        }
    }
}

extension FittedPipeline: Codable {
    /// Reads the canonical bytes and checks them.
    ///
    /// - Throws: `DecodingError` if they are of an unknown version or contradict themselves.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = try container.decode(Data.self)
        do {
            try self.init(canonicalBytes: Array(bytes))
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(error)")
        }
    }

    /// Writes the canonical bytes, so that every format keeps every bit.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(canonicalBytes))
    }
}
