// SPDX-License-Identifier: Apache-2.0

internal import Ledger

extension Simulation {
    /// What a Byzantine node sends in place of what an honest one would have broadcast.
    mutating func misbehave(
        _ message: ConsensusMessage, as actor: ByzantineActor, _ node: Int
    ) {
        switch actor {
        case .silent: return
        case .equivocatingProposer:
            guard case .proposal(let block) = message, let rival = rival(of: block, node) else {
                return broadcast(message, from: node)
            }
            sides[block.hash] = 0
            sides[rival.hash] = 1
            let isCareless = random.below(3) == 0
            for other in nodes.indices where other != node {
                let isFirst = other.isMultiple(of: 2)
                post(.proposal(isFirst ? block : rival), from: node, to: other)
                // Other liars get both, so that they can vote for both.
                if nodes[other].actor != nil || isCareless && random.below(3) == 0 {
                    post(.proposal(isFirst ? rival : block), from: node, to: other)
                }
            }
        case .doubleVoter, .nullifierAndFinalizer:
            // It notarizes and finalizes on hearing a block, not when its core would.
            switch message {
            case .vote(let vote) where vote.statement.role == .notarize: return
            case .certificate(let certificate, _):
                conspire(
                    .certificate(certificate, nil), about: certificate.statement.digest, from: node)
            default: broadcast(message, from: node)
            }
        case .certificateWithholder:
            guard case .vote = message else { return }
            post(message, from: node, to: Int(random.below(UInt64(nodes.count))))
        default: broadcast(message, from: node)
        }
    }

    /// What a Byzantine node does with what it hears.
    mutating func listen(
        to message: ConsensusMessage, as actor: ByzantineActor, _ node: Int
    ) {
        switch actor {
        case .doubleVoter:
            if case .proposal(let block) = message { say([.notarize, .finalize], block, node) }
        case .nullifierAndFinalizer:
            if case .proposal(let block) = message {
                say([.notarize, .finalize, .nullify], block, node)
            }
        case .stale: replay(message, node)
        case .impersonator: impersonate(message, node)
        case .certificateForger: forge(message, node)
        case .wrongSetVoter: voteElsewhere(message, node)
        case .equivocatingProposer, .silent, .certificateWithholder: break
        }
    }

    /// Sends to those who were shown this one of two blocks, and to other liars; to all where there
    /// is only one.
    private mutating func conspire(
        _ message: ConsensusMessage, about digest: LedgerDigest, from node: Int
    ) {
        let side = sides[digest]
        for other in nodes.indices
        where other != node && (side == nil || side == other % 2 || nodes[other].actor != nil) {
            post(message, from: node, to: other)
        }
    }

    /// A second block of the same view with other content.
    private func rival(
        of block: ConsensusBlock, _ node: Int, proposer: Address? = nil
    ) -> ConsensusBlock? {
        var fields = block.header.fields
        if let proposer { fields.proposer = proposer }
        let payload: [UInt8] = block.payload.isEmpty ? [] : block.payload + [1]
        fields.time += 1
        fields.payload = ConsensusBlock.digest(of: payload, chainID: chainID)
        guard
            let core = nodes[node].core,
            let state = try? core.state(before: block)?.applying(
                payload, in: BlockContext(block.header))
        else { return nil }
        if !block.payload.isEmpty {
            fields.state = state.digest
            if block.header.height == core.configuration.lastHeight {
                fields.nextConfiguration = state.configuration(after: core.configuration).digest
            }
        }
        return ConsensusBlock(
            fields, parentCertificate: block.header.parentCertificate,
            nullifications: block.header.nullifications, payload: payload,
            keys: nodes[node].settings.keys)
    }

    private func place(of node: Int) -> Int? {
        nodes[node].core.flatMap {
            $0.configuration.voters.index(of: nodes[node].settings.address)
        }
    }

    private mutating func say(
        _ roles: [ConsensusStatement.Role], _ block: ConsensusBlock, _ node: Int
    ) {
        guard let voter = place(of: node) else { return }
        for role in roles {
            let header = block.header
            let statement = ConsensusStatement(
                role, epoch: header.epoch, view: header.view,
                digest: role == .nullify ? .zero : header.hash)
            conspire(
                .vote(
                    ViewVote(
                        statement, voter: voter,
                        signature: nodes[node].settings.keys.sign(statement))),
                about: header.hash, from: node)
        }
    }

    private mutating func replay(_ message: ConsensusMessage, _ node: Int) {
        if nodes[node].memory.count < 200 {
            nodes[node].memory.append(message)
        } else {
            nodes[node].memory[Int(random.below(200))] = message
        }
        guard random.below(4) == 0 else { return }
        let old = nodes[node].memory[Int(random.below(UInt64(nodes[node].memory.count)))]
        post(old, from: node, to: Int(random.below(UInt64(nodes.count))))
    }

    /// The votes of all others for whatever is proposed, signed with the wrong key; and blocks in
    /// turns that are not its own.
    private mutating func impersonate(_ message: ConsensusMessage, _ node: Int) {
        guard case .proposal(let block) = message, let core = nodes[node].core else { return }
        let header = block.header
        // Once per view, or two of them would answer each other for ever.
        let turn = [header.epoch, header.view]
        guard nodes[node].lastTurn.lexicographicallyPrecedes(turn) else { return }
        nodes[node].lastTurn = turn
        for role in [ConsensusStatement.Role.notarize, .nullify, .finalize] {
            let statement = ConsensusStatement(
                role, epoch: header.epoch, view: header.view,
                digest: role == .nullify ? .zero : header.hash)
            for voter in 0..<core.configuration.voters.count {
                broadcast(
                    .vote(
                        ViewVote(
                            statement, voter: voter,
                            signature: nodes[node].settings.keys.sign(statement))), from: node)
            }
        }
        let own = nodes[node].settings.address
        if let rival = rival(of: block, node) { broadcast(.proposal(rival), from: node) }
        if let rival = rival(of: block, node, proposer: own) {
            broadcast(.proposal(rival), from: node)
        }
    }

    /// Certificates with one signature many times, with too few, and with invented ones.
    private mutating func forge(_ message: ConsensusMessage, _ node: Int) {
        guard case .proposal(let block) = message, let core = nodes[node].core else { return }
        let header = block.header
        let keys = nodes[node].settings.keys
        let own = place(of: node) ?? 0
        let quorum = core.configuration.voters.quorum
        for role in [ConsensusStatement.Role.notarize, .nullify, .finalize] {
            let statement = ConsensusStatement(
                role, epoch: header.epoch, view: header.view,
                digest: role == .nullify ? .zero : header.hash)
            let signature = keys.sign(statement)
            for voters in [
                [Int](repeating: own, count: quorum), [own], Array(0..<quorum),
            ] {
                broadcast(
                    .certificate(
                        ViewCertificate(
                            statement, voters: voters,
                            signatures: voters.map { _ in signature }), nil), from: node)
            }
        }
        if let rival = rival(of: block, node) {
            let statements = [ConsensusStatement.Role.notarize, .finalize].map {
                ConsensusStatement($0, epoch: header.epoch, view: header.view, digest: rival.hash)
            }
            let certificates = statements.map { statement in
                ViewCertificate(
                    statement, voters: Array(0..<quorum),
                    signatures: (0..<quorum).map { _ in keys.sign(statement) })
            }
            broadcast(
                .segments([
                    FinalizedSegment(
                        blocks: [rival], notarization: certificates[0],
                        finalization: certificates[1])
                ]), from: node)
        }
    }

    /// Votes of this epoch's views signed for the epochs around it, and in places that its key does
    /// not have.
    private mutating func voteElsewhere(_ message: ConsensusMessage, _ node: Int) {
        guard case .proposal(let block) = message, let core = nodes[node].core else { return }
        let header = block.header
        let places = core.configuration.voters.count
        for epoch in [header.epoch &- 1, header.epoch, header.epoch + 1] where epoch < 1 << 32 {
            for role in [ConsensusStatement.Role.notarize, .nullify, .finalize] {
                let statement = ConsensusStatement(
                    role, epoch: epoch, view: header.view,
                    digest: role == .nullify ? .zero : header.hash)
                let voter =
                    epoch == header.epoch
                    ? place(of: node) == nil ? Int(random.below(UInt64(places))) : places
                    : place(of: node) ?? 0
                broadcast(
                    .vote(
                        ViewVote(
                            statement, voter: voter,
                            signature: nodes[node].settings.keys.sign(statement))), from: node)
            }
        }
    }
}
