// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    mutating func receive(_ message: ConsensusMessage, from sender: Address) {
        switch message {
        case .proposal(let block):
            if isCurrent(block.header.epoch, message, sender) { receive(proposal: block) }
        case .vote(let vote):
            if isCurrent(vote.statement.epoch, message, sender) { receive(vote) }
        case .certificate(let certificate, let vote):
            guard isCurrent(certificate.statement.epoch, message, sender) else { return }
            learn(certificate)
            if let vote, vote.statement.epoch == configuration.epoch { receive(vote) }
            askForBlocks(of: sender)
        case .status(let status): receive(status, from: sender)
        case .blockRequest(let view, let hash, let epoch, let height):
            if epoch == configuration.epoch,
                let block = views[view]?.block(hash)?.block ?? proposal(hash, in: view)
            {
                effects.append(.send(.block(block), to: sender))
            } else if height < head.height {
                effects.append(.serve(to: sender, above: height))
            }
        case .block(let block):
            guard wanted[block.header.view] == block.hash, isSigned(block) else { return }
            // One answer asks at most one question, for the parent: two nodes cannot keep each other
            // busy with a block that neither can use.
            let parent = block.header.parentView
            if !adopt(block), let hash = wanted[parent],
                known(block.header.parent, in: parent) == nil
            {
                effects.append(.send(request(parent, hash), to: sender))
            }
            finalizePending()
        case .segments(let segments):
            for segment in segments where !isHalted { receive(segment) }
        }
    }

    private func proposal(_ hash: LedgerDigest, in view: UInt64) -> ConsensusBlock? {
        views[view]?.proposal.flatMap { $0.hash == hash ? $0 : nil }
    }

    /// Whether a message is of the current epoch; one of the next epoch waits for it.
    private mutating func isCurrent(
        _ epoch: UInt64, _ message: ConsensusMessage, _ sender: Address
    ) -> Bool {
        if epoch == configuration.epoch || broken.contains(.mixEpochs) { return true }
        if epoch == configuration.epoch + 1, early.count < 4 * Int(Self.horizon) {
            early.append((message, sender))
        }
        return false
    }

    private mutating func askForBlocks(of sender: Address) {
        for (view, hash) in wanted.sorted(by: { $0.key < $1.key }).prefix(4) {
            effects.append(.send(request(view, hash), to: sender))
        }
    }

    private mutating func receive(_ status: ConsensusStatus, from sender: Address) {
        let isBehind =
            (status.epoch, status.height, status.view)
            < (configuration.epoch, head.height, view)
        if status.epoch == configuration.epoch {
            if let block = status.block, let notarization = status.notarization,
                notarization.statement
                    == ConsensusStatement(
                        .notarize, epoch: status.epoch, view: block.header.view, digest: block.hash),
                notarization.statement.view > head.view, isSigned(block)
            {
                learn(notarization, with: block)
            }
            for certificate in status.nullifications
            where certificate.statement.role == .nullify
                && certificate.statement.epoch == configuration.epoch
                && views[certificate.statement.view]?.nullification == nil
            {
                learn(certificate)
            }
            for vote in status.votes where vote.statement.epoch == configuration.epoch {
                receive(vote)
            }
            askForBlocks(of: sender)
            finalizePending()
        }
        if broken.contains(.neverForward) { return }
        if status.height < head.height {
            effects.append(.serve(to: sender, above: status.height))
        }
        if !status.isReply {
            let isAhead = status.epoch > configuration.epoch || status.height > head.height
            if isBehind || isAhead {
                effects.append(.send(.status(self.status(isReply: true)), to: sender))
            }
        }
    }
}
