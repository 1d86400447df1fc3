// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Crypto
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// A1: every scheme against the vectors of Wycheproof, C2SP and ed25519-speccheck.
@Suite(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct SignatureVectorTests {
    struct File<Key: Decodable>: Decodable { var testGroups: [Group<Key>] }

    struct Group<Key: Decodable>: Decodable {
        var publicKey: Key
        var tests: [Case]
    }

    struct Case: Decodable {
        var tcId: Int
        var comment: String
        var msg: String
        var sig: String
        var ctx: String?
        var result: String
    }

    struct EdwardsKey: Decodable { var pk: String }
    struct CurveKey: Decodable { var uncompressed: String }
    struct ModulusKey: Decodable {
        var modulus: String
        var publicExponent: String
    }

    /// Runs a file and returns how many signatures were accepted.
    func run<Key: Decodable>(
        _ name: String, _ scheme: SignatureScheme, _ count: Int, key: (Key) throws -> [UInt8],
        signature: ([UInt8]) -> [UInt8]? = { $0 }, isRefused: ([UInt8]) -> Bool = { _ in false },
        isSkipped: (Case) -> Bool = { _ in false }
    ) throws -> Int {
        let file: File<Key> = try SharedData.json("vectors/wycheproof/\(name).json")
        var accepted = 0
        var seen = 0
        for group in file.testGroups {
            let identity = try? PublicIdentity(publicKey: key(group.publicKey), scheme: scheme)
            for item in group.tests where !isSkipped(item) {
                seen += 1
                let bytes = signature(try #require(Hexadecimal.bytes(item.sig)))
                let message = try #require(Hexadecimal.bytes(item.msg))
                let valid =
                    bytes.flatMap { try? Signature($0) }.map {
                        identity?.isValid($0, ofSigned: message) ?? false
                    } ?? false
                let expected = item.result == "valid" && !(bytes.map(isRefused) ?? false)
                #expect(valid == expected, "\(name) \(item.tcId): \(item.comment)")
                accepted += valid ? 1 : 0
            }
        }
        #expect(seen == count)
        return accepted
    }

    func hexadecimal(_ text: String) throws -> [UInt8] { try #require(Hexadecimal.bytes(text)) }

    @Test func ed25519() throws {
        let accepted = try run(
            "ed25519_test", .ed25519, 151,
            key: { (key: EdwardsKey) in
                try hexadecimal(key.pk)
            })
        #expect(accepted == 88)
    }

    func compressed(_ key: CurveKey) throws -> [UInt8] {
        Array(
            try P256.Signing.PublicKey(x963Representation: hexadecimal(key.uncompressed))
                .compressedRepresentation)
    }

    /// s above (n - 1) / 2, compared as text because both have 64 digits.
    func isInUpperHalf(_ signature: [UInt8]) -> Bool {
        signature.count == 64
            && Hexadecimal.string(signature[32...])
                > "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8"
    }

    @Test func p256WithTwoNumbers() throws {
        let accepted = try run(
            "ecdsa_secp256r1_sha256_p1363_test", .p256, 262, key: compressed,
            isRefused: isInUpperHalf)
        #expect(accepted > 60)
    }

    /// The DER vectors, brought into the ledger's one form where they are DER at all.
    @Test func p256InDER() throws {
        let accepted = try run(
            "ecdsa_secp256r1_sha256_test", .p256, 484, key: compressed,
            signature: { bytes in
                (try? P256.Signing.ECDSASignature(derRepresentation: bytes)).map {
                    Array($0.rawRepresentation)
                }
            }, isRefused: isInUpperHalf)
        #expect(accepted > 60)
    }

    @Test(arguments: [("2048", SignatureScheme.rsaPSS2048), ("3072", .rsaPSS3072)])
    func rsa(bits: String, scheme: SignatureScheme) throws {
        let accepted = try run(
            "rsa_pss_\(bits)_sha256_mgf1_32_test", scheme, 108,
            key: { (key: ModulusKey) in
                #expect(key.publicExponent == "010001")
                return Array(try hexadecimal(key.modulus).drop { $0 == 0 })
            })
        #expect(accepted > 0)
    }

    /// The ledger signs with an empty context, so the eight cases with another one do not apply.
    @Test func mlDSA65() throws {
        let accepted = try run(
            "mldsa_65_verify_test", .mlDSA65, 203, key: hexadecimal,
            isSkipped: { !($0.ctx ?? "").isEmpty })
        #expect(accepted == 77)
    }

    struct Edge: Decodable {
        var key: String
        var sig: String
        var msg: String
        var flags: [String]?
    }

    /// The cofactorless equation with the reduced encoding of R, under keys that are not refused.
    @Test func theEdgesOfEd25519() throws {
        let cases: [Edge] = try SharedData.json("vectors/ed25519-edge/cctv_ed25519vectors.json")
        #expect(cases.count == 914)
        var accepted = 0
        for (number, item) in cases.enumerated() {
            let flags = Set(item.flags ?? [])
            let identity = try? PublicIdentity(publicKey: hexadecimal(item.key))
            #expect(
                (identity == nil) == !flags.isDisjoint(with: ["low_order_A", "non_canonical_A"]))
            guard let identity else { continue }
            let valid = identity.isValid(
                try Signature(hexadecimal(item.sig)), ofSigned: Array(item.msg.utf8))
            let expected = flags.isDisjoint(with: ["low_order_residue", "non_canonical_R"])
            #expect(valid == expected, "\(number): \(flags.sorted())")
            accepted += valid ? 1 : 0
        }
        #expect(accepted > 0)
    }

    struct Special: Decodable {
        var message: String
        var pub_key: String
        var signature: String
    }

    /// BoringSSL accepts 0, 1, 2, 3 and 11; the keys of 0, 1 and 11 are refused before that.
    @Test func theTwelveSpecialCases() throws {
        let cases: [Special] = try SharedData.json("vectors/ed25519-edge/speccheck_cases.json")
        let accepted = try cases.indices.filter { index in
            let item = cases[index]
            guard
                let identity = try? PublicIdentity(publicKey: hexadecimal(item.pub_key))
            else { return false }
            return identity.isValid(
                try Signature(hexadecimal(item.signature)),
                ofSigned: try hexadecimal(item.message))
        }
        #expect(cases.count == 12)
        #expect(accepted == [2, 3])
    }
}
