// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
internal import Crypto

/// A public key that has been checked to be safe for registration.
///
/// BoringSSL and CryptoKit accept keys of small order, under which one signature fits many
/// messages. Those keys and every encoding that is not canonical are refused here, so a signature
/// under a registered key commits its holder to one message.
public struct PublicIdentity: Hashable, Sendable {
    /// The scheme of the key.
    public let scheme: SignatureScheme
    /// The key: 32 bytes for Ed25519 (RFC 8032 section 5.1.5).
    public let publicKey: [UInt8]

    /// Checks a public key.
    ///
    /// - Throws: ``LedgerError`` with `unsafeKey` for a wrong length, a y-coordinate of 2^255 - 19
    ///   or more, and every encoding of a point of order 1, 2, 4 or 8.
    public init(publicKey: [UInt8], scheme: SignatureScheme = .ed25519) throws(LedgerError) {
        try Self.checkEd25519(publicKey)
        self.scheme = scheme
        self.publicKey = publicKey
    }

    /// Whether `signature` is this key's signature of `message`.
    func isValid(_ signature: Signature, of message: [UInt8], in domain: Domain) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(signature.bytes, for: domain.prefix + message)
    }

    /// The y-coordinates of the eight points of small order, little-endian.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88,
            0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77,
            0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    private static func checkEd25519(_ key: [UInt8]) throws(LedgerError) {
        guard key.count == 32 else {
            throw LedgerError(.unsafeKey, "an Ed25519 key has 32 bytes, not \(key.count)")
        }
        var y = key
        y[31] &= 0x7F
        // p = 2^255 - 19 is ED FF ... FF 7F, so only the lowest byte can make y reach it.
        let reachesPrime = y[31] == 0x7F && y[1..<31].allSatisfy { $0 == 0xFF } && y[0] >= 0xED
        guard !reachesPrime else {
            throw LedgerError(.unsafeKey, "\(Hexadecimal.string(key)) is not canonical")
        }
        guard !smallOrder.contains(y) else {
            throw LedgerError(.unsafeKey, "\(Hexadecimal.string(key)) has a small order")
        }
    }
}

extension PublicIdentity: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(scheme.rawValue)
        encoder.encode(bytes: publicKey)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        guard let scheme = SignatureScheme(rawValue: tag) else {
            throw decoder.error("\(tag) is no signature scheme")
        }
        let key = try decoder.decodeBytes()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try PublicIdentity(publicKey: key, scheme: scheme)
        }
    }
}
