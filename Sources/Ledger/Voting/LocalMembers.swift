// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The members of a chain whose keys one process holds, who agree on blocks among themselves.
///
/// Each runs a ``ConsensusCore`` of its own, and messages go from one to the other without a
/// network; the protocol, the votes and the blocks are those of separate nodes. Nothing that was
/// signed leaves the process before its block is on the disk, so a failure in between is as if it
/// had never been signed.
///
/// ```swift
/// let members = LocalMembers([bureau, bank])
/// try chain.append(transactions, agreedBy: members, now: now)
/// ```
public struct LocalMembers: Sendable {
    private let identities: [SigningIdentity]

    /// Members by their keys; those that are not registered are not asked.
    public init(_ identities: [SigningIdentity]) { self.identities = identities }

    /// Has the bureau whose turn it is propose the builder's transactions and the banks vote on them.
    ///
    /// The view of a bureau that is not here passes without a block.
    ///
    /// - Throws: ``LedgerError``: `quorumNotReached`, `unregisteredKey` where no bureau of the cycle
    ///   is here.
    package func certify(
        _ builder: BlockBuilder, now: UInt64, absent: Set<Address> = []
    ) throws(LedgerError) -> CertifiedBlock {
        try decide(builder, now: now, absent: absent).block
    }

    /// The block and the state that it leads to.
    func decide(
        _ builder: BlockBuilder, now: UInt64, absent: Set<Address>
    ) throws(LedgerError) -> (block: CertifiedBlock, state: ChainState) {
        let state = builder.parent
        let configuration = state.configuration
        let present = identities.map { ($0.address(chainID: state.chainID), $0) }
            .filter { !absent.contains($0.0) }
        try requireQuorum(Set(present.map { $0.0 }), configuration, state.height + 1)
        let memory = LocalMemory(builder)
        var cores: [(address: Address, core: ConsensusCore)] = []
        for (address, identity) in present
        where configuration.voters.index(of: address) != nil
            || configuration.bureaus.contains(address)
        {
            let settings = ConsensusSettings(
                chainID: state.chainID, address: address,
                keys: LocalKeys(identity, address: address, memory, chainID: state.chainID),
                timing: ConsensusTiming(
                    initialTimeOut: 1, maximumTimeOut: 1024,
                    drift: state.parameters.maximumDrift),
                firstEpoch: configuration, application: LocalApplication(state, memory),
                creationTime: state.timestamp, maximumPayloadSize: .max)
            let head = ConsensusHead(
                hash: state.headHash, height: state.height, view: state.view,
                time: state.timestamp, state: LocalApplication(state, memory),
                notarization: state.headNotarization)
            cores.append((address, ConsensusCore(settings, from: head, in: configuration)))
        }
        // The members have one clock, which does not stand before the chain's last block.
        var room = LocalRoom(
            cores, payload: memory.payload, now: max(now, state.timestamp.addingSaturated(1)),
            lastView: state.view + UInt64(configuration.bureaus.count))
        guard let segment = room.run() else {
            throw LedgerError(
                .quorumNotReached, "the present members did not agree", height: state.height + 1)
        }
        return try result(segment, builder.transactions, memory)
    }

    private func result(
        _ segment: FinalizedSegment, _ transactions: [SignedTransaction], _ memory: LocalMemory
    ) throws(LedgerError) -> (block: CertifiedBlock, state: ChainState) {
        let first = segment.blocks[0]
        guard var state = memory.state else {
            throw LedgerError(
                .wrongBlock, "the block is not the one that was proposed",
                height: first.header.height)
        }
        let block = CertifiedBlock(
            block: Block(
                header: try BlockHeader(first.header, state.commitment),
                transactions: transactions, signature: first.signature),
            certificate: segment.certificate(at: 0))
        state.settle(block.block.header, block.certificate)
        return (block, state)
    }

    private func requireQuorum(
        _ present: Set<Address>, _ configuration: EpochConfiguration, _ height: UInt64
    ) throws(LedgerError) {
        let voters = configuration.voters
        let weight = voters.voters.filter { present.contains($0.address) }
            .reduce(0) { $0 + $1.weight }
        guard weight >= voters.quorum else {
            throw LedgerError(
                .quorumNotReached,
                "\(weight) of \(voters.totalWeight) registered banks are here, "
                    + "\(voters.quorum) are needed", height: height)
        }
        guard configuration.bureaus.contains(where: { present.contains($0) }) else {
            throw LedgerError(
                .unregisteredKey,
                "none of the \(configuration.bureaus.count) bureaus of cycle "
                    + "\(configuration.epoch) is here", height: height)
        }
    }
}

/// Cores that hear each other at once, in the order of their words.
private struct LocalRoom {
    private var cores: [(address: Address, core: ConsensusCore)]
    private var queue: [(message: ConsensusMessage, from: Int, to: Int?)] = []
    private var next = 0
    private var result: FinalizedSegment?
    private let payload: [UInt8]
    private var now: UInt64
    private let lastView: UInt64

    init(
        _ cores: [(address: Address, core: ConsensusCore)], payload: [UInt8], now: UInt64,
        lastView: UInt64
    ) {
        self.cores = cores
        self.payload = payload
        self.now = now
        self.lastView = lastView
    }

    /// Runs until a block is final, or each bureau of the cycle has had its turn.
    mutating func run() -> FinalizedSegment? {
        for index in cores.indices { step(index, .start) }
        deliver()
        while result == nil, cores.contains(where: { $0.core.view < lastView }) {
            now = cores.map { $0.core.timerDeadline }.max() ?? now
            for index in cores.indices where result == nil { step(index, .timer) }
            deliver()
        }
        return result
    }

    private mutating func deliver() {
        while result == nil, next < queue.count {
            let (message, sender, receiver) = queue[next]
            next += 1
            let address = cores[sender].address
            for index in receiver.map({ $0..<$0 + 1 }) ?? cores.indices
            where index != sender && result == nil {
                step(index, .message(message, from: address))
            }
        }
    }

    private mutating func step(_ index: Int, _ event: ConsensusEvent) {
        for effect in cores[index].core.step(event, now: now) {
            switch effect {
            // Nobody misses a message here, so nobody must be told where others stand.
            case .broadcast(.status), .send(.status, _): break
            case .broadcast(let message): queue.append((message, index, nil))
            case .send(let message, let address):
                if let receiver = cores.firstIndex(where: { $0.address == address }) {
                    queue.append((message, index, receiver))
                }
            case .makePayload(let request) where request.view <= lastView:
                step(index, .payload(payload, view: request.view))
            case .finalized(let segment): result = result ?? segment
            case .makePayload, .persist, .serve, .setTimer, .evidence, .conflict: break
            }
        }
    }
}

/// What members of one process need not compute twice.
private final class LocalMemory: Sendable {
    let payload: [UInt8]
    private let builder: BlockBuilder
    private let applied = Mutex<(block: BlockContext, state: ChainState)?>(nil)
    let signatures = SeenSignatures()

    init(_ builder: BlockBuilder) {
        self.builder = builder
        payload = builder.payload
    }

    /// The state behind the block that was applied last.
    var state: ChainState? { applied.withLock { $0?.state } }

    /// The builder has checked the transactions; time and proposer are the block's.
    func apply(
        _ payload: [UInt8], to state: ChainState, in block: BlockContext
    ) throws(LedgerError) -> ChainState {
        guard payload == self.payload, block.parent == builder.parent.headHash else {
            var next = state
            try next.apply(
                Block.transactions(in: payload, chainID: state.chainID), in: block)
            return next
        }
        return try applied.withLock { (applied) throws(LedgerError) in
            if let applied, applied.block == block { return applied.state }
            var next = builder.state
            try next.finish(builder.transactions, in: block)
            applied = (block, next)
            return next
        }
    }
}

/// The key of one of them, and knowledge of what all of them signed.
private struct LocalKeys: ConsensusKeys {
    private let identity: SigningIdentity
    private let address: Address
    private let memory: LocalMemory
    private let chainID: LedgerDigest

    init(
        _ identity: SigningIdentity, address: Address, _ memory: LocalMemory,
        chainID: LedgerDigest
    ) {
        self.identity = identity
        self.address = address
        self.memory = memory
        self.chainID = chainID
    }

    func sign(_ statement: ConsensusStatement) -> [UInt8] {
        let signature = identity.sign(statement, chainID: chainID)
        if !signature.isEmpty { memory.signatures.note(signature, of: statement, by: address) }
        return signature
    }

    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool { memory.signatures.contains(signature, of: statement, by: member) }
}

/// The chain's state, each block applied once for all of them.
private struct LocalApplication: ConsensusApplication {
    let state: ChainState
    let memory: LocalMemory

    init(_ state: ChainState, _ memory: LocalMemory) {
        self.state = state
        self.memory = memory
    }

    var digest: LedgerDigest { state.digest }

    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication {
        LocalApplication(try memory.apply(payload, to: state, in: block), memory)
    }

    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
        state.configuration(after: configuration)
    }
}
