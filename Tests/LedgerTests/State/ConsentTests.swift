// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("D2: consents and commitments") struct ConsentTests {
    @Test func aConsentHoldsUntilItExpiresOrIsTakenBack() throws {
        var network = try Network(users: 2)
        let chain = try Chain.inMemory(genesis: network.genesis)
        func grant(_ milliseconds: UInt64, to bank: Int = 0) throws -> SignedTransaction {
            let grant = try ConsentGrant(
                recipient: network.address(network.banks[bank]), purpose: "scoring",
                scope: digest(1), expiryTime: Network.start + milliseconds)
            return try network.sign(.consentGrant(grant), by: network.users[0])
        }
        func commit(_ consent: LedgerDigest, by bank: Int = 0) throws {
            let commitment = try DataCommitment(
                record: digest(2), commitment: digest(3), schema: "s", consent: consent)
            try network.append(
                [network.sign(.dataCommitment(commitment), by: network.banks[bank])], to: chain)
        }
        func revoke(_ consent: LedgerDigest, by user: Int = 0) throws {
            let revocation = ConsentRevocation(grant: consent)
            try network.append(
                [network.sign(.consentRevocation(revocation), by: network.users[user])], to: chain)
        }
        expectError(.consentNotInForce) { try network.append([grant(0)], to: chain) }
        let short = try grant(1_500)
        let long = try grant(1_000_000)
        try network.append([short, long], to: chain)
        let consent = try #require(chain.state.consents.consent(short.id))
        #expect(consent.isInForce(at: Network.start + 1_499))
        #expect(!consent.isInForce(at: Network.start + 1_500))
        #expect(
            chain.state.consents.consents(of: network.address(network.users[0])).map(\.id)
                == [short.id, long.id])
        // The head is at 1,000 ms, then at 2,000 ms.
        try commit(short.id)
        expectError(.consentNotInForce) { try commit(short.id) }
        expectError(.wrongRole) { try commit(long.id, by: 1) }
        expectError(.unknownReference) { try commit(digest(9)) }
        expectError(.wrongRole) { try revoke(long.id, by: 1) }
        expectError(.unknownReference) { try revoke(digest(9)) }
        try commit(long.id)
        try revoke(long.id)
        #expect(chain.state.consents.consent(long.id)?.revocation?.height == 4)
        expectError(.consentNotInForce) { try commit(long.id) }
        expectError(.duplicateAct) { try revoke(long.id) }
        let stranger = try ConsentGrant(
            recipient: identity(9, 9).address(chainID: network.chainID), purpose: "p",
            scope: digest(1), expiryTime: .max)
        expectError(.unregisteredKey) {
            try network.append(
                [network.sign(.consentGrant(stranger), by: network.users[0])], to: chain)
        }
    }
}
