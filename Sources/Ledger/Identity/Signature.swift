// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A signature of 64 bytes.
public struct Signature: Hashable, Sendable, CustomStringConvertible {
    /// The 64 bytes.
    public let bytes: [UInt8]

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 128 hexadecimal digits.
    public var description: String { Hexadecimal.string(bytes) }
}

extension Signature: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(fixed: bytes) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        bytes = try decoder.decode(fixed: 64)
    }
}
