// SPDX-License-Identifier: Apache-2.0

/// How a member signs; the scheme's number is inside the address, the genesis record and every
/// signed message.
///
/// All signatures are made and checked by swift-crypto. Ed25519 is the default: its keys,
/// signatures and certificates are the smallest, and it is deterministic.
public enum SignatureScheme: UInt8, Sendable, Hashable, CaseIterable {
    /// Ed25519 (RFC 8032, <https://doi.org/10.17487/RFC8032>).
    case ed25519 = 1
    /// ECDSA over P-256 with SHA-256 (FIPS 186-5, <https://doi.org/10.6028/NIST.FIPS.186-5>).
    case p256 = 2
    /// RSASSA-PSS of 2048 bits with SHA-256, a salt of 32 bytes and the exponent 65537 (RFC 8017,
    /// <https://doi.org/10.17487/RFC8017>).
    case rsaPSS2048 = 3
    /// RSASSA-PSS of 3072 bits, as ``rsaPSS2048``.
    case rsaPSS3072 = 4
    /// RSASSA-PSS of 4096 bits, as ``rsaPSS2048``.
    case rsaPSS4096 = 5
    /// ML-DSA-65 (FIPS 204, <https://doi.org/10.6028/NIST.FIPS.204>), which quantum computers are
    /// not known to break. A certificate of 67 banks takes 222 KB with it, 4 KB with ``ed25519``.
    case mlDSA65 = 6

    /// Bytes in a public key: the y-coordinate and sign of Ed25519, the compressed point of P-256
    /// (SEC 1), the modulus of RSA (big-endian), the encoded key of ML-DSA-65.
    public var publicKeyByteCount: Int {
        switch self {
        case .ed25519: 32
        case .p256: 33
        case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096: modulusBitCount / 8
        case .mlDSA65: 1952
        }
    }

    /// Bytes in a signature.
    public var signatureByteCount: Int {
        switch self {
        case .ed25519, .p256: 64
        case .rsaPSS2048, .rsaPSS3072, .rsaPSS4096: modulusBitCount / 8
        case .mlDSA65: 3309
        }
    }

    /// Bits of the modulus of an RSA scheme, else 0.
    var modulusBitCount: Int {
        switch self {
        case .rsaPSS2048: 2048
        case .rsaPSS3072: 3072
        case .rsaPSS4096: 4096
        case .ed25519, .p256, .mlDSA65: 0
        }
    }
}
