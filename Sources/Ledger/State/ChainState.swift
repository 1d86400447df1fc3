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
    public internal(set) var height: UInt64 = 0
    /// The head's view; 0 where a cycle begins behind it.
    public internal(set) var view: UInt64 = 0
    /// The head's time stamp; the genesis's creation time at first.
    public internal(set) var timestamp: UInt64
    /// The head's hash; the chain id at first.
    public internal(set) var headHash: LedgerDigest
    /// Who voted and proposed in each cycle, the one of the next block last.
    var configurations: [EpochConfiguration]
    /// What the head's header commits to.
    public internal(set) var commitment: StateCommitment
    /// The members, accepted scores and consents in force, provable against ``StateCommitment``.
    public internal(set) var stateTree = StateTree()
    /// The members that were convicted of ``Misconduct``, by their first addresses.
    public internal(set) var convicted: Set<Address> = []
    var seed: ElectionSeed
    /// The hashes of all blocks before the head.
    var history = CompactRange()
    /// The head's notarization; `nil` where a cycle begins behind it.
    var headNotarization: ViewCertificate?
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
        configurations = [Self.firstConfiguration(of: genesis)]
        seed = ElectionSeed(genesis)
        commitment = StateCommitment(
            transactionRoot: .zero, transactionCount: 0, stateRoot: .zero, evidenceRoot: .zero,
            historyRoot: .zero)
        replaceMembers([], by: memberships.members(at: 0))
    }

    /// Who votes and proposes in the cycle of the next block.
    public var configuration: EpochConfiguration { configurations[configurations.count - 1] }

    /// The cycle of the next block; see ``Genesis/cycleLength``.
    public var cycle: UInt64 { configuration.epoch }

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
    ///   `wrongCycle`, `wrongBlock`, `wrongRoot`, `blockTooLarge`, `unregisteredKey`,
    ///   `badSignature`, or what is wrong with a transaction.
    /// - Complexity: one signature check per transaction.
    public func validate(_ block: Block) throws(LedgerError) {
        try block.requireEntries()
        var next = self
        try next.apply(block)
    }

    /// The state after a block and its votes, both checked.
    ///
    /// - Throws: ``LedgerError``, as ``validate(_:)`` and
    ///   ``Certificate/verify(for:voters:keys:)``.
    public func advanced(by block: CertifiedBlock) throws(LedgerError) -> ChainState {
        try block.block.requireEntries()
        var next = self
        try next.apply(block)
        return next
    }

    /// Goes to a block that led here.
    mutating func settle(_ header: BlockHeader, _ certificate: Certificate) {
        headHash = header.hash
        voteCount += UInt64(certificate.voteCount)
        // Behind the last block of a cycle the views begin anew.
        guard cycle == header.cycle else { return }
        view = header.view
        headNotarization = certificate.notarization(of: header.consensus)
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
        let voters = configuration.voters
        let keys = MemberKeys(memberships)
        try apply(block.block)
        try block.certificate.verify(
            for: block.block.header.consensus, voters: voters, keys: keys)
        try followEntries(of: block.block)
        settle(block.block.header, block.certificate)
    }

    private mutating func apply(_ block: Block) throws(LedgerError) {
        let header = block.header
        try checkPlace(of: header)
        try block.verifyContents()
        if !block.transactions.contains(where: \.transaction.isPruned) {
            _ = try block.consensusBlock()
        }
        try verifySignature(of: block, MemberKeys(memberships))
        do throws(LedgerError) {
            try apply(block.transactions, in: BlockContext(header.consensus))
        } catch {
            throw error.at(header.height)
        }
        try checkSuccessor(of: header)
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
        guard header.cycle == cycle else {
            throw refuse(.wrongCycle, "made for cycle \(header.cycle), the chain is in \(cycle)")
        }
        guard header.consensus.configuration == configuration.digest else {
            throw refuse(
                .wrongBlock,
                "configuration \(header.consensus.configuration), not \(configuration.digest)")
        }
        guard header.consensus.parentView == view, header.view > view else {
            throw refuse(
                .wrongParent,
                "view \(header.view) behind \(header.consensus.parentView), the head's is \(view)")
        }
        guard header.timestamp > timestamp else {
            throw refuse(
                .wrongTime, "time stamp \(header.timestamp) ms is not after \(timestamp) ms")
        }
        guard configuration.leader(of: header.view) == header.proposer else {
            throw refuse(
                .wrongRole,
                "\(header.proposer) proposes in view \(header.view), the turn of "
                    + "\(configuration.leader(of: header.view))")
        }
    }

    /// Lets new limits and rates hold.
    mutating func advanceParameters() { parameters = nextParameters }

    /// Checks one transaction and counts it; after an error nothing has changed.
    ///
    /// - Parameter checked: what was found about its sender and signature, if they were checked.
    mutating func apply(
        _ transaction: SignedTransaction, at place: Place, checked: LedgerError?? = nil
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
        if let checked {
            if let fault = checked { throw fault }
        } else {
            try transaction.verify(registry)
        }
        try applyEffect(
            of: transaction,
            in: TransactionContext(
                id: transaction.id, sender: sender, place: place, cycle: cycle,
                timestamp: timestamp,
                isFirstHalfOfCycle: 2 * (configuration.lastHeight - height) > genesis.cycleLength,
                membership: membership))
        lastNonces[sender] = transaction.nonce
        transactionCount += 1
    }

    /// Enters a proposed score.
    mutating func propose(
        _ proposal: ScoreProposal, in context: TransactionContext
    ) throws(LedgerError) {
        try checkCycle(proposal.cycle)
        guard
            registry.member(at: context.sender)?.role == .bureau
                || configuration.bureaus.contains(context.sender)
        else {
            throw LedgerError(
                .wrongRole,
                "\(context.sender) is a prospectiveBureau that does not serve in cycle \(cycle)")
        }
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
