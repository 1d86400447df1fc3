// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A registered party: its name, role and key, with the proof that it holds the private key.
public struct Member: Hashable, Sendable {
    /// The party's name, 1 to 64 bytes, unique on the chain.
    public let name: String
    /// What it may do.
    public let role: Role
    /// Its key.
    public let identity: PublicIdentity
    /// Its signature over chain name, role, name and key.
    public let proofOfPossession: Signature

    /// Signs the record with the member's own key, for the chain that will be called `chainName`.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a name of no or more than 64 bytes.
    public init(
        name: String, role: Role, identity: SigningIdentity, chainName: String
    ) throws(LedgerError) {
        try checkName(name, "a member's name")
        self.name = name
        self.role = role
        self.identity = identity.publicIdentity
        proofOfPossession = try identity.sign(
            Self.claim(name, role, identity.publicIdentity),
            in: LedgerDomain.possession(chainName: chainName))
    }

    /// Refuses a record that the holder of the key did not sign for the chain `chainName`.
    func verifyPossession(chainName: String) throws(LedgerError) {
        guard
            identity.isValid(
                proofOfPossession, of: Self.claim(name, role, identity),
                in: LedgerDomain.possession(chainName: chainName))
        else {
            throw LedgerError(
                .missingPossession,
                "member '\(name)' did not sign its record for chain '\(chainName)' with key "
                    + Hexadecimal.string(identity.publicKey))
        }
    }

    private static func claim(_ name: String, _ role: Role, _ identity: PublicIdentity) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(name)
        encoder.encode(role.rawValue)
        encoder.encode(identity)
        return encoder.bytes
    }
}

extension Member: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fixed: Self.claim(name, role, identity))
        encoder.encode(proofOfPossession)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let name = try decoder.decodeString()
        try checkingDecoded(decoder) { () throws(LedgerError) in
            try checkName(name, "a member's name")
        }
        let tag = try decoder.decodeUInt8()
        guard let role = Role(rawValue: tag) else { throw decoder.error("\(tag) is no role") }
        self.name = name
        self.role = role
        identity = try PublicIdentity(from: &decoder)
        proofOfPossession = try Signature(from: &decoder)
    }
}
