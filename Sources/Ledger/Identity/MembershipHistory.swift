// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Who held which key and role at which height.
///
/// At every height a member has exactly one key and a key exactly one role. A signature counts when
/// its key held the role at the height of the block that carries it; above the height at which a
/// key retires, nothing signed with it is valid. A key that retired never comes back.
///
/// Changes come in the order of their heights, so that what held at a height never changes later.
public struct MembershipHistory: Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The chain's name, which every member's record is signed for.
    public let chainName: String
    /// The height from which the last change holds.
    public private(set) var lastChange: UInt64 = 0
    private let quorum: QuorumRule
    /// The tenures of each key, oldest first; only the last may be open.
    private var tenures: [Address: [Tenure]] = [:]

    /// A record and the heights at which it holds.
    private struct Tenure: Hashable, Sendable {
        var member: Member
        var start: UInt64
        var end: UInt64?

        func contains(_ height: UInt64) -> Bool {
            start <= height && end.map { height < $0 } ?? true
        }
    }

    /// The members that a genesis registers, from height 0 on.
    public init(_ genesis: Genesis) {
        chainID = genesis.chainID
        chainName = genesis.chainName
        quorum = genesis.quorum
        for member in genesis.members {
            let address = Address(of: member.identity, chainID: chainID)
            tenures[address] = [Tenure(member: member, start: 0, end: nil)]
        }
    }

    /// The record of the key at `address` at `height`; `nil` before it was registered and after it
    /// retired.
    ///
    /// - Complexity: O(changes of this key).
    public func member(at address: Address, height: UInt64) -> Member? {
        tenures[address]?.first { $0.contains(height) }?.member
    }

    /// The key of `address`, whenever it was registered.
    func identity(of address: Address) -> PublicIdentity? {
        tenures[address]?.last?.member.identity
    }

    /// The one role of the key at `address` at `height`, if it has one.
    public func role(of address: Address, height: UInt64) -> Role? {
        member(at: address, height: height)?.role
    }

    /// Every member at `height` in the order of the addresses.
    ///
    /// - Complexity: O(n log n) for n keys ever registered.
    public func members(at height: UInt64) -> [(address: Address, member: Member)] {
        tenures.compactMap { address, list in
            list.first { $0.contains(height) }.map { (address: address, member: $0.member) }
        }.sorted { $0.address < $1.address }
    }

    /// The registry by which a block at `height` is judged.
    ///
    /// - Complexity: O(n log n) for n keys ever registered.
    public func registry(at height: UInt64) -> MemberRegistry {
        let members = members(at: height)
        let bankCount = members.count { $0.member.role == .bank }
        return MemberRegistry(
            chainID: chainID, members: members,
            blockQuorum: (try? quorum.threshold(bankCount: bankCount)) ?? Int.max)
    }

    /// Registers a new member with a key that was never used on this chain.
    ///
    /// - Throws: ``LedgerError``: `invalidMembership` (key or name in use, height below an earlier
    ///   change), `missingPossession`, `invalidQuorum`.
    public mutating func admit(_ member: Member, from height: UInt64) throws(LedgerError) {
        try change(from: height) { (history) throws(LedgerError) in
            guard !history.members(at: height).contains(where: { $0.member.name == member.name })
            else {
                throw LedgerError(.invalidMembership, "the name '\(member.name)' is given twice")
            }
            try history.open(member, from: height)
        }
    }

    /// Gives a member another role, with a record that it signed for that role.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `invalidMembership` (another name, the same
    ///   role, height below an earlier change), `missingPossession`, `invalidQuorum`.
    public mutating func reassign(_ record: Member, from height: UInt64) throws(LedgerError) {
        let address = Address(of: record.identity, chainID: chainID)
        try change(from: height) { (history) throws(LedgerError) in
            let old = try history.close(address, at: height)
            guard old.name == record.name, old.role != record.role else {
                throw LedgerError(
                    .invalidMembership,
                    "'\(old.name)', a \(old.role), cannot become '\(record.name)', "
                        + "a \(record.role), with the same key")
            }
            try record.verifyPossession(chainName: history.chainName)
            history.tenures[address]?.append(Tenure(member: record, start: height, end: nil))
        }
    }

    /// Exchanges a member's key: the old one is valid below `height`, the new one from there on.
    ///
    /// That the old key's holder wants it is what the signature of the sender shows; see
    /// ``KeyRotation``.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `invalidMembership` (another name or role, a
    ///   key used before, height below an earlier change), `missingPossession`.
    public mutating func rotate(
        _ rotation: KeyRotation, from height: UInt64
    ) throws(LedgerError) {
        try change(from: height) { (history) throws(LedgerError) in
            let old = try history.close(rotation.retiring, at: height)
            let new = rotation.successor
            guard old.name == new.name, old.role == new.role else {
                throw LedgerError(
                    .invalidMembership,
                    "the new key of '\(old.name)', a \(old.role), is signed as '\(new.name)', "
                        + "a \(new.role)")
            }
            try history.open(new, from: height)
        }
    }

    /// Ends the validity of a key: nothing signed with it counts at `height` or above.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `invalidMembership` (height below an earlier
    ///   change), `invalidQuorum` where too few banks, or no bureau, would be left.
    public mutating func revoke(_ address: Address, from height: UInt64) throws(LedgerError) {
        try change(from: height) { (history) throws(LedgerError) in
            _ = try history.close(address, at: height)
        }
    }

    /// Makes a change on a copy and keeps it only when the chain can go on with it.
    private mutating func change(
        from height: UInt64,
        _ body: (inout MembershipHistory) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard height >= lastChange, height > 0 else {
            throw LedgerError(
                .invalidMembership,
                "a change from height \(height) on, after one from \(lastChange) on")
        }
        var copy = self
        try body(&copy)
        copy.lastChange = height
        let members = copy.members(at: height).map(\.member)
        _ = try quorum.threshold(bankCount: members.count { $0.role == .bank })
        guard members.contains(where: { $0.role == .bureau }) else {
            throw LedgerError(.invalidQuorum, "there would be no bureau from height \(height) on")
        }
        self = copy
    }

    private mutating func open(_ member: Member, from height: UInt64) throws(LedgerError) {
        try member.verifyPossession(chainName: chainName)
        let address = Address(of: member.identity, chainID: chainID)
        guard tenures[address] == nil else {
            throw LedgerError(
                .invalidMembership, "the key of '\(member.name)' was registered before")
        }
        tenures[address] = [Tenure(member: member, start: height, end: nil)]
    }

    private mutating func close(
        _ address: Address, at height: UInt64
    ) throws(LedgerError) -> Member {
        guard var list = tenures[address], let last = list.last, last.end == nil else {
            throw LedgerError(.unregisteredKey, "\(address) is not registered at \(height)")
        }
        list[list.count - 1].end = height
        tenures[address] = list
        return last.member
    }
}
