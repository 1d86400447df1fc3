// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes
import Foundation
import Ledger
import Testing
import _CreditTestSupport

/// A4: one key per member and one role per key at every height.
@Suite struct MembershipHistoryTests {
    func member(_ name: String, _ role: Role, _ index: Int) throws -> Member {
        try Member(name: name, role: role, identity: identity(9, index), chainName: "c")
    }

    func genesis() throws -> Genesis {
        try Genesis(
            chainName: "c",
            members: [
                member("b1", .bank, 1), member("b2", .bank, 2), member("a1", .bureau, 3),
                member("p1", .prospectiveBureau, 4),
            ], creationTime: 5)
    }

    func address(_ index: Int, _ genesis: Genesis) throws -> Address {
        try identity(9, index).address(chainID: genesis.chainID)
    }

    @Test func rotationExchangesTheKeyAtItsHeight() throws {
        let genesis = try genesis()
        var history = MembershipHistory(genesis)
        let rotation = try KeyRotation(
            of: member("b1", .bank, 1), to: identity(9, 11), chainName: "c",
            chainID: genesis.chainID)
        try history.rotate(rotation, from: 10)
        let old = try address(1, genesis)
        let new = try address(11, genesis)
        #expect(history.role(of: old, height: 9) == .bank)
        #expect(history.role(of: old, height: 10) == nil)
        #expect(history.role(of: new, height: 9) == nil)
        #expect(history.role(of: new, height: 10) == .bank)
        #expect(history.registry(at: 9).banks.contains(old))
        #expect(history.registry(at: 10).banks.contains(new))
        #expect(history.registry(at: 10).banks.count == 2)
        expectError(.unregisteredKey) { try history.rotate(rotation, from: 11) }
        expectError(.invalidMembership) {
            try KeyRotation(
                of: try member("b1", .bank, 1), to: try identity(9, 1), chainName: "c",
                chainID: genesis.chainID)
        }
        var decoder = CanonicalDecoder(CanonicalEncoder.bytes(of: rotation))
        #expect(try KeyRotation(from: &decoder) == rotation)
    }

    /// A signature of a retired key is refused by the registry of its height.
    @Test func signaturesOfARevokedKeyDoNotCount() throws {
        let genesis = try genesis()
        var history = MembershipHistory(genesis)
        try history.revoke(address(4, genesis), from: 5)
        try history.admit(member("b3", .bank, 12), from: 6)
        #expect(history.registry(at: 4).member(at: try address(4, genesis)) != nil)
        #expect(history.registry(at: 5).member(at: try address(4, genesis)) == nil)
        #expect(history.registry(at: 5).blockQuorum == 2)
        #expect(history.registry(at: 6).banks.count == 3)
        expectError(.unregisteredKey) { try history.revoke(try address(4, genesis), from: 7) }
        expectError(.invalidMembership, "a retired key never comes back") {
            try history.admit(try member("p1", .prospectiveBureau, 4), from: 8)
        }
    }

    @Test func brokenRulesChangeNothing() throws {
        let genesis = try genesis()
        var history = MembershipHistory(genesis)
        try history.admit(member("u", .user, 20), from: 8)
        func unchanged(_ code: LedgerError.Code, _ body: (inout MembershipHistory) throws -> Void) {
            var copy = history
            expectError(code) { try body(&copy) }
            #expect(copy.members(at: 100).map(\.member) == history.members(at: 100).map(\.member))
            #expect(copy.lastChange == 8)
        }
        unchanged(.invalidMembership) { try $0.admit(member("x", .user, 21), from: 7) }
        unchanged(.invalidMembership) { try $0.admit(member("u", .bank, 21), from: 9) }
        unchanged(.invalidMembership) { try $0.admit(member("y", .bank, 1), from: 9) }
        unchanged(.missingPossession) {
            try $0.admit(
                Member(name: "z", role: .user, identity: identity(9, 22), chainName: "other"),
                from: 9)
        }
        unchanged(.invalidQuorum) { try $0.revoke(address(3, genesis), from: 9) }
        unchanged(.unregisteredKey) { try $0.revoke(address(30, genesis), from: 9) }
        unchanged(.invalidMembership) { try $0.reassign(member("u", .user, 20), from: 9) }
        unchanged(.invalidMembership) { try $0.reassign(member("v", .bank, 20), from: 9) }
        unchanged(.invalidMembership) {
            try $0.rotate(
                KeyRotation(
                    of: member("other", .user, 20), to: identity(9, 23), chainName: "c",
                    chainID: genesis.chainID), from: 9)
        }
        try history.revoke(address(1, genesis), from: 8)
        unchanged(.invalidQuorum) { try $0.revoke(address(2, genesis), from: 9) }
    }

    /// Random histories against a list of rules that is replayed for every height.
    @Test(arguments: propertySeeds(4)) func oneRolePerHeight(seed: UInt64) throws {
        enum Change {
            case register(Int, String, Role)
            case remove(Int)
        }
        var generator = TestGenerator(seed: seed)
        let genesis = try genesis()
        var history = MembershipHistory(genesis)
        var changes: [(height: UInt64, change: Change)] = [
            (0, .register(1, "b1", .bank)), (0, .register(2, "b2", .bank)),
            (0, .register(3, "a1", .bureau)), (0, .register(4, "p1", .prospectiveBureau)),
        ]
        var present: [Int: (String, Role)] = [
            1: ("b1", .bank), 2: ("b2", .bank), 3: ("a1", .bureau), 4: ("p1", .prospectiveBureau),
        ]
        var next = 40
        var height: UInt64 = 1
        for _ in 0..<30 {
            height += UInt64.random(in: 0...2, using: &generator)
            let index = try #require(present.keys.sorted().randomElement(using: &generator))
            let (name, role) = try #require(present[index])
            next += 1
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                let new = try #require(Role.allCases.randomElement(using: &generator))
                try history.admit(member("m\(next)", new, next), from: height)
                present[next] = ("m\(next)", new)
                changes.append((height, .register(next, "m\(next)", new)))
            case 1:
                try history.rotate(
                    KeyRotation(
                        of: member(name, role, index), to: identity(9, next), chainName: "c",
                        chainID: genesis.chainID), from: height)
                present[index] = nil
                present[next] = (name, role)
                changes += [(height, .remove(index)), (height, .register(next, name, role))]
            case 2:
                let allowed =
                    (role != .bureau || present.values.count { $0.1 == .bureau } > 1)
                    && (role != .bank || present.values.count { $0.1 == .bank } > 1)
                guard allowed else { continue }
                try history.revoke(address(index, genesis), from: height)
                present[index] = nil
                changes.append((height, .remove(index)))
            default:
                guard role == .prospectiveBureau || role == .user else { continue }
                let new: Role = role == .user ? .prospectiveBureau : .bureau
                try history.reassign(member(name, new, index), from: height)
                present[index] = (name, new)
                changes += [(height, .remove(index)), (height, .register(index, name, new))]
            }
        }
        for asked in 0...height + 1 {
            var expected: [Address: Member] = [:]
            for (at, change) in changes where at <= asked {
                switch change {
                case .register(let index, let name, let role):
                    expected[try address(index, genesis)] = try member(name, role, index)
                case .remove(let index): expected[try address(index, genesis)] = nil
                }
            }
            let members = history.members(at: asked)
            #expect(members.count == expected.count)
            for (address, member) in members {
                #expect(expected[address] == member)
                #expect(history.role(of: address, height: asked) == member.role)
            }
            #expect(Set(members.map(\.member.name)).count == members.count)
        }
    }
}
