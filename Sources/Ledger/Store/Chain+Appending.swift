// SPDX-License-Identifier: Apache-2.0

internal import GRDB

extension Chain {
    /// Checks a block with its votes and writes it.
    ///
    /// - Throws: ``LedgerError``: as ``ChainState/advanced(by:)``; `staleChain` where another
    ///   process has appended to the file or the chain is closed; `storage`. The chain is as
    ///   before.
    public func append(_ block: CertifiedBlock) throws(LedgerError) {
        try exclusively { (head) throws(LedgerError) in
            try write([(block, head.state.advanced(by: block))], to: &head)
        }
    }

    /// Checks final blocks that the consensus agreed on and writes them, all or none.
    ///
    /// Blocks that only close a cycle are not part of the chain.
    ///
    /// - Throws: ``LedgerError``, as ``append(_:)-(CertifiedBlock)``.
    public func append(_ segment: FinalizedSegment) throws(LedgerError) {
        try append(segment, appliedWith: nil, keeping: nil)
    }

    /// The same, and replaces what a node keeps beside the blocks, all in one step.
    ///
    /// - Parameter keys: those of the core that has applied the blocks, where one has: their
    ///   transactions are not checked again, nor are signatures that these keys remember.
    func append(
        _ segment: FinalizedSegment, appliedWith keys: (any ConsensusKeys)?,
        keeping entries: [DurableEntry]?
    ) throws(LedgerError) {
        try exclusively { (head) throws(LedgerError) in
            var states: [(block: CertifiedBlock, state: ChainState)] = []
            var state = head.state
            let last = state.configuration.lastHeight
            for (index, block) in segment.blocks.enumerated() where block.header.height <= last {
                let next = try state.following(segment, at: index, appliedWith: keys)
                states.append(next)
                state = next.state
            }
            try write(states, keeping: entries, to: &head)
        }
    }

    /// Has members of this process agree on a block of transactions, and writes it.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970-01-01 UTC; the block's time, unless the parent's is later.
    ///   - absent: members that do not take part, although they are among `members`.
    /// - Returns: the header of the block.
    /// - Throws: ``LedgerError``: what is wrong with a transaction; `quorumNotReached`,
    ///   `unregisteredKey` (no bureau is there); `staleChain` where another thread or process
    ///   appended meanwhile; `storage`. Nothing is written then.
    @discardableResult
    public func append(
        _ transactions: [SignedTransaction], agreedBy members: LocalMembers, now: UInt64,
        absent: Set<Address> = []
    ) throws(LedgerError) -> BlockHeader {
        var builder = BlockBuilder(after: state)
        for transaction in transactions { try builder.add(transaction) }
        return try append(builder, agreedBy: members, now: now, absent: absent)
    }

    func append(
        _ builder: BlockBuilder, agreedBy members: LocalMembers, now: UInt64,
        absent: Set<Address> = []
    ) throws(LedgerError) -> BlockHeader {
        let (block, decided) = try members.decide(builder, now: now, absent: absent)
        try exclusively { (head) throws(LedgerError) in
            guard head.state.headHash == block.block.header.previousHash else {
                throw LedgerError(
                    .staleChain, "the chain went on to \(head.state.headHash) meanwhile",
                    height: decided.height)
            }
            // Entries may have been pruned meanwhile.
            var state = decided
            state.prune(below: head.state.prunedBelow)
            try write([(block, state)], to: &head)
        }
        return block.block.header
    }

    private func write(
        _ blocks: [(block: CertifiedBlock, state: ChainState)],
        keeping entries: [DurableEntry]? = nil, to head: inout Head
    ) throws(LedgerError) {
        guard let last = blocks.last else { return }
        try storing {
            try queue.write { database in
                for (block, state) in blocks {
                    try ChainWriter.append(block, leadingTo: state, in: database)
                }
                if let entries { try ConsensusEntries.replace(by: entries, in: database) }
            }
        }
        head.state = last.state
    }
}
