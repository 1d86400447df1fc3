// SPDX-License-Identifier: Apache-2.0

/// How a member signs; the scheme's number is inside the address and the genesis record.
public enum SignatureScheme: UInt8, Sendable, Hashable, CaseIterable {
    /// Ed25519 (RFC 8032): public keys of 32 and signatures of 64 bytes.
    case ed25519 = 1
}
