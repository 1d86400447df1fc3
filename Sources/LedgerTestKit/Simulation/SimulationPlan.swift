// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// What a simulated network and its nodes suffer, and from which seed.
///
/// The same plan gives the same run, event by event.
public struct SimulationPlan: Sendable {
    /// The source of all chance.
    public var seed: UInt64
    /// How many banks vote at a time.
    public var banks = 4
    /// How many further banks stand by; one of them changes places with a voter in every epoch.
    public var spareBanks = 1
    /// How many bureaus are registered; half of them, rounded up, propose in an epoch.
    public var bureaus = 4
    /// The rule of the quorum.
    public var rule = QuorumRule.bft
    /// Blocks per epoch.
    public var epochLength: UInt64 = 10
    /// The height that every honest node must reach.
    public var heights: UInt64 = 50
    /// The nodes' time-outs.
    public var timing = ConsensusTiming(
        initialTimeOut: 200, growth: 2, maximumTimeOut: 6400, drift: 10_000)
    /// What the network does in the first phase.
    public var network = NetworkFaults()
    /// What the network does in the second phase.
    public var calmNetwork = NetworkFaults.calm
    /// Partitions in place of random ones, each for one ``NetworkFaults/weatherInterval``: the part
    /// of every node; first the banks, then the bureaus, then the twins.
    public var partitions: [[Int]] = []
    /// How likely a node stops during a step of the first phase, per 10,000.
    public var crashesPer10000 = 12
    /// How far a node's clock is off, in milliseconds either way.
    public var clockSkew: UInt64 = 500
    /// The first phase, in which everything may fail, ends at this height at the latest.
    public var faultyHeights: UInt64 = 35
    /// Or after this many milliseconds.
    public var faultyTime: UInt64 = 60_000
    /// How long the second phase may take; afterwards the run counts as stuck.
    public var calmTime: UInt64 = 100_000
    /// The banks that break the rules, by their place among all banks.
    public var byzantineBanks: [Int: ByzantineActor] = [:]
    /// The bureaus that break the rules, by their place.
    public var byzantineBureaus: [Int: ByzantineActor] = [:]
    /// Banks of which a second node runs with the same key, by their place: each keeps the rules,
    /// the two together do not.
    public var twinBanks: [Int] = []
    /// Makes a bureau's payload; without it, a number that no other block has.
    public var makePayload: (@Sendable (PayloadRequest) -> [UInt8])?
    /// The state before the first block; without it, one that counts payloads and changes voters
    /// and bureaus by epoch.
    public var application: (any ConsensusApplication)?
    /// The rules that negative controls leave out.
    package var broken: BrokenRules = []
    /// Whether what was written last before a crash is lost although the disk said it is safe: a
    /// negative control.
    package var hasLyingDisks = false

    /// A network of four banks and four bureaus with common faults.
    public init(seed: UInt64) { self.seed = seed }
}

/// What a network does to messages.
public struct NetworkFaults: Hashable, Sendable {
    /// How many of 100 messages are lost.
    public var lossPercent = 5
    /// How many of 100 messages come twice.
    public var duplicationPercent = 5
    /// The shortest time that a message takes, in milliseconds.
    public var minimumDelay: UInt64 = 1
    /// Messages take up to so much longer, at random, so they overtake each other.
    public var jitter: UInt64 = 20
    /// How often the weather changes, in milliseconds: a partition comes or goes.
    public var weatherInterval: UInt64 = 120
    /// How many of 100 changes bring a partition.
    public var partitionPercent = 30

    /// Loss and duplication of 5 in 100, delays of 1 to 21 ms, partitions.
    public init() {}

    /// A network that only takes 1 to 6 ms.
    public static let calm: NetworkFaults = {
        var network = NetworkFaults()
        network.lossPercent = 0
        network.duplicationPercent = 0
        network.jitter = 5
        network.partitionPercent = 0
        return network
    }()
}

/// A way to break the rules.
public enum ByzantineActor: String, Sendable, Hashable, CaseIterable {
    /// As a bureau: two blocks in one view, each for half of the nodes.
    case equivocatingProposer
    /// Notarizes and finalizes every block that it sees.
    case doubleVoter
    /// Finalizes blocks and lets their views pass, too.
    case nullifierAndFinalizer
    /// Says nothing.
    case silent
    /// Sends again what it heard long ago.
    case stale
    /// Signs in the name of others.
    case impersonator
    /// Sends certificates that no quorum signed, and forged chains to those who are behind.
    case certificateForger
    /// Tells its votes to one node only and passes nothing on.
    case certificateWithholder
    /// Votes in epochs and places that are not its own.
    case wrongSetVoter
}
