// SPDX-License-Identifier: Apache-2.0

/// What follows from a chain up to its head: a pure value without file, clock or key.
///
/// Every node that applies the same blocks has the same state. Blocks are judged here and nowhere
/// else: proposers, voters, the store and the import of a chain file all ask this type.
public struct ChainState: Sendable {
    /// The founding record.
    public let genesis: Genesis
    /// The limits and rates of the next block.
    public internal(set) var parameters = ChainParameters.standard
    /// The number of the last ``ConfigurationChange``; 0 before the first.
    public internal(set) var configurationNumber: UInt64 = 0
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
    /// The entries of every batch below this height are not kept; 0 where all are.
    public internal(set) var prunedBelow: UInt64 = 0
    /// The first block whose entries are kept.
    private var keptFrom: UInt64?
    /// The identifiers of all proposals in their order on the chain.
    public private(set) var proposals: [LedgerDigest] = []
    /// The loans.
    public internal(set) var loans = LoanBook()
    /// Who has paid whom.
    public internal(set) var settlement = SettlementBook()
    /// The bureaus that apply for the coming cycle.
    public internal(set) var candidates = BureauCandidates()
    /// The users' consents.
    public internal(set) var consents = ConsentBook()
    /// Which models are and were active.
    public internal(set) var models = ModelHistory()
    /// How many entries each journal has.
    public internal(set) var journals: [String: UInt64] = [:]
    var membership: Membership
    var tallies: [LedgerDigest: ScoreTally] = [:]
    private var proposalsByBorrower: [Borrower: [LedgerDigest]] = [:]
    /// Where the transactions are that changed the members, in order.
    private(set) var membershipChanges: [Place] = []
    private var nextParameters = ChainParameters.standard
    private var lastNonces: [Address: UInt64] = [:]

    /// The state of a chain without blocks.
    public init(genesis: Genesis) {
        self.genesis = genesis
        membership = Membership(genesis)
        timestamp = genesis.creationTime
        headHash = genesis.chainID
        headCertificate = genesis.chainID
    }

    /// The chain's id.
    public var chainID: LedgerDigest { genesis.chainID }

    /// Who is registered in the next block.
    public var registry: MemberRegistry { membership.registry }

    /// Who held which key and role at which height.
    public var memberships: MembershipHistory { membership.history }

    /// The first address of the member that has, or had, the key of `address`; loans, votes and
    /// consents stay with it through every ``KeyRotation``.
    public func origin(of address: Address) -> Address { membership.origin(of: address) }

    /// The proposal with this transaction identifier and the votes on it.
    public func score(of proposal: LedgerDigest) -> ScoreTally? { tallies[proposal] }

    /// Whether the proposal is accepted, rejected, expired or pending; `nil` if it is unknown.
    public func status(of proposal: LedgerDigest) -> ScoreStatus? {
        tallies[proposal]?.status(in: cycle)
    }

    /// The proposals about `borrower` in their order on the chain.
    public func scores(for borrower: Borrower) -> [ScoreTally] {
        (proposalsByBorrower[borrower] ?? []).compactMap { tallies[$0] }
    }

    /// The newest accepted score of `borrower`, if there is one.
    public func acceptedScore(for borrower: Borrower) -> ScoreTally? {
        scores(for: borrower).last { $0.status(in: cycle) == .accepted }
    }

    /// The loans of which `borrower` owes something, in the order of the chain, whichever of its
    /// keys they were made with.
    public func openLoans(of borrower: Address) -> [LoanAccount] {
        loans.loans.compactMap { loans.account(of: $0) }.filter {
            membership.isSame($0.terms.borrower, borrower) && !$0.isSettled
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
        try block.requireEntries()
        var next = self
        try next.apply(block)
        return ValidatedBlock(block: block, successor: next)
    }

    /// The state after a block and its votes, both checked.
    ///
    /// - Throws: ``LedgerError``, as ``validate(_:)`` and ``Certificate/verify(for:_:)``.
    public func advanced(by block: CertifiedBlock) throws(LedgerError) -> ChainState {
        try block.block.requireEntries()
        var next = self
        try next.apply(block)
        return next
    }

    /// The state after a block that this state has validated, and its votes.
    func advanced(
        by validated: ValidatedBlock, _ certificate: Certificate
    ) throws(LedgerError) -> ChainState {
        let header = validated.block.header
        guard header.chainID == chainID, header.previousHash == headHash else {
            throw LedgerError(
                .wrongParent, "previous hash \(header.previousHash), not \(headHash)",
                height: header.height)
        }
        try certificate.verify(for: header, registry)
        var next = validated.successor
        next.count(certificate)
        return next
    }

    private mutating func count(_ certificate: Certificate) {
        headCertificate = certificate.digest(chainID: chainID)
        voteCount += UInt64(certificate.votes.count)
    }

    /// The state behind a block whose transactions this one has taken.
    func finished(
        with header: BlockHeader, transactionCount: Int
    ) throws(LedgerError) -> ChainState {
        var next = self
        try next.reward(header.proposer, transactionCount: transactionCount)
        next.advanceHead(to: header)
        return next
    }

    /// Notes which entries are kept: those of the newer blocks, never older ones alone.
    private mutating func followEntries(of block: Block) throws(LedgerError) {
        if block.transactions.contains(where: \.transaction.isPruned) {
            if let keptFrom {
                throw LedgerError(
                    .corruptStore, "entries are missing, those of block \(keptFrom) are there",
                    height: block.header.height)
            }
            prunedBelow = block.header.height + 1
        }
        let isKept = block.transactions.contains { $0.transaction.entries != nil }
        guard isKept, keptFrom == nil else { return }
        guard prunedBelow <= block.header.height else {
            throw LedgerError(
                .corruptStore, "only some of its entries are missing", height: block.header.height)
        }
        keptFrom = block.header.height
    }

    /// Forgets that the entries below a height are kept.
    mutating func prune(below height: UInt64) {
        prunedBelow = height
        keptFrom = nil
    }

    /// Advances in place; after an error the state is not usable.
    ///
    /// Entries of batches may be missing: this also replays pruned chains.
    mutating func apply(_ block: CertifiedBlock) throws(LedgerError) {
        let voters = registry
        try apply(block.block)
        try block.certificate.verify(for: block.block.header, voters)
        try followEntries(of: block.block)
        count(block.certificate)
    }

    /// Advances in place by place, hashes and counts alone, without signatures and contents.
    mutating func follow(_ block: CertifiedBlock) throws(LedgerError) {
        try checkPlace(of: block.block.header)
        try block.block.verifyContents()
        try block.certificate.verifyForm(for: block.block.header, registry)
        for transaction in block.block.transactions {
            try membership.apply(transaction, in: block.block.header.height)
        }
        advanceHead(to: block.block.header)
        headCertificate = block.certificate.digest(chainID: chainID)
    }

    private mutating func advanceHead(to header: BlockHeader) {
        height = header.height
        view = header.view
        timestamp = header.timestamp
        cycle = header.cycle
        headHash = header.hash
        parameters = nextParameters
        membership.advance(past: height)
    }

    private mutating func apply(_ block: Block) throws(LedgerError) {
        let header = block.header
        try checkPlace(of: header)
        try block.verifyContents()
        try header.verify(registry)
        try checkSize(of: block)
        begin(cycle: header.cycle)
        for (index, transaction) in block.transactions.enumerated() {
            do throws(LedgerError) {
                try apply(transaction, at: Place(height: header.height, position: index))
            } catch {
                throw LedgerError(
                    error.code, "transaction \(index): \(error.message)", height: header.height)
            }
        }
        try reward(header.proposer, transactionCount: block.transactions.count)
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

    /// Refuses a block beyond the chain's present limits.
    private func checkSize(of block: Block) throws(LedgerError) {
        let height = block.header.height
        guard block.transactions.count <= parameters.maximumTransactionCount else {
            throw LedgerError(
                .blockTooLarge,
                "\(block.transactions.count) transactions, at most "
                    + "\(parameters.maximumTransactionCount) allowed", height: height)
        }
        let size = block.transactions.reduce(0) { $0 + $1.byteCount }
        guard size <= parameters.maximumBlockBytes else {
            throw LedgerError(
                .blockTooLarge,
                "\(size) bytes of transactions, at most \(parameters.maximumBlockBytes) allowed",
                height: height)
        }
    }

    /// Starts the block after the head in its cycle.
    mutating func enter(cycle next: UInt64) throws(LedgerError) {
        guard next >= cycle else {
            throw LedgerError(.wrongCycle, "cycle \(next) is before \(cycle)", height: height + 1)
        }
        begin(cycle: next)
    }

    /// Starts the block after the head.
    private mutating func begin(cycle next: UInt64) {
        cycle = next
        models.activate(at: height + 1)
    }

    /// Pays the proposer of a block with transactions.
    private mutating func reward(
        _ proposer: Address, transactionCount: Int
    ) throws(LedgerError) {
        guard transactionCount > 0 else { return }
        try settlement.post(
            SettlementEntry(
                reason: .proposerReward, payer: .incentive, payee: .member(origin(of: proposer)),
                amount: parameters.proposerReward, currency: parameters.rewardCurrency,
                height: height + 1, position: nil))
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
        guard place.height <= transaction.expiryHeight else {
            throw LedgerError(
                .expiredTransaction,
                "\(transaction.id) may stand in block \(transaction.expiryHeight) at the latest")
        }
        try transaction.verify(registry)
        try applyEffect(
            of: transaction,
            in: TransactionContext(
                id: transaction.id, sender: sender, place: place, cycle: cycle,
                timestamp: timestamp, membership: membership))
        lastNonces[sender] = transaction.nonce
        transactionCount += 1
    }

    /// Enters a proposed score.
    mutating func propose(
        _ proposal: ScoreProposal, in context: TransactionContext
    ) throws(LedgerError) {
        try checkCycle(proposal.cycle)
        tallies[context.id] = ScoreTally(
            id: context.id, proposal: proposal, bureau: context.sender, place: context.place,
            electorate: membership.electorate)
        proposals.append(context.id)
        proposalsByBorrower[proposal.borrower, default: []].append(context.id)
    }

    /// Makes a change of the members or the parameters that holds from the next block on.
    mutating func change(
        _ transaction: SignedTransaction, in context: TransactionContext
    ) throws(LedgerError) {
        if case .configurationChange(let change) = transaction.transaction {
            guard change.number == configurationNumber + 1 else {
                throw LedgerError(
                    .replayedTransaction,
                    "configuration change \(change.number), the next one is "
                        + "\(configurationNumber + 1)")
            }
            try change.verify(registry)
            if case .parameters(let parameters) = change.action { nextParameters = parameters }
        }
        try membership.apply(transaction, in: context.place.height)
        if case .configurationChange(let change) = transaction.transaction {
            configurationNumber = change.number
        }
        if membership.history.lastChange == context.place.height + 1,
            transaction.transaction.changesMembers
        {
            membershipChanges.append(context.place)
        }
    }

    func checkCycle(_ other: UInt64) throws(LedgerError) {
        guard other == cycle else {
            throw LedgerError(.wrongCycle, "made for cycle \(other), the block is in \(cycle)")
        }
    }
}
