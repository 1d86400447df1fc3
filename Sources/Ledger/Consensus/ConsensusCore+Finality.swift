// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    /// Looks again at quorums that waited for a block.
    mutating func finalizePending() {
        for number in views.keys.sorted() where !isHalted { finalizeBlocks(in: number) }
    }

    /// Makes a block and its ancestors final, if a quorum said so and all of them are known.
    mutating func finalizeBlocks(in number: UInt64) {
        guard !isHalted, number > head.view, let state = views[number] else { return }
        var decided = state.finalization
        if decided == nil, broken.contains(.finalOnNotarization) {
            decided = state.notarizations.first
        }
        guard let certificate = decided else { return }
        let hash = certificate.statement.digest
        let notarization = state.notarizations.first { $0.statement.digest == hash }
        guard let notarization else { return }
        var chain: [KnownBlock] = []
        var place = (hash: hash, view: number)
        while place.hash != head.hash || place.view != head.view {
            guard place.view > head.view else {
                isHalted = true
                effects.append(.conflict(certificate))
                return
            }
            guard let known = views[place.view]?.block(place.hash) else {
                if wanted[place.view] == nil { wanted[place.view] = place.hash }
                return
            }
            chain.append(known)
            place = (known.block.header.parent, known.block.header.parentView)
        }
        append(
            chain.reversed(), notarization: notarization, finalization: certificate)
    }

    /// Takes in final blocks that another node has stored.
    mutating func receive(_ segment: FinalizedSegment) {
        guard
            segment.epoch == configuration.epoch,
            let first = segment.blocks.firstIndex(where: { $0.header.height > head.height }),
            segment.blocks[first].header.height == head.height + 1,
            head.height < configuration.lastHeight
        else { return }
        do { try segment.verify(configuration, keys: settings.keys) } catch { return }
        let rest = segment.blocks[first...]
        guard rest[first].header.parent == head.hash else {
            isHalted = true
            effects.append(.conflict(segment.finalization))
            return
        }
        let last = configuration.lastHeight
        guard rest.allSatisfy({ $0.header.height > last || isSigned($0) }),
            let chain = known(rest)
        else { return }
        append(
            chain, notarization: segment.notarization, finalization: segment.finalization)
    }

    /// Blocks behind the head with the states that they lead to; `nil` where one is refused.
    func known(_ blocks: some Sequence<ConsensusBlock>) -> [KnownBlock]? {
        var chain: [KnownBlock] = []
        var parent = KnownParent(head)
        for block in blocks {
            guard let state = try? state(after: block, following: parent) else { return nil }
            let known = KnownBlock(block: block, state: state)
            chain.append(known)
            parent = KnownParent(known)
        }
        return chain
    }

    /// Lengthens the final chain.
    mutating func append(
        _ chain: [KnownBlock], notarization: ViewCertificate, finalization: ViewCertificate
    ) {
        let segment = FinalizedSegment(
            blocks: chain.map { $0.block }, notarization: notarization, finalization: finalization)
        effects.append(.persist([.segment(segment)]))
        effects.append(.finalized(segment))
        moveHead(along: chain, notarization: notarization)
        if head.height == configuration.lastHeight {
            beginEpoch()
            startTimer()
            let waiting = early
            early = []
            for (message, sender) in waiting { receive(message, from: sender) }
        } else if view <= head.view {
            enter(head.view + 1)
        }
    }

    /// The end of the final chain behind new blocks.
    func headAfter(_ chain: [KnownBlock], notarization: ViewCertificate) -> ConsensusHead {
        let count = chain.count { $0.block.header.height <= configuration.lastHeight }
        let last = chain[count - 1]
        return ConsensusHead(
            hash: last.block.hash, height: last.block.header.height, view: last.block.header.view,
            time: last.block.header.time, state: last.state,
            notarization: count == chain.count
                ? notarization : chain[count].block.header.parentCertificate)
    }

    /// Moves the end of the final chain and forgets what lies before it.
    mutating func moveHead(along chain: [KnownBlock], notarization: ViewCertificate) {
        guard chain.contains(where: { $0.block.header.height <= configuration.lastHeight }) else {
            return
        }
        head = headAfter(chain, notarization: notarization)
        let end = head.view
        views = views.filter { $0.key > end }
        wanted = wanted.filter { $0.key > end }
        orphans.removeAll { $0.header.view <= end }
    }

    /// Hands over to the voters and bureaus that follow from the epoch's last block.
    mutating func beginEpoch() {
        configuration = head.state.configuration(after: configuration)
        voterIndex = voters.index(of: address)
        head.view = 0
        head.notarization = nil
        view = 1
        skips = 0
        payloadView = 0
        views = [:]
        wanted = [:]
        orphans = []
    }
}
