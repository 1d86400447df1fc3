// SPDX-License-Identifier: Apache-2.0

/// Who votes and proposes in the coming cycle: a pure function of the chain up to the last block of
/// the cycle before.
extension ChainState {
    /// The configuration of the first cycle: the banks and bureaus of the genesis.
    static func firstConfiguration(of genesis: Genesis) -> EpochConfiguration {
        let registry = MemberRegistry(genesis)
        do throws(LedgerError) {
            return try EpochConfiguration(
                epoch: 0, voters: VoterSet(registry, rule: genesis.quorum),
                bureaus: registry.bureaus, lastHeight: genesis.cycleLength,
                chainID: genesis.chainID)
        } catch {
            preconditionFailure("a genesis has banks and bureaus: \(error)")
        }
    }

    /// The bureau whose turn the block after the head is, unless its view passes without one.
    public var nextProposer: Address { configuration.leader(of: view + 1) }

    /// Begins the next cycle after its predecessor's last block, once members have changed.
    mutating func beginCycle() throws(LedgerError) {
        seed.advance()
        let epoch = configuration.epoch + 1
        configurations.append(
            try EpochConfiguration(
                epoch: epoch, voters: VoterSet(registry, rule: genesis.quorum),
                bureaus: electedBureaus(for: epoch),
                lastHeight: configuration.lastHeight + genesis.cycleLength, chainID: chainID))
        view = 0
        headNotarization = nil
    }

    /// The candidates with votes, drawn with their votes as weights, none of which serves now.
    ///
    /// As many as bureaus are registered. Where nobody was elected, all registered bureaus serve,
    /// each cycle beginning with another one.
    private func electedBureaus(for epoch: UInt64) -> [Address] {
        let serving = Set(configuration.bureaus.map { origin(of: $0) })
        var eligible: [BureauElection.Candidate] = []
        var votes: [Address: Int] = [:]
        for (bureau, count) in candidates.candidates(for: epoch) { votes[bureau] = count }
        for (address, member) in memberships.members(at: height + 1)
        where member.role == .bureau || member.role == .prospectiveBureau {
            let first = origin(of: address)
            guard !serving.contains(first), let count = votes[first], count > 0 else { continue }
            eligible.append(BureauElection.Candidate(address, votes: count))
        }
        let bureaus = registry.bureaus
        let elected = BureauElection(votes: eligible, seed: seed.seed).order(seats: bureaus.count)
        if !elected.isEmpty { return elected }
        let start = Int(epoch % UInt64(bureaus.count))
        return Array(bureaus[start...] + bureaus[..<start])
    }

    /// The configuration of a cycle whose misconduct is still judged: this one or the one before.
    func configuration(ofEpoch epoch: UInt64) throws(LedgerError) -> EpochConfiguration {
        guard let judged = configurations.suffix(2).first(where: { $0.epoch == epoch }) else {
            throw LedgerError(
                .wrongCycle,
                "misconduct of cycle \(epoch), judged are \(cycle) and the one before")
        }
        return judged
    }

    /// Convicts a member.
    mutating func convict(
        _ transaction: SignedTransaction, _ misconduct: Misconduct,
        in context: TransactionContext
    ) throws(LedgerError) {
        let first = origin(of: misconduct.offender)
        guard convicted.insert(first).inserted else {
            throw LedgerError(.duplicateAct, "\(misconduct.offender) was convicted already")
        }
        do throws(LedgerError) {
            try misconduct.verify(
                configuration(ofEpoch: misconduct.epoch), keys: MemberKeys(memberships),
                chainID: chainID)
            try change(transaction, in: context)
        } catch {
            convicted.remove(first)
            throw error
        }
        candidates.void(first)
    }
}

/// Keys of all members that a chain ever registered, for checks alone.
///
/// Who may sign what at which height follows from voter sets and registries; an address stands for
/// one key for ever.
struct MemberKeys: ConsensusKeys {
    private let memberships: MembershipHistory

    init(_ memberships: MembershipHistory) { self.memberships = memberships }

    func sign(_ statement: ConsensusStatement) -> [UInt8] { [] }

    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        memberships.identity(of: member)?.isValid(
            signature, of: statement, chainID: memberships.chainID) ?? false
    }
}
