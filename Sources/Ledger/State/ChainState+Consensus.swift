// SPDX-License-Identifier: Apache-2.0

/// The chain's state is the application of the consensus: a payload is the transactions of a block.
extension ChainState: ConsensusApplication {
    /// The digest of ``commitment``, which the header of the block that led here holds.
    public var digest: LedgerDigest { commitment.digest(chainID: chainID) }

    /// The state after a block of the transactions in `payload`.
    ///
    /// - Throws: ``LedgerError``: `malformedBytes`, `wrongParent`, `wrongCycle`, `blockTooLarge`,
    ///   `prunedBelow`, or what is wrong with a transaction.
    /// - Complexity: one signature check per transaction.
    public func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication {
        var next = self
        do throws(LedgerError) {
            try next.apply(Block.transactions(in: payload, chainID: chainID), in: block)
        } catch {
            throw error.at(block.height)
        }
        return next
    }

    /// Who votes and proposes after the cycle of `configuration`, if this is the state at its end.
    public func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
        self.configuration
    }

    /// Advances in place; after an error the state is not usable.
    ///
    /// - Parameter areSigned: whether the senders and signatures were checked against this state.
    mutating func apply(
        _ transactions: [SignedTransaction], in block: BlockContext, areSigned: Bool = false
    ) throws(LedgerError) {
        guard block.height == height + 1 else {
            throw LedgerError(
                .wrongParent, "height \(block.height) does not follow \(height)")
        }
        guard block.epoch == configuration.epoch else {
            throw LedgerError(
                .wrongCycle, "made for cycle \(block.epoch), the chain is in \(cycle)")
        }
        guard block.time > timestamp else {
            throw LedgerError(
                .wrongTime, "time stamp \(block.time) ms is not after \(timestamp) ms")
        }
        try checkSize(of: transactions)
        begin(parent: block.parent)
        // No transaction of the block changes who is registered in it.
        let faults = areSigned ? [] : transactions.faults(registry)
        for (index, transaction) in transactions.enumerated() {
            do throws(LedgerError) {
                try apply(
                    transaction, at: Place(height: block.height, position: index),
                    checked: .some(areSigned ? nil : faults[index]))
            } catch {
                throw LedgerError(error.code, "transaction \(index): \(error.message)")
            }
        }
        try finish(transactions, in: block)
    }

    /// Refuses a block beyond the chain's present limits.
    private func checkSize(of transactions: [SignedTransaction]) throws(LedgerError) {
        guard transactions.count <= parameters.maximumTransactionCount else {
            throw LedgerError(
                .blockTooLarge,
                "\(transactions.count) transactions, at most "
                    + "\(parameters.maximumTransactionCount) allowed")
        }
        let size = transactions.reduce(0) { $0 + $1.byteCount }
        guard size <= parameters.maximumBlockBytes else {
            throw LedgerError(
                .blockTooLarge,
                "\(size) bytes of transactions, at most \(parameters.maximumBlockBytes) allowed")
        }
    }

    /// Starts the block behind `parent`.
    mutating func begin(parent: LedgerDigest) {
        headHash = parent
        if height > 0 { history.append(parent.bytes) }
        models.activate(at: height + 1)
    }

    /// Ends a block whose transactions were applied.
    mutating func finish(
        _ transactions: [SignedTransaction], in block: BlockContext
    ) throws(LedgerError) {
        if !transactions.isEmpty {
            try settlement.post(
                SettlementEntry(
                    reason: .proposerReward, payer: .incentive,
                    payee: .member(origin(of: block.proposer)), amount: parameters.proposerReward,
                    currency: parameters.rewardCurrency, height: height + 1, position: nil))
        }
        height = block.height
        timestamp = block.time
        advanceParameters()
        if membership.advance(past: height) {
            replaceMembers(
                memberships.members(at: height), by: memberships.members(at: height + 1))
        }
        commitment = StateCommitment(
            transactionRoot: MerkleTree(leaves: transactions.map(\.canonicalBytes)).root,
            transactionCount: UInt32(transactions.count), stateRoot: stateTree.root,
            evidenceRoot: MerkleTree(
                leaves: transactions.filter { $0.transaction.kind == .misconduct }
                    .map(\.canonicalBytes)
            ).root, historyRoot: history.root ?? .zero)
        if height == configuration.lastHeight { try beginCycle() }
    }
}

extension ChainState {
    /// The block at `index` of final blocks, with its votes, and the state after it; all checked.
    ///
    /// - Parameter keys: those of a core that has checked the transactions, where one has.
    func following(
        _ segment: FinalizedSegment, at index: Int, appliedWith keys: (any ConsensusKeys)?
    ) throws(LedgerError) -> (block: CertifiedBlock, state: ChainState) {
        let areSigned = keys != nil
        let keys = keys ?? MemberKeys(memberships)
        let block = segment.blocks[index]
        let certificate = segment.certificate(at: index)
        var next = self
        do throws(LedgerError) {
            let transactions = try Block.transactions(in: block.payload, chainID: chainID)
            try next.apply(
                transactions, in: BlockContext(block.header), areSigned: areSigned)
            let header = try BlockHeader(block.header, next.commitment)
            try checkPlace(of: header)
            let result = Block(
                header: header, transactions: transactions, signature: block.signature)
            try verifySignature(of: result, keys)
            try next.checkSuccessor(of: header)
            try certificate.verify(
                for: block.header, voters: configuration.voters, keys: keys)
            next.settle(header, certificate)
            return (CertifiedBlock(block: result, certificate: certificate), next)
        } catch {
            throw error.at(block.header.height)
        }
    }

    func verifySignature(
        of block: Block, _ keys: any ConsensusKeys
    ) throws(LedgerError) {
        let header = block.header
        guard
            keys.isValid(block.signature, of: header.consensus.proposal, by: header.proposer)
        else {
            throw LedgerError(
                .badSignature, "block \(header.hash) is not signed by \(header.proposer)",
                height: header.height)
        }
    }

    /// Refuses a header that does not commit to this state, which its transactions lead to.
    func checkSuccessor(of header: BlockHeader) throws(LedgerError) {
        guard header.commitment == commitment else {
            throw LedgerError(
                .wrongRoot,
                "the block leads to \(commitment), the header says \(header.commitment)",
                height: header.height)
        }
        guard header.consensus.nextConfiguration == configuration.digest else {
            throw LedgerError(
                .wrongBlock,
                "next configuration \(header.consensus.nextConfiguration), not "
                    + "\(configuration.digest)", height: header.height)
        }
    }
}
