// SPDX-License-Identifier: Apache-2.0

/// How the key of a sealed record is wrapped for a recipient: HPKE in its base mode.
///
/// Source: RFC 9180, Hybrid Public Key Encryption, <https://doi.org/10.17487/RFC9180>.
public enum SealingScheme: UInt8, Sendable, Hashable, CaseIterable {
    /// X25519, HKDF-SHA256 and AES-256-GCM.
    case x25519 = 1
    /// X-Wing (ML-KEM-768 with X25519), HKDF-SHA256 and AES-256-GCM: records that are copied today
    /// stay closed to a quantum computer of tomorrow.
    case xWing = 2

    /// Bytes in a recipient's public key.
    public var publicKeyByteCount: Int {
        switch self {
        case .x25519: 32
        case .xWing: 1216
        }
    }
}
