// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The terms of a loan with the signatures of the borrower and every guarantor; the lender signs
/// the transaction that carries it.
///
/// The bureau that proposes the block is the paper's negotiator.
public struct LoanContract: Hashable, Sendable {
    /// What is agreed.
    public let terms: LoanContractTerms
    /// The other parties' signatures in the order of their addresses.
    public let signatures: [PartySignature]

    /// Puts terms and signatures together; whether all parties signed is checked on the chain.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a party given twice.
    public init(terms: LoanContractTerms, signatures: [PartySignature]) throws(LedgerError) {
        let sorted = signatures.sorted { $0.party < $1.party }
        try PartySignature.checkOrder(sorted)
        self.terms = terms
        self.signatures = sorted
    }

    /// Refuses a contract that the borrower or a guarantor did not sign, or somebody else did.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        let parties = signatures.map(\.party)
        if let missing = terms.counterparties.first(where: { !parties.contains($0) }) {
            throw LedgerError(
                .missingSignature,
                "\(missing) has not signed loan \(terms.id(chainID: registry.chainID))")
        }
        guard parties == terms.counterparties else {
            throw LedgerError(.invalidValue, "the loan is signed by a stranger to it")
        }
        let bytes = CanonicalEncoder.bytes(of: terms)
        for signature in signatures {
            try signature.verify(
                of: bytes, in: LedgerDomain.loanParty(registry.chainID), registry,
                as: Role.allCases, to: "be a party of a loan")
        }
    }
}

extension LoanContractTerms {
    /// The loan's identifier on the chain `chainID`, the same whoever sends it and how often.
    public func id(chainID: LedgerDigest) -> LedgerDigest {
        LedgerDigest(LedgerDomain.loan(chainID), CanonicalEncoder.bytes(of: self))
    }

    /// Signs the terms as the borrower or a guarantor.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` where `identity` is neither, `badSignature`.
    public func signed(
        by identity: SigningIdentity, chainID: LedgerDigest
    ) throws(LedgerError) -> PartySignature {
        let party = identity.address(chainID: chainID)
        guard counterparties.contains(party) else {
            throw LedgerError(.invalidValue, "\(party) is neither borrower nor guarantor")
        }
        return try PartySignature(
            of: CanonicalEncoder.bytes(of: self), in: LedgerDomain.loanParty(chainID),
            by: identity, chainID: chainID)
    }
}

extension LoanContract: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(terms)
        encoder.encode(signatures)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let terms = try LoanContractTerms(from: &decoder)
        let signatures: [PartySignature] = try decoder.decodeArray()
        try checkingDecoded(decoder) { () throws(LedgerError) in
            try PartySignature.checkOrder(signatures)
        }
        self.terms = terms
        self.signatures = signatures
    }
}
