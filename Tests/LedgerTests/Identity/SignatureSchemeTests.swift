// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing

/// A1: keys of every scheme on a chain.
@Suite struct SignatureSchemeTests {
    /// RSA keys of 3072 and 4096 bits take a debug build seconds to find.
    static let quick: [SignatureScheme] = [.ed25519, .p256, .rsaPSS2048, .mlDSA65]
    static let keys: [SignatureScheme: SigningIdentity] = {
        var keys: [SignatureScheme: SigningIdentity] = [:]
        for scheme in quick { keys[scheme] = try? SigningIdentity.generate(scheme) }
        return keys
    }()

    func key(_ scheme: SignatureScheme) throws -> SigningIdentity {
        try #require(Self.keys[scheme])
    }

    @Test(arguments: quick) func privateKeysComeBack(scheme: SignatureScheme) throws {
        let key = try key(scheme)
        let copy = try SigningIdentity(privateKey: key.exportPrivateKey(), scheme: scheme)
        #expect(copy.publicIdentity == key.publicIdentity)
        #expect(key.publicIdentity.publicKey.count == scheme.publicKeyByteCount)
        expectError(.invalidValue) { try SigningIdentity(privateKey: [1, 2, 3], scheme: scheme) }
    }

    @Test(arguments: quick) func signaturesBelongToKeyMessageAndDomain(
        scheme: SignatureScheme
    ) throws {
        let key = try key(scheme)
        let domain = Domain("test.one", version: 1)
        let message: [UInt8] = [1, 2, 3, 4]
        let signature = try key.sign(message, in: domain)
        #expect(signature.bytes.count == scheme.signatureByteCount)
        let identity = key.publicIdentity
        #expect(identity.isValid(signature, of: message, in: domain))
        #expect(!identity.isValid(signature, of: message, in: Domain("test.two", version: 1)))
        #expect(!identity.isValid(signature, of: message, in: Domain("test.one", version: 2)))
        for bit in 0..<message.count * 8 {
            #expect(!identity.isValid(signature, of: message.flipping(bit: bit), in: domain))
        }
        for bit in stride(from: 0, to: signature.bytes.count * 8, by: scheme == .mlDSA65 ? 97 : 7) {
            let forged = try Signature(signature.bytes.flipping(bit: bit))
            #expect(!identity.isValid(forged, of: message, in: domain), "bit \(bit)")
        }
        for other in Self.quick where other != scheme {
            #expect(
                !(try self.key(other)).publicIdentity.isValid(signature, of: message, in: domain))
        }
        expectError(.invalidValue) { try Signature(Array(signature.bytes.dropLast())) }
    }

    /// What is signed carries the scheme's number, so the same bytes under another scheme differ.
    @Test func theSchemeIsSigned() throws {
        let key = try key(.ed25519)
        let domain = Domain("test", version: 1)
        let signature = try key.sign([9], in: domain)
        #expect(key.publicIdentity.isValid(signature, ofSigned: domain.prefix + [1, 9]))
        #expect(!key.publicIdentity.isValid(signature, ofSigned: domain.prefix + [9]))
        #expect(!key.publicIdentity.isValid(signature, ofSigned: domain.prefix + [2, 9]))
    }

    /// n - s is refused, and every signature that is made has the smaller s.
    @Test func p256SignaturesHaveOneForm() throws {
        let key = try key(.p256)
        let domain = Domain("test", version: 1)
        let order = try #require(
            Hexadecimal.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"))
        for round in 0..<16 {
            let signature = try key.sign([UInt8(round)], in: domain)
            var mirrored = signature.bytes
            var borrow = 0
            for index in (0..<32).reversed() {
                let difference = Int(order[index]) - Int(mirrored[32 + index]) - borrow
                borrow = difference < 0 ? 1 : 0
                mirrored[32 + index] = UInt8(truncatingIfNeeded: difference)
            }
            let other = try Signature(mirrored)
            #expect(key.publicIdentity.isValid(signature, of: [UInt8(round)], in: domain))
            #expect(!key.publicIdentity.isValid(other, of: [UInt8(round)], in: domain))
        }
    }

    @Test func unsafeKeysAreRefused() throws {
        for scheme in SignatureScheme.allCases {
            for count in [0, scheme.publicKeyByteCount - 1, scheme.publicKeyByteCount + 1] {
                expectError(.unsafeKey) {
                    try PublicIdentity(
                        publicKey: [UInt8](repeating: 3, count: count), scheme: scheme)
                }
            }
        }
        let modulus = try key(.rsaPSS2048).publicIdentity.publicKey
        func refused(_ change: (inout [UInt8]) -> Void) -> String? {
            var bytes = modulus
            change(&bytes)
            return expectError(.unsafeKey) {
                try PublicIdentity(publicKey: bytes, scheme: .rsaPSS2048)
            }?.message
        }
        #expect(refused { $0[255] &= 0xFE }?.contains("divisible by 2") == true)
        #expect(refused { $0[0] &= 0x7F }?.contains("2048 significant") == true)
        let remainder = modulus.reduce(0) { ($0 << 8 | Int($1)) % 3 }
        // Subtracting the remainder, or adding the rest, makes a multiple of three.
        let last = Int(modulus[255])
        let moved = last >= remainder ? last - remainder : last + 3 - remainder
        #expect(refused { $0[255] = UInt8(moved) }?.contains("divisible by") == true)
        let point = try key(.p256).publicIdentity.publicKey
        for first in UInt8.min...(.max) where first != 2 && first != 3 {
            expectError(.unsafeKey) {
                try PublicIdentity(publicKey: [first] + point[1...], scheme: .p256)
            }
        }
        // x = p is no field element, so it is not another form of x = 0.
        let prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
        expectError(.unsafeKey) {
            try PublicIdentity(
                publicKey: [2] + #require(Hexadecimal.bytes(prime)), scheme: .p256)
        }
    }

    @Test func membersOfAllSchemesAgreeOnABlock() throws {
        var members: [Member] = []
        let banks = try [key(.p256), key(.rsaPSS2048), key(.mlDSA65)]
        for (index, bank) in banks.enumerated() {
            members.append(
                try Member(name: "bank \(index)", role: .bank, identity: bank, chainName: "mixed"))
        }
        let bureau = try key(.ed25519)
        members.append(try Member(name: "a", role: .bureau, identity: bureau, chainName: "mixed"))
        let genesis = try Genesis(
            chainName: "mixed", members: members, quorum: .explicit(3), creationTime: 1)
        #expect(try Genesis(canonicalBytes: genesis.canonicalBytes) == genesis)
        let chain = try Chain.inMemory(genesis: genesis)
        let proposal = try SignedTransaction(
            .scoreProposal(scoreProposal(1)), nonce: 0, signedBy: bureau,
            chainID: genesis.chainID)
        try chain.append([proposal], agreedBy: LocalMembers(banks + [bureau]), now: 2)
        let block = try #require(try chain.block(at: 1))
        _ = try ChainState(genesis: genesis).advanced(by: block)
        let votes = try banks.map {
            try SignedTransaction(
                .scoreVote(ScoreVote(proposal: proposal.id, approves: true, cycle: 0)), nonce: 0,
                signedBy: $0, chainID: genesis.chainID)
        }
        try chain.append(votes, agreedBy: LocalMembers(banks + [bureau]), now: 3)
        #expect(try chain.block(at: 2)?.block.transactions == votes)
        try chain.receipt(for: proposal.id).verify(against: genesis)
        let statement = ConsensusStatement.nullify(epoch: 0, view: 7)
        for bank in banks {
            let keys = RegisteredKeys(bank, registry: chain.state.registry)
            let address = bank.address(chainID: genesis.chainID)
            #expect(keys.isValid(keys.sign(statement), of: statement, by: address))
            #expect(!keys.isValid([], of: statement, by: address))
        }
    }
}
