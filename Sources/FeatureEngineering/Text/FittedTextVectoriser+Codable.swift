// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import FoundationEssentials

extension FittedTextVectoriser: Codable {
    /// Reads the canonical bytes and checks them.
    ///
    /// - Throws: `DecodingError` if they are of an unknown version or contradict themselves.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = try container.decode(Data.self)
        do {
            self = try CanonicalDecoder.decode(from: Array(bytes))
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(error)")
        }
    }

    /// Writes the canonical bytes, so that every format keeps every bit.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(CanonicalEncoder.bytes(of: self)))
    }
}

extension FittedTextVectoriser {
    /// The SHA-256 digest of the canonical form, 32 bytes: equal for equal vectorisers only.
    public var digest: [UInt8] {
        SHA256Hash.hash(
            domain: Domain("features.text-vectoriser", version: textVectoriserVersion),
            CanonicalEncoder.bytes(of: self))
    }
}
