// SPDX-License-Identifier: Apache-2.0

/// Who is registered in the next block, who was before, and which keys were one member's.
struct Membership: Sendable {
    /// Every key with the heights at which it holds.
    private(set) var history: MembershipHistory
    /// By which the next block is judged.
    private(set) var registry: MemberRegistry
    /// The banks of ``registry`` by their first addresses.
    private(set) var electorate: Set<Address>
    /// The first address of every member that has replaced its key, by each later one.
    private var origins: [Address: Address] = [:]

    init(_ genesis: Genesis) {
        history = MembershipHistory(genesis)
        registry = MemberRegistry(genesis)
        electorate = Set(registry.banks)
    }

    /// The first address of the member that has, or had, the key of `address`.
    func origin(of address: Address) -> Address { origins[address] ?? address }

    /// Whether both addresses are, or were, of one member.
    func isSame(_ one: Address, _ other: Address) -> Bool { origin(of: one) == origin(of: other) }

    /// Makes the change of a transaction, to hold from the block after `height` on.
    mutating func apply(
        _ transaction: SignedTransaction, in height: UInt64
    ) throws(LedgerError) {
        switch transaction.transaction {
        case .keyRotation(let rotation):
            guard rotation.retiring == transaction.sender else {
                throw LedgerError(
                    .wrongRole, "\(transaction.sender) replaces the key of \(rotation.retiring)")
            }
            try history.rotate(rotation, from: height + 1)
            let next = Address(of: rotation.successor.identity, chainID: history.chainID)
            origins[next] = origin(of: rotation.retiring)
        case .misconduct(let misconduct):
            let first = origin(of: misconduct.offender)
            let current = history.members(at: height + 1).first {
                origin(of: $0.address) == first
            }
            guard let current else {
                throw LedgerError(
                    .unregisteredKey, "\(misconduct.offender) is not registered any more")
            }
            try history.revoke(current.address, from: height + 1)
        case .keyRevocation: try history.revoke(transaction.sender, from: height + 1)
        case .configurationChange(let change):
            switch change.action {
            case .register(let member): try history.admit(member, from: height + 1)
            case .remove(let address): try history.revoke(address, from: height + 1)
            case .parameters: break
            }
        default: break
        }
    }

    /// Goes to the block after `height`, in which the changes hold; whether there were any.
    @discardableResult mutating func advance(past height: UInt64) -> Bool {
        guard history.lastChange == height + 1 else { return false }
        registry = history.registry(at: height + 1)
        electorate = Set(registry.banks.map { origin(of: $0) })
        return true
    }
}
