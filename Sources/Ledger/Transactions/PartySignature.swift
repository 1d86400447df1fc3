// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The signature of one party of an agreement that another member puts on the chain.
public struct PartySignature: Hashable, Sendable {
    /// Who signed.
    public let party: Address
    /// The party's signature over the agreement, its kind and the chain id.
    public let signature: Signature

    /// Signs the canonical bytes of an agreement.
    init(
        of agreement: [UInt8], in domain: Domain, by identity: SigningIdentity,
        chainID: LedgerDigest
    ) throws(LedgerError) {
        party = identity.address(chainID: chainID)
        signature = try identity.sign(agreement, in: domain)
    }

    /// Refuses a party that is not registered, and a wrong signature.
    func verify(
        of agreement: [UInt8], in domain: Domain, _ registry: MemberRegistry, as roles: [Role],
        to act: String
    ) throws(LedgerError) {
        let member = try registry.require(party, in: roles, to: act)
        guard member.identity.isValid(signature, of: agreement, in: domain) else {
            throw LedgerError(
                .badSignature, "\(party) ('\(member.name)') did not sign to \(act)")
        }
    }

    /// Refuses signatures that are not in the order of their parties, each party once.
    static func checkOrder(_ signatures: [PartySignature]) throws(LedgerError) {
        for (one, next) in zip(signatures, signatures.dropFirst()) where one.party >= next.party {
            throw LedgerError(
                .invalidValue, "the signature of \(next.party) is given twice or out of order")
        }
    }
}

extension PartySignature: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(party)
        encoder.encode(signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        party = try Address(from: &decoder)
        signature = try Signature(from: &decoder)
    }
}
