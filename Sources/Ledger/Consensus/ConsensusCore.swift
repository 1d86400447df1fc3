// SPDX-License-Identifier: Apache-2.0

/// What a node is started with, the same on every node but for its own address and keys.
public struct ConsensusSettings: Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The node's own member: a bank of the voters, a bureau, both, or one that only follows.
    public let address: Address
    /// Its keys.
    public let keys: any ConsensusKeys
    /// Its time-outs.
    public let timing: ConsensusTiming
    /// The first epoch.
    public let firstEpoch: EpochConfiguration
    /// The state before the first block.
    public let application: any ConsensusApplication
    /// The time of the genesis.
    public let creationTime: UInt64
    /// The most bytes of a payload.
    public let maximumPayloadSize: Int
    let broken: BrokenRules

    /// Settings of one node.
    public init(
        chainID: LedgerDigest, address: Address, keys: any ConsensusKeys,
        timing: ConsensusTiming = ConsensusTiming(), firstEpoch: EpochConfiguration,
        application: any ConsensusApplication, creationTime: UInt64,
        maximumPayloadSize: Int = 1 << 20
    ) {
        self.init(
            chainID: chainID, address: address, keys: keys, timing: timing, firstEpoch: firstEpoch,
            application: application, creationTime: creationTime,
            maximumPayloadSize: maximumPayloadSize, breaking: [])
    }

    /// Settings of a node for a negative control.
    package init(
        chainID: LedgerDigest, address: Address, keys: any ConsensusKeys, timing: ConsensusTiming,
        firstEpoch: EpochConfiguration, application: any ConsensusApplication,
        creationTime: UInt64, maximumPayloadSize: Int = 1 << 20, breaking broken: BrokenRules
    ) {
        self.chainID = chainID
        self.address = address
        self.keys = keys
        self.timing = timing
        self.firstEpoch = firstEpoch
        self.application = application
        self.creationTime = creationTime
        self.maximumPayloadSize = maximumPayloadSize
        self.broken = broken
    }
}

/// One node's part in agreeing on blocks: a pure state machine.
///
/// ``step(_:now:)`` takes an event and the time, and says what to do. Inside there is no clock, no
/// file, no network, no task and no random number: the same events give the same effects, so the
/// core that a simulator runs through a million faults is the one that runs between processes.
///
/// Banks vote in views, each the turn of one bureau. A valid block is *notarized*; a view whose
/// bureau fails is *nullified*; a notarized block whose view a bank did not nullify is *finalized*.
/// Each needs a quorum. What follows from these rules, and what does not, is said in
/// <doc:ProofOfVoting>.
///
/// ```swift
/// var core = ConsensusCore(settings, recovering: entriesOnDisk)
/// for effect in core.step(.start, now: clock()) { perform(effect) }
/// ```
public struct ConsensusCore: Sendable {
    let settings: ConsensusSettings
    /// The epoch with its voters and bureaus.
    public internal(set) var configuration: EpochConfiguration
    /// The view, from 1 in each epoch.
    public internal(set) var view: UInt64 = 1
    /// What the node has signed.
    public internal(set) var safety = SafetyRecord()
    /// The end of the final chain.
    public internal(set) var head: ConsensusHead
    /// Whether the node stopped because its chain and a quorum contradict each other.
    public internal(set) var isHalted = false
    var voterIndex: Int?
    var now: UInt64 = 0
    var deadline: UInt64 = 0
    var skips: UInt64 = 0
    /// What is known of the views above the last final block.
    var views: [UInt64: ViewState] = [:]
    /// Blocks whose parents are missing.
    var orphans: [ConsensusBlock] = []
    /// Notarized blocks that are missing, by view.
    var wanted: [UInt64: LedgerDigest] = [:]
    /// Messages of the next epoch.
    var early: [(message: ConsensusMessage, sender: Address)] = []
    var payloadView: UInt64 = 0
    var effects: [ConsensusEffect] = []

    /// A view further ahead than this is caught up with by status messages, not vote by vote.
    static let horizon: UInt64 = 64

    /// A node that goes on from what it put on the disk, in the order in which it did.
    ///
    /// The entries are the node's own and are not verified again.
    public init(_ settings: ConsensusSettings, recovering entries: [DurableEntry] = []) {
        self.settings = settings
        configuration = settings.firstEpoch
        head = ConsensusHead(
            hash: settings.chainID, height: 0, view: 0, time: settings.creationTime,
            state: settings.application, notarization: nil)
        voterIndex = configuration.voters.index(of: settings.address)
        recover(entries)
    }

    /// A node that goes on from the end of a final chain that somebody else verified.
    init(
        _ settings: ConsensusSettings, from head: ConsensusHead,
        in configuration: EpochConfiguration, recovering entries: [DurableEntry] = []
    ) {
        self.settings = settings
        self.configuration = configuration
        self.head = head
        view = head.view + 1
        voterIndex = configuration.voters.index(of: settings.address)
        recover(entries)
    }

    /// The node's member.
    public var address: Address { settings.address }

    /// Takes an event at a time in milliseconds and says what to do, in that order.
    ///
    /// - Complexity: one signature check per new vote, and per vote of a new certificate that was
    ///   not seen before.
    public mutating func step(_ event: ConsensusEvent, now: UInt64) -> [ConsensusEffect] {
        guard !isHalted else { return [] }
        self.now = now
        switch event {
        case .start:
            startTimer()
            effects.append(.broadcast(.status(status(isReply: false))))
        case .message(let message, let sender): receive(message, from: sender)
        case .timer: if now >= deadline { timeOut() }
        case .payload(let payload, let view): propose(payload, in: view)
        }
        while !isHalted, considerProposal() {}
        if !isHalted { askForPayload() }
        defer { effects = [] }
        return effects
    }

    var voters: VoterSet { configuration.voters }

    var broken: BrokenRules { settings.broken }

    var quorum: Int {
        broken.contains(.halfIsEnough) ? (voters.totalWeight + 1) / 2 : voters.quorum
    }
}

/// The end of a node's final chain.
public struct ConsensusHead: Sendable {
    /// The last final block's hash; the chain id at first.
    public internal(set) var hash: LedgerDigest
    /// Its height; 0 at first.
    public internal(set) var height: UInt64
    /// Its view; 0 where it belongs to the epoch before.
    public internal(set) var view: UInt64
    /// Its time.
    public internal(set) var time: UInt64
    /// The state after it.
    public internal(set) var state: any ConsensusApplication
    var notarization: ViewCertificate?
}

/// What a node knows of one view.
struct ViewState: Sendable {
    /// The first block that its bureau proposed.
    var proposal: ConsensusBlock?
    /// Whether that block is invalid, or one of two.
    var isSpoilt = false
    var blocks: [KnownBlock] = []
    var notarizations: [ViewCertificate] = []
    var nullification: ViewCertificate?
    var finalization: ViewCertificate?
    private var notarizeVotes: [ViewVote] = []
    private var nullifyVotes: [ViewVote] = []
    private var finalizeVotes: [ViewVote] = []

    func votes(_ role: ConsensusStatement.Role) -> [ViewVote] {
        switch role {
        case .notarize: notarizeVotes
        case .nullify: nullifyVotes
        case .finalize: finalizeVotes
        case .propose: []
        }
    }

    mutating func append(_ vote: ViewVote) {
        switch vote.statement.role {
        case .notarize: notarizeVotes.append(vote)
        case .nullify: nullifyVotes.append(vote)
        case .finalize: finalizeVotes.append(vote)
        case .propose: break
        }
    }

    func block(_ hash: LedgerDigest) -> KnownBlock? { blocks.first { $0.block.hash == hash } }
}

/// A valid block whose ancestors are all known.
struct KnownBlock: Sendable {
    let block: ConsensusBlock
    let state: any ConsensusApplication
}
