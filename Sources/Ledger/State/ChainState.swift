// SPDX-License-Identifier: Apache-2.0

/// What follows from a chain up to its head: a pure value without file, clock or key.
///
/// Every node that applies the same blocks has the same state. Blocks are judged here and nowhere
/// else: proposers, voters, the store and the import of a chain file all ask this type.
public struct ChainState: Sendable {
    /// The founding record.
    public let genesis: Genesis
    /// Who is registered.
    public let registry: MemberRegistry
    /// The head's height; 0 for the genesis alone.
    public private(set) var height: UInt64 = 0
    /// The head's view.
    public private(set) var view: UInt64 = 0
    /// The head's cycle.
    public private(set) var cycle: UInt64 = 0
    /// The head's time stamp; the genesis's creation time at first.
    public private(set) var timestamp: UInt64
    /// The head's hash; the chain id at first.
    public private(set) var headHash: LedgerDigest
    /// The digest of the head's certificate; the chain id at first.
    public private(set) var headCertificate: LedgerDigest
    /// How many transactions the chain holds.
    public private(set) var transactionCount: UInt64 = 0
    /// How many block votes the chain holds.
    public private(set) var voteCount: UInt64 = 0
    /// The identifiers of all proposals in their order on the chain.
    public private(set) var proposals: [LedgerDigest] = []
    private var tallies: [LedgerDigest: ScoreTally] = [:]
    private var proposalsByBorrower: [Borrower: [LedgerDigest]] = [:]
    private var lastNonces: [Address: UInt64] = [:]

    /// The state of a chain without blocks.
    public init(genesis: Genesis) {
        self.genesis = genesis
        registry = MemberRegistry(genesis)
        timestamp = genesis.creationTime
        headHash = genesis.chainID
        headCertificate = genesis.chainID
    }

    /// The chain's id.
    public var chainID: LedgerDigest { genesis.chainID }

    /// The proposal with this transaction identifier and the votes on it.
    public func score(of proposal: LedgerDigest) -> ScoreTally? { tallies[proposal] }

    /// Whether the proposal is accepted, rejected, expired or pending; `nil` if it is unknown.
    public func status(of proposal: LedgerDigest) -> ScoreStatus? {
        tallies[proposal]?.status(bankCount: registry.banks.count, cycle: cycle)
    }

    /// The proposals about `borrower` in their order on the chain.
    public func scores(for borrower: Borrower) -> [ScoreTally] {
        (proposalsByBorrower[borrower] ?? []).compactMap { tallies[$0] }
    }

    /// The newest accepted score of `borrower`, if there is one.
    public func acceptedScore(for borrower: Borrower) -> ScoreTally? {
        scores(for: borrower).last {
            $0.status(bankCount: registry.banks.count, cycle: cycle) == .accepted
        }
    }

    /// The lowest nonce that `sender` may use next.
    public func nextNonce(of sender: Address) -> UInt64 {
        lastNonces[sender].map { $0 &+ 1 } ?? 0
    }

    /// Checks a block in every respect but its votes.
    ///
    /// - Throws: ``LedgerError`` that names the block: `wrongChain`, `wrongParent`, `wrongTime`,
    ///   `wrongCycle`, `wrongRoot`, `blockTooLarge`, `unregisteredKey`, `wrongRole`,
    ///   `badSignature`, or what is wrong with a transaction.
    /// - Complexity: one signature check per transaction.
    public func validate(_ block: Block) throws(LedgerError) -> ValidatedBlock {
        var next = self
        try next.apply(block)
        return ValidatedBlock(block: block, successor: next)
    }

    /// The state after a block and its votes, both checked.
    ///
    /// - Throws: ``LedgerError``, as ``validate(_:)`` and ``Certificate/verify(for:_:)``.
    public func advanced(by block: CertifiedBlock) throws(LedgerError) -> ChainState {
        var next = self
        try next.apply(block)
        return next
    }

    /// Advances in place; after an error the state is not usable.
    mutating func apply(_ block: CertifiedBlock) throws(LedgerError) {
        try apply(block.block)
        try block.certificate.verify(for: block.block.header, registry)
        headCertificate = block.certificate.digest(chainID: chainID)
        voteCount += UInt64(block.certificate.votes.count)
    }

    /// Advances in place by place, hashes and counts alone, without signatures and contents.
    mutating func follow(_ block: CertifiedBlock) throws(LedgerError) {
        try checkPlace(of: block.block.header)
        try block.block.verifyContents()
        try block.certificate.verifyForm(for: block.block.header, registry)
        advanceHead(to: block.block.header)
        headCertificate = block.certificate.digest(chainID: chainID)
    }

    private mutating func advanceHead(to header: BlockHeader) {
        height = header.height
        view = header.view
        timestamp = header.timestamp
        cycle = header.cycle
        headHash = header.hash
    }

    private mutating func apply(_ block: Block) throws(LedgerError) {
        let header = block.header
        try checkPlace(of: header)
        try block.verifyContents()
        try header.verify(registry)
        cycle = header.cycle
        for (index, transaction) in block.transactions.enumerated() {
            do throws(LedgerError) {
                try apply(transaction, at: Place(height: header.height, position: index))
            } catch {
                throw LedgerError(
                    error.code, "transaction \(index): \(error.message)", height: header.height)
            }
        }
        advanceHead(to: header)
    }

    /// Refuses a header that does not continue this chain.
    func checkPlace(of header: BlockHeader) throws(LedgerError) {
        func refuse(_ code: LedgerError.Code, _ message: String) -> LedgerError {
            LedgerError(code, message, height: header.height)
        }
        guard header.chainID == chainID else {
            throw refuse(.wrongChain, "made for chain \(header.chainID), not \(chainID)")
        }
        guard header.height == height + 1 else {
            throw refuse(.wrongParent, "height \(header.height) does not follow \(height)")
        }
        guard header.previousHash == headHash else {
            throw refuse(.wrongParent, "previous hash \(header.previousHash), not \(headHash)")
        }
        guard header.parentCertificate == headCertificate else {
            throw refuse(
                .wrongParent,
                "parent certificate \(header.parentCertificate), not \(headCertificate)")
        }
        guard header.view > view else {
            throw refuse(.wrongParent, "view \(header.view) is not after \(view)")
        }
        guard header.cycle >= cycle else {
            throw refuse(.wrongCycle, "cycle \(header.cycle) is before \(cycle)")
        }
        guard header.timestamp > timestamp else {
            throw refuse(
                .wrongTime, "time stamp \(header.timestamp) ms is not after \(timestamp) ms")
        }
    }

    /// Moves to the cycle of the block being built.
    mutating func enter(cycle next: UInt64) throws(LedgerError) {
        guard next >= cycle else {
            throw LedgerError(.wrongCycle, "cycle \(next) is before \(cycle)", height: height + 1)
        }
        cycle = next
    }

    /// Checks one transaction and counts it; after an error nothing has changed.
    mutating func apply(
        _ transaction: SignedTransaction, at place: Place
    ) throws(LedgerError) {
        let sender = transaction.sender
        if let last = lastNonces[sender], transaction.nonce <= last {
            throw LedgerError(
                .replayedTransaction,
                "\(sender) used nonce \(last) already and may not use \(transaction.nonce)")
        }
        try transaction.verify(registry)
        switch transaction.transaction {
        case .scoreProposal(let proposal):
            try checkCycle(proposal.cycle)
            tallies[transaction.id] = ScoreTally(
                id: transaction.id, proposal: proposal, bureau: sender, place: place)
            proposals.append(transaction.id)
            proposalsByBorrower[proposal.borrower, default: []].append(transaction.id)
        case .scoreVote(let vote):
            try checkCycle(vote.cycle)
            guard let tally = tallies[vote.proposal] else {
                throw LedgerError(.unknownProposal, "vote on unknown proposal \(vote.proposal)")
            }
            try checkCycle(tally.proposal.cycle)
            try tallies[vote.proposal]?.count(vote, of: sender, at: place)
        case .modelRecord: break
        case .lendingDecision(let decision):
            guard let status = status(of: decision.proposal) else {
                throw LedgerError(
                    .unknownProposal, "decision on unknown proposal \(decision.proposal)")
            }
            guard status == .accepted else {
                throw LedgerError(
                    .scoreNotAccepted,
                    "decision on proposal \(decision.proposal), which is \(status)")
            }
        }
        lastNonces[sender] = transaction.nonce
        transactionCount += 1
    }

    private func checkCycle(_ other: UInt64) throws(LedgerError) {
        guard other == cycle else {
            throw LedgerError(.wrongCycle, "made for cycle \(other), the block is in \(cycle)")
        }
    }
}
