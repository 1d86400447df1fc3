// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Anchors a model file on the chain: whoever has a file can see whether it is the one.
public struct ModelRecord: Hashable, Sendable {
    /// The digest of the model file.
    public let modelDigest: LedgerDigest
    /// The model's name, 1 to 64 bytes.
    public let name: String
    /// Its version, 1 to 64 bytes.
    public let version: String

    /// A record.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where a text has not 1 to 64 bytes.
    public init(modelDigest: LedgerDigest, name: String, version: String) throws(LedgerError) {
        try checkName(name, "the model's name")
        try checkName(version, "the model's version")
        self.modelDigest = modelDigest
        self.name = name
        self.version = version
    }
}

extension ModelRecord: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(modelDigest)
        encoder.encode(name)
        encoder.encode(version)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let modelDigest = try LedgerDigest(from: &decoder)
        let name = try decoder.decodeString()
        let version = try decoder.decodeString()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ModelRecord(modelDigest: modelDigest, name: name, version: version)
        }
    }
}
