// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Ledger
import Testing

@Suite struct GenesisTests {
    func member(_ name: String, _ role: Role, _ index: Int, chain: String = "c") throws -> Member {
        try Member(name: name, role: role, identity: try identity(9, index), chainName: chain)
    }

    @Test func theOrderOfMembersDoesNotMatter() throws {
        let members = try [
            member("b1", .bank, 1), member("b2", .bank, 2), member("a", .bureau, 3),
            member("u", .user, 4), member("p", .prospectiveBureau, 5),
        ]
        let one = try Genesis(chainName: "c", members: members, creationTime: 5)
        let other = try Genesis(chainName: "c", members: members.reversed(), creationTime: 5)
        #expect(one.chainID == other.chainID)
        #expect(try Genesis(canonicalBytes: one.canonicalBytes) == one)
    }

    @Test func everyPartIsInTheChainID() throws {
        let members = try [member("b1", .bank, 1), member("b2", .bank, 2), member("a", .bureau, 3)]
        let ids = try [
            Genesis(chainName: "c", members: members, creationTime: 5),
            Genesis(chainName: "c", members: members, creationTime: 6),
            Genesis(chainName: "c", members: members, quorum: .bft, creationTime: 5),
            Genesis(chainName: "c", members: members, quorum: .explicit(2), creationTime: 5),
            Genesis(
                chainName: "c", members: Array(members.dropFirst()), creationTime: 5),
            Genesis(
                chainName: "d",
                members: [
                    member("b1", .bank, 1, chain: "d"), member("b2", .bank, 2, chain: "d"),
                    member("a", .bureau, 3, chain: "d"),
                ], creationTime: 5),
        ].map(\.chainID)
        #expect(Set(ids).count == ids.count)
    }

    @Test func brokenRulesAreNamed() throws {
        let bank = try member("b", .bank, 1)
        let bureau = try member("a", .bureau, 2)
        func found(_ members: [Member], _ quorum: QuorumRule = .majority) throws -> Genesis {
            try Genesis(chainName: "c", members: members, quorum: quorum, creationTime: 0)
        }
        expectError(.invalidQuorum) { try found([bureau]) }
        expectError(.invalidGenesis) { try found([bank]) }
        #expect(
            expectError(.invalidGenesis) {
                try found([bank, bureau, member("b", .user, 3)])
            }?.message.contains("'b'") == true)
        expectError(.invalidGenesis) { try found([bank, bureau, member("z", .user, 1)]) }
        expectError(.invalidQuorum) { try found([bank, bureau], .explicit(0)) }
        expectError(.invalidQuorum) { try found([bank, bureau], .explicit(2)) }
        expectError(.missingPossession) {
            try found([bank, try member("a", .bureau, 2, chain: "other")])
        }
        expectError(.invalidValue) { try member("", .bank, 1) }
        expectError(.invalidValue) { try member(String(repeating: "x", count: 65), .bank, 1) }
        expectError(.invalidValue) { try member("line\nbreak", .bank, 1) }
    }

    /// A key without its private half cannot be registered: every flip in the record is refused.
    @Test func everyFlippedBitIsRefused() throws {
        let genesis = try Genesis(
            chainName: "c", members: [member("b", .bank, 1), member("a", .bureau, 2)],
            creationTime: 5)
        let bytes = genesis.canonicalBytes
        for bit in 0..<bytes.count * 8 {
            guard let other = try? Genesis(canonicalBytes: bytes.flipping(bit: bit)) else {
                continue
            }
            // Only what no member has signed may differ, and then it is another chain.
            #expect(other.chainID != genesis.chainID)
            #expect(other.members == genesis.members)
        }
        expectError(.malformedBytes) { try Genesis(canonicalBytes: bytes + [0]) }
        expectError(.malformedBytes) { try Genesis(canonicalBytes: Array(bytes.dropLast())) }
    }

    /// The table of design section 4.5.
    @Test(arguments: [
        (4, 3, 3), (5, 3, 4), (7, 4, 5), (10, 6, 7), (21, 11, 14), (31, 16, 21), (100, 51, 67),
    ])
    func quorums(banks: Int, majority: Int, bft: Int) throws {
        #expect(try QuorumRule.majority.threshold(bankCount: banks) == majority)
        #expect(try QuorumRule.bft.threshold(bankCount: banks) == bft)
    }

    @Test func quorumsAreTheSmallestThatHold() throws {
        for banks in 1...200 {
            let smallest = try #require((1...banks).first { 2 * $0 > banks })
            #expect(try QuorumRule.majority.threshold(bankCount: banks) == smallest)
            // Two quorums share one more bank than the third that may be malicious.
            let faulty = (banks - 1) / 3
            let safe = try #require((1...banks).first { 2 * $0 - banks > faulty })
            #expect(try QuorumRule.bft.threshold(bankCount: banks) == safe)
            for count in 0...banks + 1 {
                let allowed = 2 * count > banks && count <= banks
                #expect(
                    ((try? QuorumRule.explicit(count).threshold(bankCount: banks)) != nil)
                        == allowed)
            }
        }
    }
}
