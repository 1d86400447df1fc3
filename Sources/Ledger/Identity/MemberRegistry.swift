// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Who is registered on a chain, by address.
public struct MemberRegistry: Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The addresses of all banks, in order.
    public let banks: [Address]
    /// The addresses of all bureaus, in order.
    public let bureaus: [Address]
    /// How many banks must sign a block.
    public let blockQuorum: Int
    private let members: [Address: Member]

    /// The members that a genesis registers.
    public init(_ genesis: Genesis) {
        self.init(
            chainID: genesis.chainID,
            members: genesis.members.map {
                (Address(of: $0.identity, chainID: genesis.chainID), $0)
            }, blockQuorum: genesis.blockQuorum)
    }

    /// The members that hold at some height.
    init(
        chainID: LedgerDigest, members list: [(address: Address, member: Member)], blockQuorum: Int
    ) {
        self.chainID = chainID
        self.blockQuorum = blockQuorum
        var members: [Address: Member] = [:]
        for (address, member) in list { members[address] = member }
        self.members = members
        let addresses = members.keys.sorted()
        banks = addresses.filter { members[$0]?.role == .bank }
        bureaus = addresses.filter { members[$0]?.role == .bureau }
    }

    /// The member at `address`, if one is registered.
    public func member(at address: Address) -> Member? { members[address] }

    /// The smallest number of banks that is strictly more than half of them.
    public var scoreQuorum: Int { banks.count / 2 + 1 }

    /// The member at `address`, refusing strangers and other roles than `roles`.
    func require(
        _ address: Address, in roles: [Role], to act: String
    ) throws(LedgerError) -> Member {
        guard let member = members[address] else {
            throw LedgerError(.unregisteredKey, "\(address) is not registered and may not \(act)")
        }
        guard roles.contains(member.role) else {
            throw LedgerError(
                .wrongRole, "\(address) ('\(member.name)') is a \(member.role) and may not \(act)")
        }
        return member
    }
}
