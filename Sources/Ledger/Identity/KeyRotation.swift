// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A member's exchange of its key for a new one, from some height on.
///
/// The member signs it with the key that retires, as it signs everything it sends; the record of
/// the successor is signed by the new key, so neither key alone is enough.
public struct KeyRotation: Hashable, Sendable {
    /// The address of the key that retires.
    public let retiring: Address
    /// The member's record with its new key: same name, same role.
    public let successor: Member

    /// Makes the new key's record; the member sends it signed by the key that retires.
    ///
    /// - Throws: ``LedgerError`` with `invalidMembership` where both keys are the same.
    public init(
        of member: Member, to key: SigningIdentity, chainName: String, chainID: LedgerDigest
    ) throws(LedgerError) {
        guard member.identity != key.publicIdentity else {
            throw LedgerError(.invalidMembership, "'\(member.name)' rotates to the key it has")
        }
        retiring = Address(of: member.identity, chainID: chainID)
        successor = try Member(
            name: member.name, role: member.role, identity: key, chainName: chainName)
    }
}

extension KeyRotation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(retiring)
        encoder.encode(successor)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        retiring = try Address(from: &decoder)
        successor = try Member(from: &decoder)
    }
}
