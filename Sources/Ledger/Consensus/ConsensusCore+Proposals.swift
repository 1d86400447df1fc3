// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    private func isLeader(_ bureau: Address, of view: UInt64) -> Bool {
        configuration.leader(of: view) == bureau
            || broken.contains(.anybodyLeads) && configuration.bureaus.contains(bureau)
    }

    /// Takes in a bureau's block.
    mutating func receive(proposal block: ConsensusBlock) {
        let header = block.header
        guard
            header.view >= view, header.chainID == settings.chainID,
            isLeader(header.proposer, of: header.view),
            views[header.view]?.proposal != block,
            isSigned(block)
        else { return }
        if let first = views[header.view]?.proposal, !broken.contains(.notarizeTwice) {
            if first.header.proposer == header.proposer {
                effects.append(.evidence(.proposals(first, block)))
            }
            views[header.view]?.isSpoilt = true
            return
        }
        // The header proves that its view has begun; one that does not is not kept, so that a
        // bureau cannot fill the memory with blocks of views to come.
        let isJustified = justify(header)
        guard header.view == view || isJustified && header.view > view else { return }
        views[header.view, default: ViewState()].proposal = block
        if !isJustified { views[header.view]?.isSpoilt = true }
    }

    /// Whether the block has its bureau's signature, which its hash does not cover.
    func isSigned(_ block: ConsensusBlock) -> Bool {
        settings.keys.isValid(
            block.signature, of: block.statement, by: block.header.proposer)
    }

    /// Checks the certificates in a header and takes them in.
    private mutating func justify(_ header: ConsensusHeader) -> Bool {
        guard header.parentView < header.view, header.parentView >= head.view else { return false }
        if let certificate = header.parentCertificate {
            guard
                certificate.statement
                    == ConsensusStatement(
                        .notarize, epoch: header.epoch, view: header.parentView,
                        digest: header.parent)
            else { return false }
            // The head's notarization is not kept among the views.
            if header.parent != head.hash || header.parentView != head.view {
                guard learn(certificate) else { return false }
            }
        } else if header.parentView > 0, !broken.contains(.parentWithoutProof) {
            return false
        }
        if broken.contains(.skipWithoutProof) { return true }
        guard UInt64(header.nullifications.count) == header.view - header.parentView - 1 else {
            return false
        }
        for (offset, certificate) in header.nullifications.enumerated() {
            let skipped = header.parentView + UInt64(offset) + 1
            guard
                certificate.statement == .nullify(epoch: header.epoch, view: skipped)
                    || broken.contains(.mixEpochs) && certificate.statement.view == skipped,
                learn(certificate)
            else { return false }
        }
        return true
    }

    /// Votes on the block of the current view; whether that may have changed something.
    mutating func considerProposal() -> Bool {
        guard let state = views[view], let block = state.proposal else { return false }
        let vote = ConsensusStatement(
            .notarize, epoch: configuration.epoch, view: view, digest: block.hash)
        let isNewest = safety.epoch == configuration.epoch && safety.view == view
        if state.isSpoilt {
            let nullify = ConsensusStatement.nullify(epoch: configuration.epoch, view: view)
            guard
                voterIndex != nil, safety.allows(nullify, breaking: broken),
                !(isNewest && safety.hasNullified)
            else { return false }
            nullifyView()
            return true
        }
        guard !(isNewest && safety.notarized == block.hash) else { return false }
        if state.block(block.hash) == nil {
            guard known(block.header.parent, in: block.header.parentView) != nil else {
                wanted[block.header.parentView] = block.header.parent
                return false
            }
            guard adopt(block) else {
                views[view]?.isSpoilt = true
                return true
            }
        }
        guard voterIndex != nil, safety.allows(vote, breaking: broken), !hasVoted(at: block) else {
            return false
        }
        guard isTimely(block.header) else {
            views[view]?.isSpoilt = true
            return true
        }
        cast(vote, with: block)
        return true
    }

    /// The bureau's clock may be ahead by the drift, and behind by as much and the view's time.
    private func isTimely(_ header: ConsensusHeader) -> Bool {
        let timing = settings.timing
        let slack = timing.drift.addingSaturated(timing.timeOut(afterSkips: skips))
        return header.time <= now.addingSaturated(timing.drift)
            && header.time.addingSaturated(slack) >= now
    }

    /// The second reading of the paper, for a negative control.
    private func hasVoted(at block: ConsensusBlock) -> Bool {
        broken.contains(.oneVotePerHeight)
            && views.values.contains { state in
                state.votes(.notarize).contains { vote in
                    vote.voter == voterIndex
                        && state.block(vote.statement.digest)?.block.header.height
                            == block.header.height
                }
            }
    }

    func known(_ hash: LedgerDigest, in view: UInt64) -> KnownParent? {
        if hash == head.hash, view == head.view { return KnownParent(head) }
        return views[view]?.block(hash).map { KnownParent($0) }
    }

    /// Keeps a block if its parent is known and it follows from it; whether it is kept.
    @discardableResult mutating func adopt(_ block: ConsensusBlock) -> Bool {
        let header = block.header
        guard header.view > head.view, header.epoch == configuration.epoch else { return false }
        if views[header.view]?.block(block.hash) != nil { return true }
        guard let parent = known(header.parent, in: header.parentView) else {
            if header.parentView > head.view, orphans.count < Int(Self.horizon),
                !orphans.contains(block)
            {
                orphans.append(block)
                wanted[header.parentView] = header.parent
            }
            return false
        }
        guard let state = try? state(after: block, following: parent) else { return false }
        views[header.view, default: ViewState()].blocks.append(
            KnownBlock(block: block, state: state))
        if wanted[header.view] == block.hash { wanted[header.view] = nil }
        let children = orphans.filter { $0.header.parent == block.hash }
        orphans.removeAll { $0.header.parent == block.hash }
        for child in children { adopt(child) }
        return true
    }

    /// Every check of a block but its certificates and its time against the clock.
    func state(
        after block: ConsensusBlock, following parent: KnownParent
    ) throws(LedgerError) -> any ConsensusApplication {
        let header = block.header
        func refuse(_ code: LedgerError.Code, _ message: String) -> LedgerError {
            LedgerError(code, message, height: header.height)
        }
        guard header.height == parent.height + 1 else {
            throw refuse(.wrongParent, "height \(header.height) does not follow \(parent.height)")
        }
        guard header.time > parent.time else {
            throw refuse(.wrongTime, "time \(header.time) ms is not after \(parent.time) ms")
        }
        guard header.configuration == configuration.digest else {
            throw refuse(
                .wrongBlock,
                "configuration \(header.configuration), not \(configuration.digest)")
        }
        guard block.payload.count <= settings.maximumPayloadSize else {
            throw refuse(
                .blockTooLarge,
                "\(block.payload.count) bytes, at most \(settings.maximumPayloadSize)")
        }
        var state = parent.state
        if header.height <= configuration.lastHeight {
            state = try state.applying(block.payload, in: BlockContext(header))
        } else if !block.payload.isEmpty {
            throw refuse(.wrongBlock, "a block behind the epoch's last one has a payload")
        }
        guard header.state == state.digest else {
            throw refuse(.wrongRoot, "state \(header.state), not \(state.digest)")
        }
        let next = nextConfiguration(at: header.height, state)
        guard header.nextConfiguration == next else {
            throw refuse(.wrongBlock, "next configuration \(header.nextConfiguration), not \(next)")
        }
        return state
    }

    private func nextConfiguration(
        at height: UInt64, _ state: any ConsensusApplication
    ) -> LedgerDigest {
        height < configuration.lastHeight
            ? configuration.digest : state.configuration(after: configuration).digest
    }

    /// Asks for a payload once, when it is this bureau's turn and it can justify a block.
    mutating func askForPayload() {
        guard
            configuration.leader(of: view) == address, payloadView != view,
            safety.allows(
                ConsensusStatement(
                    .propose, epoch: configuration.epoch, view: view, digest: .zero)),
            let place = placeForBlock()
        else { return }
        payloadView = view
        effects.append(
            .makePayload(
                PayloadRequest(
                    view: view, epoch: configuration.epoch, height: place.parent.height + 1,
                    state: place.parent.state)))
    }

    /// Signs and sends this bureau's block of a view.
    mutating func propose(_ payload: [UInt8], in number: UInt64) {
        guard
            number == view, configuration.leader(of: view) == address,
            let place = placeForBlock()
        else { return }
        let height = place.parent.height + 1
        let time = max(now, place.parent.time.addingSaturated(1))
        let isClosing = height > configuration.lastHeight
        let payload = isClosing ? [] : payload
        var state = place.parent.state
        if !isClosing {
            do {
                state = try state.applying(
                    payload,
                    in: BlockContext(
                        epoch: configuration.epoch, height: height, time: time,
                        parent: place.hash, proposer: address))
            } catch { return }
        }
        let block = ConsensusBlock(
            ConsensusHeader.Fields(
                chainID: settings.chainID, epoch: configuration.epoch, height: height, view: view,
                time: time, parent: place.hash, parentView: place.view,
                configuration: configuration.digest,
                nextConfiguration: nextConfiguration(at: height, state), state: state.digest,
                payload: ConsensusBlock.digest(of: payload, chainID: settings.chainID),
                proposer: address),
            parentCertificate: place.certificate, nullifications: place.nullifications,
            payload: payload, keys: settings.keys)
        guard safety.allows(block.statement) else { return }
        safety.write(block.statement)
        effects.append(.persist([.block(block), .safety(safety)]))
        effects.append(.broadcast(.proposal(block)))
        views[view, default: ViewState()].proposal = block
    }

    /// The highest notarized block with the nullifications of all views after it.
    private func placeForBlock() -> BlockPlace? {
        var nullifications: [ViewCertificate] = []
        var number = view
        while number > head.view + 1 {
            number -= 1
            guard let state = views[number] else { return nil }
            for certificate in state.notarizations {
                let hash = certificate.statement.digest
                if let parent = known(hash, in: number) {
                    return BlockPlace(
                        hash: hash, view: number, parent: parent, certificate: certificate,
                        nullifications: nullifications.reversed())
                }
            }
            guard let nullification = state.nullification else { return nil }
            nullifications.append(nullification)
        }
        guard let parent = known(head.hash, in: head.view) else { return nil }
        return BlockPlace(
            hash: head.hash, view: head.view, parent: parent, certificate: head.notarization,
            nullifications: nullifications.reversed())
    }
}

/// What a block's checks must know of its parent.
struct KnownParent {
    let height: UInt64
    let time: UInt64
    let state: any ConsensusApplication

    init(_ head: ConsensusHead) {
        height = head.height
        time = head.time
        state = head.state
    }

    init(_ known: KnownBlock) {
        height = known.block.header.height
        time = known.block.header.time
        state = known.state
    }
}

/// Where a bureau's block goes, with what justifies it.
struct BlockPlace {
    let hash: LedgerDigest
    let view: UInt64
    let parent: KnownParent
    let certificate: ViewCertificate?
    let nullifications: [ViewCertificate]
}
