// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Watches honest nodes and judges them by the claims, not by the code of the core.
///
/// It has its own count of a quorum, its own rule of contradiction and its own order of turns.
struct Oracle: Sendable {
    /// Everything that a member has said in one view.
    private struct Spoken: Sendable {
        var notarized: LedgerDigest?
        var finalized: LedgerDigest?
        var hasNullified = false
    }

    private struct Turn: Hashable, Sendable {
        let member: Address
        let epoch: UInt64
        let view: UInt64
    }

    private let chainID: LedgerDigest
    private let keys: any ConsensusKeys
    /// The configurations by epoch, from the first chain that was seen.
    private var configurations: [EpochConfiguration]
    private var state: (any ConsensusApplication)?
    private var chain: [ConsensusBlock] = []
    private var spoken: [Turn: Spoken] = [:]
    private var holdings: [Address: [FinalizedSegment]] = [:]
    private var heights: [Address: UInt64] = [:]
    private var fork: (ConsensusBlock, Address)?
    private var evidence: Set<Address> = []
    private var equivocators: Set<Address> = []
    private var honest: Set<Address> = []
    private(set) var violations: [String] = []
    private(set) var skippedViews: UInt64 = 0

    init(first: EpochConfiguration, chainID: LedgerDigest, keys: any ConsensusKeys) {
        configurations = [first]
        self.chainID = chainID
        self.keys = keys
    }

    /// The height of the longest chain.
    var height: UInt64 { UInt64(chain.count) }

    var hasForked: Bool { fork != nil }

    mutating func begin(with state: any ConsensusApplication) { self.state = state }

    mutating func watch(_ effect: ConsensusEffect, of member: Address) {
        honest.insert(member)
        switch effect {
        case .broadcast(.vote(let vote)): hear(vote.statement, of: member)
        case .broadcast(.certificate(_, .some(let vote))): hear(vote.statement, of: member)
        case .persist(let entries):
            for case .segment(let segment) in entries { take(segment, of: member) }
        case .evidence(.votes(let pair)):
            if let set = configuration(of: pair.epoch)?.voters {
                evidence.insert(set.voters[pair.voter].address)
            }
        case .evidence(.proposals(let block, _)): equivocators.insert(block.header.proposer)
        default: break
        }
    }

    private func configuration(of epoch: UInt64) -> EpochConfiguration? {
        epoch < UInt64(configurations.count) ? configurations[Int(epoch)] : nil
    }

    private mutating func hear(_ statement: ConsensusStatement, of member: Address) {
        let turn = Turn(member: member, epoch: statement.epoch, view: statement.view)
        var said = spoken[turn] ?? Spoken()
        switch statement.role {
        case .notarize:
            if let earlier = said.notarized, earlier != statement.digest {
                report("\(member) notarized two blocks in view \(statement.view)")
            }
            said.notarized = statement.digest
        case .finalize:
            if let earlier = said.finalized, earlier != statement.digest {
                report("\(member) finalized two blocks in view \(statement.view)")
            }
            if said.hasNullified { report("\(member) finalized a view that it nullified") }
            said.finalized = statement.digest
        case .nullify:
            if said.finalized != nil { report("\(member) nullified a view that it finalized") }
            said.hasNullified = true
        default: break
        }
        spoken[turn] = said
    }

    private mutating func report(_ violation: String) {
        if violations.count < 20, !violations.contains(violation) { violations.append(violation) }
    }

    private mutating func take(_ segment: FinalizedSegment, of member: Address) {
        holdings[member, default: []].append(segment)
        guard let configuration = configuration(of: segment.epoch) else {
            report("\(member) is in epoch \(segment.epoch), which nobody opened")
            return
        }
        for (certificate, role) in [
            (segment.notarization, ConsensusStatement.Role.notarize),
            (segment.finalization, .finalize),
        ] where !isQuorum(certificate, role, of: segment.last, configuration) {
            report("height \(segment.last.header.height) lacks a quorum to \(role) it")
        }
        for block in segment.blocks where block.header.height <= configuration.lastHeight {
            take(block, of: member, configuration)
        }
    }

    private mutating func take(
        _ block: ConsensusBlock, of member: Address, _ configuration: EpochConfiguration
    ) {
        let header = block.header
        let expected = (heights[member] ?? 0) + 1
        if header.height != expected {
            report("\(member) went from height \(expected - 1) to \(header.height)")
        }
        heights[member] = header.height
        if header.height <= UInt64(chain.count) {
            let other = chain[Int(header.height) - 1]
            if other.hash != block.hash, fork == nil { fork = (block, member) }
            return
        }
        let parent = chain.last?.header
        if header.parent != parent?.hash ?? chainID {
            if fork == nil { fork = (block, member) }
            return
        }
        if let parent, header.time <= parent.time {
            report("time stands still at \(header.height)")
        }
        let bureaus = configuration.bureaus
        if bureaus[Int((header.view - 1) % UInt64(bureaus.count))] != header.proposer {
            report("\(header.proposer) proposed view \(header.view) out of turn")
        }
        chain.append(block)
        skippedViews += header.view - header.parentView - 1
        advance(block, configuration)
    }

    private mutating func advance(
        _ block: ConsensusBlock, _ configuration: EpochConfiguration
    ) {
        let header = block.header
        do {
            state = try state?.applying(
                block.payload, in: BlockContext(header))
        } catch {
            report("height \(header.height) is invalid: \(error)")
        }
        guard header.height == configuration.lastHeight, let state else { return }
        let next = state.configuration(after: configuration)
        if next.digest != header.nextConfiguration { report("wrong voters after \(header.height)") }
        if !Set(next.bureaus).isDisjoint(with: configuration.bureaus) {
            report("a bureau serves in epochs \(configuration.epoch) and \(next.epoch)")
        }
        configurations.append(next)
    }

    private func isQuorum(
        _ certificate: ViewCertificate, _ role: ConsensusStatement.Role, of block: ConsensusBlock,
        _ configuration: EpochConfiguration
    ) -> Bool {
        let statement = certificate.statement
        guard
            statement.role == role, statement.digest == block.hash,
            statement.epoch == configuration.epoch, statement.view == block.header.view
        else { return false }
        let set = configuration.voters
        var signers: Set<Int> = []
        for (voter, signature) in zip(certificate.voters, certificate.signatures) {
            guard
                voter < set.voters.count,
                keys.isValid(signature, of: statement, by: set.voters[voter].address)
            else { return false }
            signers.insert(voter)
        }
        let signed = signers.reduce(0) { $0 + set.voters[$1].weight }
        let all = set.voters.reduce(0) { $0 + $1.weight }
        switch set.rule {
        case .majority: return 2 * signed > all
        case .bft: return 2 * signed >= all + (all - 1) / 3 + 1
        case .explicit(let count): return signed >= count && 2 * signed > all
        }
    }

    /// Who is convicted: by evidence that nodes met, and by the two chains of a fork.
    func convictions() -> (banks: [Address], bureaus: [Address]) {
        var convicted = evidence
        if let proof = forkProof(), let configuration = configuration(of: proof.first.epoch),
            let pairs = try? proof.convictions(configuration, keys: keys)
        {
            for pair in pairs {
                convicted.insert(configuration.voters.voters[pair.voter].address)
            }
        }
        return (convicted.sorted(), equivocators.sorted())
    }

    /// The two chains from the first height at which they differ.
    private func forkProof() -> ForkProof? {
        guard let (block, member) = fork, let mine = holdings[member] else { return nil }
        for (_, others) in holdings.sorted(by: { $0.key < $1.key }) {
            for left in mine where left.epoch == block.header.epoch {
                for right in others where right.epoch == left.epoch {
                    if let proof = Self.proof(left, right) { return proof }
                }
            }
        }
        return nil
    }

    private static func proof(_ left: FinalizedSegment, _ right: FinalizedSegment) -> ForkProof? {
        for (place, block) in left.blocks.enumerated() {
            for (otherPlace, other) in right.blocks.enumerated()
            where block.header.parent == other.header.parent && block.hash != other.hash {
                if let proof = try? ForkProof(
                    FinalizedSegment(
                        blocks: Array(left.blocks[place...]), notarization: left.notarization,
                        finalization: left.finalization),
                    FinalizedSegment(
                        blocks: Array(right.blocks[otherPlace...]),
                        notarization: right.notarization, finalization: right.finalization))
                {
                    return proof
                }
            }
        }
        return nil
    }
}
