// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A member's node: its core, its chain file and its pool together, without network and clock.
///
/// The driver hands it messages and timers and does what comes back. What the node signs is in the
/// chain file before a message with it comes back, blocks that become final are appended, and a node
/// that is behind is sent the stored blocks.
///
/// ```swift
/// var node = try ChainNode(chain, identity: bank)
/// for effect in try node.step(.message(message, from: peer), now: clock()) {
///     switch effect {
///     case .broadcast(let message): network.sendToAll(message)
///     case .send(let message, let peer): network.send(message, to: peer)
///     case .setTimer(let time): timer.set(time)
///     case .evidence(let evidence): submit(evidence)
///     default: alarm(effect)
///     }
/// }
/// ```
public struct ChainNode: Sendable {
    /// The chain.
    public let chain: Chain
    /// The transactions that wait for a turn of this node, if it is a bureau.
    public private(set) var pool: TransactionPool
    /// The node's part in the consensus.
    public private(set) var core: ConsensusCore
    private let keys: NodeKeys

    /// At most this many stored blocks are sent to a node that is behind at once.
    static let maximumServed = 256

    /// A node that goes on from its chain file and from what it signed before it stopped.
    ///
    /// - Parameters:
    ///   - chain: the chain.
    ///   - identity: the member's key. Two nodes with one key, or a node whose file was put back
    ///     from a copy, contradict themselves: give such a node a new key.
    ///   - timing: the time-outs; the drift is the chain's ``ChainParameters/maximumDrift``, as it
    ///     is when the node starts.
    ///   - batches: what a block of the node holds at most.
    ///   - limits: what the pool holds at most.
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    public init(
        _ chain: Chain, identity: SigningIdentity,
        timing: ConsensusTiming = ConsensusTiming(), batches: BatchLimits, limits: PoolLimits
    ) throws(LedgerError) {
        let state = chain.state
        var timing = timing
        timing.drift = state.parameters.maximumDrift
        self.chain = chain
        keys = NodeKeys(identity, state.memberships)
        pool = TransactionPool(after: state, batches: batches, limits: limits)
        let settings = ConsensusSettings(
            chainID: state.chainID, address: identity.address(chainID: state.chainID), keys: keys,
            timing: timing, firstEpoch: ChainState.firstConfiguration(of: state.genesis),
            application: ChainState(genesis: state.genesis),
            creationTime: state.genesis.creationTime, maximumPayloadSize: 1 << 31)
        core = ConsensusCore(
            settings,
            from: ConsensusHead(
                hash: state.headHash, height: state.height, view: state.view,
                time: state.timestamp, state: state, notarization: state.headNotarization),
            in: state.configuration, recovering: try chain.consensusEntries())
    }

    /// Puts a transaction into the pool.
    ///
    /// - Throws: ``LedgerError``, as ``TransactionPool/submit(_:stamp:now:)``.
    public mutating func submit(
        _ transaction: SignedTransaction, stamp: AdmissionStamp? = nil, now: UInt64
    ) throws(LedgerError) {
        try pool.submit(transaction, stamp: stamp, now: now)
    }

    /// Takes an event at a time in milliseconds and says what the driver must do, in that order:
    /// ``ConsensusEffect/broadcast(_:)``, ``ConsensusEffect/send(_:to:)``,
    /// ``ConsensusEffect/setTimer(_:)``, ``ConsensusEffect/evidence(_:)`` and
    /// ``ConsensusEffect/conflict(_:)``.
    ///
    /// - Throws: ``LedgerError`` with `storage` where the file cannot be written, or `staleChain`.
    ///   Nothing that was signed has left the node; start it again from its file.
    public mutating func step(
        _ event: ConsensusEvent, now: UInt64
    ) throws(LedgerError) -> [ConsensusEffect] {
        var result: [ConsensusEffect] = []
        for effect in core.step(event, now: now) {
            switch effect {
            case .persist(let entries):
                let kept = entries.filter { if case .segment = $0 { false } else { true } }
                if !kept.isEmpty { try chain.note(kept) }
            case .finalized(let segment):
                // The core is ahead of this effect: what it knows now is at least what must be kept.
                try chain.append(segment, appliedWith: keys, keeping: core.durableEntries)
                let state = chain.state
                keys.update(state.memberships)
                pool.follow(state)
            case .serve(let peer, let height):
                let segments = try chain.segments(above: height, limit: Self.maximumServed)
                if !segments.isEmpty { result.append(.send(.segments(segments), to: peer)) }
            case .makePayload(let request):
                let batch = pool.batch(after: request.state as? ChainState)
                result += try step(
                    .payload(batch.builder.payload, view: request.view), now: now)
            case .broadcast, .send, .setTimer, .evidence, .conflict: result.append(effect)
            }
        }
        return result
    }
}

/// The node's key, and the keys of all members that its chain knows.
///
/// What the core has found valid the chain need not check again.
private final class NodeKeys: ConsensusKeys {
    private let identity: SigningIdentity
    private let chainID: LedgerDigest
    private let known: Mutex<MembershipHistory>
    private let valid = SeenSignatures(limit: 1 << 14)

    init(_ identity: SigningIdentity, _ memberships: MembershipHistory) {
        self.identity = identity
        chainID = memberships.chainID
        known = Mutex(memberships)
    }

    func update(_ memberships: MembershipHistory) { known.withLock { $0 = memberships } }

    func sign(_ statement: ConsensusStatement) -> [UInt8] {
        identity.sign(statement, chainID: chainID)
    }

    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        if valid.contains(signature, of: statement, by: member) { return true }
        let keys = MemberKeys(known.withLock { $0 })
        guard keys.isValid(signature, of: statement, by: member) else { return false }
        valid.note(signature, of: statement, by: member)
        return true
    }
}

extension ConsensusCore {
    /// All that a node must find on its disk to go on behind its last final block.
    var durableEntries: [DurableEntry] {
        var entries: [DurableEntry] = [.safety(safety)]
        for (_, state) in views.sorted(by: { $0.key < $1.key }) {
            entries += state.blocks.map { .block($0.block) }
            entries += state.notarizations.map { .certificate($0) }
            if let nullification = state.nullification {
                entries.append(.certificate(nullification))
            }
        }
        return entries
    }
}
