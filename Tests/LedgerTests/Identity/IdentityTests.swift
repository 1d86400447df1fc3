// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

@Suite struct IdentityTests {
    /// RFC 8032 section 7.1, tests 1 to 3.
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
        ),
    ])
    func publicKeysOfSeeds(seed: String, key: String) throws {
        let identity = try SigningIdentity(seed: try #require(Hexadecimal.bytes(seed)))
        #expect(Hexadecimal.string(identity.publicIdentity.publicKey) == key)
    }

    @Test func generatedKeysDiffer() {
        #expect(
            SigningIdentity.generate().publicIdentity != SigningIdentity.generate().publicIdentity)
    }

    @Test(arguments: [0, 31, 33]) func wrongSizes(count: Int) {
        let bytes = [UInt8](repeating: 9, count: count)
        #expect(
            expectError(.invalidValue) { try SigningIdentity(seed: bytes) }?.message
                .contains("\(count)") == true)
        expectError(.unsafeKey) { try PublicIdentity(publicKey: bytes) }
        expectError(.invalidValue) { try LedgerDigest(bytes) }
    }

    @Test func addressesBelongToOneChain() throws {
        let key = try identity(1, 0)
        let one = key.address(chainID: try digest(1))
        #expect(one == key.address(chainID: try digest(1)))
        #expect(one != key.address(chainID: try digest(2)))
        #expect(one != (try identity(1, 1)).address(chainID: try digest(1)))
        #expect(one.bytes.count == 20)
    }

    @Test func everyNonCanonicalEncodingIsRefused() throws {
        for low in UInt8(0xED)...0xFF {
            for top: UInt8 in [0x7F, 0xFF] {
                let key = [low] + [UInt8](repeating: 0xFF, count: 30) + [top]
                expectError(.unsafeKey) { try PublicIdentity(publicKey: key) }
            }
        }
        _ = try PublicIdentity(publicKey: [0xEB] + [UInt8](repeating: 0xFF, count: 30) + [0x7F])
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func theFourteenWeakEncodingsAreRefused() throws {
        struct Case: Decodable {
            var key: String
            var flags: [String]?
        }
        let cases: [Case] = try SharedData.json("vectors/ed25519-edge/cctv_ed25519vectors.json")
        var weak: Set<String> = []
        var others: Set<String> = []
        for item in cases {
            let flags = item.flags ?? []
            if flags.contains("low_order_A") || flags.contains("non_canonical_A") {
                weak.insert(item.key)
            } else {
                others.insert(item.key)
            }
        }
        #expect(weak.count == 14)
        for key in weak {
            let bytes = try #require(Hexadecimal.bytes(key))
            expectError(.unsafeKey, key) { try PublicIdentity(publicKey: bytes) }
        }
        for key in others.subtracting(weak) {
            _ = try PublicIdentity(publicKey: try #require(Hexadecimal.bytes(key)))
        }
    }
}
