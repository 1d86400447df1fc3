// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Ledger
internal import Synchronization

/// A node of a cluster: the real core, its keys, its journal and its waiting transactions.
///
/// Only its queue touches it while the cluster runs.
final class ClusterNode: @unchecked Sendable {
    let settings: ConsensusSettings
    private let registry: MemberRegistry
    private let verified: VerifiedTransactions
    private let queue: DispatchQueue
    private let batch: Int
    private let journal: ClusterJournal
    private var core: ConsensusCore
    private var deadline: UInt64 = 0
    private var segments: [FinalizedSegment] = []
    private var waiting: ArraySlice<SignedTransaction> = []
    private var unread: ArraySlice<SignedTransaction> = []
    private var isStopped = false
    private(set) var failure: LedgerError?
    /// The final transactions in order.
    private(set) var order: [LedgerDigest] = []
    /// The blocks that hold them.
    private(set) var blocks = 0
    /// Where messages go, by address.
    var others: [Address: ClusterNode] = [:]
    /// Called once: when as many transactions are final as were submitted, or when the node fails.
    var whenDone: (@Sendable () -> Void)?
    private var submitted = 0

    init(
        _ settings: ConsensusSettings, _ registry: MemberRegistry, _ verified: VerifiedTransactions,
        _ plan: ClusterPlan, number: Int
    ) throws(LedgerError) {
        self.settings = settings
        self.registry = registry
        self.verified = verified
        batch = plan.batch
        journal = try ClusterJournal(creating: "\(plan.folder)/node-\(number)")
        queue = DispatchQueue(label: "cluster.\(number)")
        core = ConsensusCore(settings)
    }

    var flushes: Int { journal.flushes }

    /// Begins with transactions that clients have sent.
    func start(_ transactions: [SignedTransaction]) {
        queue.async { [self] in
            submitted = transactions.count
            unread = transactions[...]
            step(.start)
            queue.async { self.readSubmissions() }
        }
    }

    /// Ends the node's part and waits until it has.
    func stop() {
        queue.sync {
            isStopped = true
            others = [:]
        }
    }

    /// Checks some of what clients sent; messages of other nodes come in between.
    private func readSubmissions() {
        guard !isStopped else { return }
        for transaction in unread.prefix(16) {
            do throws(LedgerError) {
                try verified.check(transaction, registry)
                waiting.append(transaction)
            } catch {
                fail(error)
            }
        }
        unread = unread.dropFirst(16)
        if !unread.isEmpty { queue.async { self.readSubmissions() } }
    }

    private func fail(_ error: LedgerError) {
        failure = failure ?? error
        isStopped = true
        finish()
    }

    private func finish() {
        whenDone?()
        whenDone = nil
    }

    private func receive(_ message: ConsensusMessage, from sender: Address) {
        queue.async { self.step(.message(message, from: sender)) }
    }

    private func step(_ event: ConsensusEvent) {
        guard !isStopped else { return }
        for effect in core.step(event, now: Self.now()) {
            do throws(LedgerError) { try perform(effect) } catch { fail(error) }
        }
    }

    private func perform(_ effect: ConsensusEffect) throws(LedgerError) {
        switch effect {
        case .persist(let entries): try journal.append(entries)
        case .broadcast(let message):
            for (address, other) in others where address != settings.address {
                other.receive(message, from: settings.address)
            }
        case .send(let message, let address):
            others[address]?.receive(message, from: settings.address)
        case .serve(let address, let height):
            let newer = segments.filter { $0.last.header.height > height }
            others[address]?.receive(.segments(newer), from: settings.address)
        case .setTimer(let time):
            deadline = time
            let delay = Int(time - min(time, Self.now()))
            queue.asyncAfter(deadline: .now() + .milliseconds(delay)) { [self] in
                if deadline == time { step(.timer) }
            }
        case .makePayload(let request): makePayload(request)
        case .finalized(let segment): try take(segment)
        case .evidence(let evidence):
            throw LedgerError(.equivocation, "an honest member is accused: \(evidence)")
        case .conflict(let certificate):
            throw LedgerError(.wrongBlock, "the chains contradict each other: \(certificate)")
        }
    }

    /// Offers the oldest transactions that the chain up to the parent does not hold.
    private func makePayload(_ request: PayloadRequest) {
        guard let state = request.state as? ClusterApplication else { return }
        var chosen: [SignedTransaction] = []
        for transaction in waiting {
            guard chosen.count < batch else { break }
            if transaction.nonce >= state.nextNonce(of: transaction.sender) {
                chosen.append(transaction)
            }
        }
        let payload = ClusterApplication.payload(chosen)
        queue.async { self.step(.payload(payload, view: request.view)) }
    }

    private func take(_ segment: FinalizedSegment) throws(LedgerError) {
        segments.append(segment)
        for block in segment.blocks {
            let transactions = try ClusterApplication.transactions(
                in: block.payload, registry.chainID)
            guard !transactions.isEmpty else { continue }
            blocks += 1
            order += transactions.map { $0.id }
        }
        guard let state = core.head.state as? ClusterApplication else { return }
        waiting = waiting.drop { $0.nonce < state.nextNonce(of: $0.sender) }
        if order.count >= submitted { finish() }
    }

    /// Whether a node that starts from the journal stands where this one does.
    func comesBack() throws(LedgerError) -> Bool {
        let again = ConsensusCore(settings, recovering: try journal.read())
        return again.head.hash == core.head.hash
            && again.head.state.digest == core.head.state.digest
    }

    private static func now() -> UInt64 {
        let since = ContinuousClock.now - origin
        return start + UInt64(since.components.seconds) * 1000
            + UInt64(since.components.attoseconds / 1_000_000_000_000_000)
    }

    private static let origin = ContinuousClock.now
    /// The nodes' clocks begin here; the genesis is older.
    static let start: UInt64 = 1_700_000_000_000
}
