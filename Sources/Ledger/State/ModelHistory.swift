// SPDX-License-Identifier: Apache-2.0

/// Where a proposed model stands.
public enum ModelUpdateStatus: String, Sendable, Hashable, CaseIterable {
    /// The banks have not decided and its height is not reached.
    case pending
    /// Strictly more than half of the banks approved it; its height is not reached.
    case approved
    /// So many banks rejected it that approval is impossible.
    case rejected
    /// It took over at its height.
    case activated
    /// Its height was reached without approval, or with another model active than it replaces.
    case lapsed
}

/// A proposed model and the banks' votes on it.
public struct ModelUpdateTally: Hashable, Sendable {
    /// The identifier of the proposing transaction.
    public let id: LedgerDigest
    /// The proposal.
    public let update: ModelUpdate
    /// Who made it.
    public let sender: Address
    /// Where it is.
    public let place: Place
    /// How many banks were registered when it was made: those that may vote on it.
    public let bankCount: Int
    /// The banks that approved, by their first addresses, in the order of their votes.
    public internal(set) var approvals: [Address] = []
    /// The banks that rejected, by their first addresses, in the order of their votes.
    public internal(set) var rejections: [Address] = []
    /// What became of it at its height; `nil` before.
    public internal(set) var outcome: ModelUpdateStatus?
    let electorate: Set<Address>

    /// Where it stands.
    public var status: ModelUpdateStatus {
        if let outcome { return outcome }
        if 2 * approvals.count > bankCount { return .approved }
        return 2 * (bankCount - rejections.count) <= bankCount ? .rejected : .pending
    }
}

/// Which model was active at which height, by the votes of the banks.
///
/// An approved update takes over with the block of its activation height, before the transactions
/// of that block; a rollback is an update to an earlier model.
public struct ModelHistory: Hashable, Sendable {
    /// A model that took over.
    public struct Activation: Hashable, Sendable {
        /// The first block in which it is active.
        public let height: UInt64
        /// The identifier of the transaction that proposed it.
        public let update: LedgerDigest
        /// The model.
        public let model: ModelRecord
    }

    private var tallies: [LedgerDigest: ModelUpdateTally] = [:]
    private var waiting: [UInt64: [LedgerDigest]] = [:]
    private var activations: [String: [Activation]] = [:]

    /// The update that a transaction proposed.
    public func update(_ id: LedgerDigest) -> ModelUpdateTally? { tallies[id] }

    /// The models of `name` that took over, in order.
    public func activations(of name: String) -> [Activation] { activations[name] ?? [] }

    /// The model of `name` that was active in the block at `height`; at the head without one.
    public func activeModel(named name: String, at height: UInt64 = .max) -> ModelRecord? {
        activations[name]?.last { $0.height <= height }?.model
    }

    mutating func propose(
        _ update: ModelUpdate, in context: TransactionContext
    ) throws(LedgerError) {
        guard update.activationHeight > context.place.height else {
            throw LedgerError(
                .invalidValue,
                "a model that takes over at \(update.activationHeight), proposed in block "
                    + "\(context.place.height)")
        }
        tallies[context.id] = ModelUpdateTally(
            id: context.id, update: update, sender: context.sender, place: context.place,
            bankCount: context.registry.banks.count,
            electorate: context.membership.electorate)
        waiting[update.activationHeight, default: []].append(context.id)
    }

    mutating func count(
        _ vote: ModelApproval, in context: TransactionContext
    ) throws(LedgerError) {
        guard var tally = tallies[vote.update] else {
            throw LedgerError(.unknownReference, "vote on unknown model update \(vote.update)")
        }
        let bank = context.origin
        guard tally.electorate.contains(bank) else {
            throw LedgerError(
                .wrongRole, "\(bank) was no bank when model update \(vote.update) was proposed")
        }
        guard tally.outcome == nil else {
            throw LedgerError(
                .duplicateAct,
                "model update \(vote.update) was decided in block \(tally.update.activationHeight)")
        }
        guard !tally.approvals.contains(bank), !tally.rejections.contains(bank) else {
            throw LedgerError(
                .duplicateAct, "\(bank) has voted on model update \(vote.update) already")
        }
        if vote.approves { tally.approvals.append(bank) } else { tally.rejections.append(bank) }
        tallies[vote.update] = tally
    }

    /// Decides the updates whose height is that of the block about to be applied, in the order in
    /// which they were proposed.
    mutating func activate(at height: UInt64) {
        for id in waiting.removeValue(forKey: height) ?? [] {
            guard let tally = tallies[id] else { continue }
            let name = tally.update.model.name
            let active = activeModel(named: name)?.modelDigest
            guard tally.status == .approved, tally.update.replaces == active else {
                tallies[id]?.outcome = tally.status == .rejected ? .rejected : .lapsed
                continue
            }
            tallies[id]?.outcome = .activated
            activations[name, default: []].append(
                Activation(height: height, update: id, model: tally.update.model))
        }
    }
}
