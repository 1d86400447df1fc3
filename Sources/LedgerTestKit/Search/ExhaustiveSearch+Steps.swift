// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// A block that a bureau could propose.
struct ScopeBlock {
    let block: ConsensusBlock
    /// The label of the parent; `nil` for the genesis.
    let parent: Int?
    /// The views that its header lets pass.
    let skipped: [UInt64]
}

/// One bank with what it has said.
struct LocalState {
    let core: ConsensusCore
    let said: UInt64
}

struct LocalKey: Hashable {
    let fingerprint: [UInt64]
    let said: UInt64
}

/// How many banks said what: statements are bits.
struct Said {
    private let members: [UInt64]
    private let byzantine: Int

    init(_ members: [UInt64], byzantine: Int) {
        self.members = members
        self.byzantine = byzantine
    }

    func count(_ bit: Int) -> Int {
        members.reduce(byzantine) { $0 + Int($1 >> UInt64(bit) & 1) }
    }
}

extension ExhaustiveSearch {
    // Statements: notarize each block, finalize each block, nullify each view.
    private func notarize(_ label: Int) -> Int { label }
    private func finalize(_ label: Int) -> Int { blocks.count + label }
    private func nullify(_ view: UInt64) -> Int { 2 * blocks.count + Int(view) - 1 }

    // Events: a proposal, a notarization with its block or an answer to a question for each block,
    // a nullification of each view, the time-out.
    var eventCount: Int { 3 * blocks.count + Int(lastView) + 1 }

    mutating func makeBlocks() {
        let bureau = configuration.bureaus[0]
        for view in 1...lastView {
            for parent in [nil] + blocks.indices.map({ Optional($0) }) {
                let header = parent.map { blocks[$0].block.header }
                guard (header?.view ?? 0) < view else { continue }
                let skipped = Array(((header?.view ?? 0) + 1)..<view)
                // Two blocks of one view are tried in the first one; the last needs no second.
                for variant in 0..<(view == lastView && view > 1 ? 1 : 2) {
                    let payload = [UInt8(variant)]
                    let block = ConsensusBlock(
                        ConsensusHeader.Fields(
                            chainID: settings.chainID, epoch: 0, height: (header?.height ?? 0) + 1,
                            view: view, time: view, parent: header?.hash ?? settings.chainID,
                            parentView: header?.view ?? 0, configuration: configuration.digest,
                            nextConfiguration: configuration.digest, state: .zero,
                            payload: ConsensusBlock.digest(of: payload, chainID: settings.chainID),
                            proposer: bureau),
                        parentCertificate: broken.contains(.parentWithoutProof)
                            ? nil
                            : header.map { certificate(.notarize, $0.view, $0.hash) },
                        nullifications: broken.contains(.skipWithoutProof)
                            ? [] : skipped.map { certificate(.nullify, $0, .zero) },
                        payload: payload, keys: SimulatedKeys(bureau))
                    labels[block.hash] = blocks.count
                    blocks.append(ScopeBlock(block: block, parent: parent, skipped: skipped))
                }
            }
        }
        precondition(2 * blocks.count + Int(lastView) <= 64, "the scope is too large")
    }

    /// A certificate that the first banks of a quorum signed: whoever could have signed it, the
    /// rules take it alike.
    func certificate(
        _ role: ConsensusStatement.Role, _ view: UInt64, _ digest: LedgerDigest
    ) -> ViewCertificate {
        let statement = ConsensusStatement(role, epoch: 0, view: view, digest: digest)
        return ViewCertificate(
            statement,
            votes: (0..<quorum).map {
                ViewVote(
                    statement, voter: $0,
                    signature: SimulatedKeys(voters.voters[$0].address).sign(statement))
            })
    }

    private var quorum: Int {
        broken.contains(.halfIsEnough) ? (voters.count + 1) / 2 : voters.quorum
    }

    mutating func initialLocal() -> Int {
        var core = ConsensusCore(settings)
        _ = core.step(.start, now: 0)
        return intern(core, said: 0)
    }

    /// Whether the other banks have said what the event needs.
    func isPossible(_ event: Int, _ said: Said) -> Bool {
        let count = blocks.count
        if event < count {
            let block = blocks[event]
            let hasParent =
                broken.contains(.parentWithoutProof)
                || block.parent.map { said.count(notarize($0)) >= quorum } ?? true
            return hasParent
                && (broken.contains(.skipWithoutProof)
                    || block.skipped.allSatisfy { said.count(nullify($0)) >= quorum })
        }
        if event < 2 * count { return said.count(notarize(event - count)) >= quorum }
        if event < 3 * count { return true }
        let view = UInt64(event - 3 * count + 1)
        return view > lastView || said.count(nullify(view)) >= quorum
    }

    /// The bank's state after an event, from the real core.
    mutating func successor(of member: Int, by event: Int) -> Int {
        if let known = transitions[member][event] { return known }
        var local = locals[member]
        var core = local.core
        let bureau = configuration.bureaus[0]
        let count = blocks.count
        var effects: [ConsensusEffect] = []
        if event < count {
            effects = core.step(
                .message(.proposal(blocks[event].block), from: bureau), now: core.timerDeadline - 1)
        } else if event < 2 * count {
            let header = blocks[event - count].block.header
            let status = ConsensusStatus(
                epoch: 0, view: header.view + 1, height: 0, block: blocks[event - count].block,
                notarization: certificate(.notarize, header.view, header.hash),
                nullifications: [], votes: [], isReply: true)
            effects = core.step(
                .message(.status(status), from: bureau), now: core.timerDeadline - 1)
        } else if event < 3 * count {
            let block = blocks[event - 2 * count].block
            if core.missingBlocks[block.header.view] == block.hash {
                effects = core.step(
                    .message(.block(block), from: bureau), now: core.timerDeadline - 1)
            }
        } else if event < 3 * count + Int(lastView) {
            let view = UInt64(event - 3 * count + 1)
            effects = core.step(
                .message(.certificate(certificate(.nullify, view, .zero), nil), from: bureau),
                now: core.timerDeadline - 1)
        } else if core.view <= lastView {
            effects = core.step(.timer, now: core.timerDeadline)
        }
        local = LocalState(core: core, said: local.said | statements(in: effects))
        let result = intern(core, said: local.said)
        transitions[member][event] = result
        return result
    }

    private mutating func intern(_ core: ConsensusCore, said: UInt64) -> Int {
        let key = LocalKey(
            fingerprint: core.fingerprint { UInt64(labels[$0] ?? 62) }, said: said)
        if let id = ids[key] { return id }
        let id = locals.count
        ids[key] = id
        locals.append(LocalState(core: core, said: said))
        transitions.append([Int?](repeating: nil, count: eventCount))
        return id
    }

    private func statements(in effects: [ConsensusEffect]) -> UInt64 {
        var said: UInt64 = 0
        for effect in effects {
            switch effect {
            case .broadcast(.vote(let vote)), .broadcast(.certificate(_, .some(let vote))):
                guard vote.statement.view <= lastView else { continue }
                switch vote.statement.role {
                case .notarize: said |= 1 << UInt64(notarize(labels[vote.statement.digest] ?? 0))
                case .finalize: said |= 1 << UInt64(finalize(labels[vote.statement.digest] ?? 0))
                default: said |= 1 << UInt64(nullify(vote.statement.view))
                }
            default: continue
            }
        }
        return said
    }

    /// What a bank has said, in words.
    func statements(of local: LocalState) -> [ConsensusStatement] {
        var list: [ConsensusStatement] = []
        for label in blocks.indices {
            let header = blocks[label].block.header
            for (role, bit) in [
                (ConsensusStatement.Role.notarize, notarize(label)), (.finalize, finalize(label)),
            ] where local.said >> UInt64(bit) & 1 == 1 {
                list.append(
                    ConsensusStatement(role, epoch: 0, view: header.view, digest: header.hash))
            }
        }
        for view in 1...lastView where local.said >> UInt64(nullify(view)) & 1 == 1 {
            list.append(.nullify(epoch: 0, view: view))
        }
        return list
    }

    /// Two final blocks of which neither is the other's ancestor.
    func fork(_ said: Said) -> (ConsensusBlock, ConsensusBlock)? {
        let isFinal = broken.contains(.finalOnNotarization) ? notarize : finalize
        let final = blocks.indices.filter { said.count(isFinal($0)) >= quorum }
        for (place, label) in final.enumerated() {
            for other in final[..<place] where !isAncestor(other, of: label) {
                return (blocks[other].block, blocks[label].block)
            }
        }
        return nil
    }

    private func isAncestor(_ ancestor: Int, of label: Int) -> Bool {
        var next: Int? = label
        while let current = next {
            if current == ancestor { return true }
            next = blocks[current].parent
        }
        return false
    }
}
