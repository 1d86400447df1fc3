// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    /// What a bank's answers to later events depend on, but for time and signatures, with blocks
    /// named by `label`: what an exhaustive search tells states apart by.
    package func fingerprint(_ label: (LedgerDigest) -> UInt64) -> [UInt64] {
        func optional(_ digest: LedgerDigest?) -> UInt64 { digest.map { label($0) + 1 } ?? 0 }
        var words = [
            configuration.epoch, view, safety.epoch, safety.view, optional(safety.notarized),
            safety.hasNullified ? 1 : 0, optional(safety.finalized), label(head.hash), head.view,
            isHalted ? 1 : 0,
        ]
        for (number, state) in views.sorted(by: { $0.key < $1.key }) {
            let isOver = number < view
            words += [
                number, optional(state.proposal?.hash),
                !isOver && state.isSpoilt ? 1 : 0,
            ]
            words.append(isOver || state.nullification == nil ? 0 : 1)
            words.append(state.finalization == nil ? 0 : 1)
            let lists = [
                state.blocks.map { $0.block.hash }, state.notarizations.map { $0.statement.digest },
            ]
            for list in lists {
                words.append(UInt64(list.count))
                words += list.map(label).sorted()
            }
        }
        for (number, hash) in wanted.sorted(by: { $0.key < $1.key }) {
            words += [.max, number, label(hash)]
        }
        words += orphans.map { label($0.hash) }.sorted()
        return words
    }

    /// The notarized blocks that the node asks for, by view.
    package var missingBlocks: [UInt64: LedgerDigest] { wanted }

    /// When the node's timer runs out.
    package var timerDeadline: UInt64 { deadline }
}

extension ConsensusCore {
    /// The state before a block, if its parent is known.
    package func state(before block: ConsensusBlock) -> (any ConsensusApplication)? {
        known(block.header.parent, in: block.header.parentView)?.state
    }
}
