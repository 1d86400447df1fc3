// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// Every run of the real core with few banks and few views: whether any of them forks.
///
/// All bureaus are Byzantine and propose two blocks behind every parent that they can justify,
/// one in the last view. `f` banks are Byzantine and sign everything. Messages are delivered in
/// any order or never; a bank's time may run out at any moment. Votes are gathered by the
/// search itself, which hands a bank the certificate that they make, so a step of the search is
/// a step of ``ConsensusCore``.
///
/// Honest banks differ in their place only, and the rules do not look at places. So one local state
/// is explored once, whoever is in it, and a state of the system is the sorted list of the banks'
/// local states.
public struct ExhaustiveSearch {
    /// What was found.
    public struct Outcome: Sendable {
        /// The number of states of the system.
        public var states = 0
        /// The number of states of one bank.
        public var localStates = 0
        /// Whether there is no further state.
        public var isComplete = false
        /// Blocks that are both final and contradict each other, if a run makes two.
        public var fork: (ConsensusBlock, ConsensusBlock)?
        /// What the honest banks said in that run, by bank.
        public var statements: [[ConsensusStatement]] = []
    }

    let settings: ConsensusSettings
    let configuration: EpochConfiguration
    let voters: VoterSet
    let byzantine: Int
    let lastView: UInt64
    let broken: BrokenRules
    /// All blocks that a bureau could ever propose; the index is the block's label.
    var blocks: [ScopeBlock] = []
    var labels: [LedgerDigest: Int] = [:]
    var locals: [LocalState] = []
    var ids: [LocalKey: Int] = [:]
    var transitions: [[Int?]] = []

    /// A search with `count` banks of weight 1, of which `byzantine` break the rules.
    ///
    /// - Precondition: At most six honest banks, and two views or three.
    /// - Throws: ``LedgerError`` with `invalidQuorum` for an impossible rule.
    public init(
        banks count: Int, rule: QuorumRule, byzantine: Int, views: UInt64
    ) throws(LedgerError) {
        try self.init(banks: count, rule: rule, byzantine: byzantine, views: views, breaking: [])
    }

    package init(
        banks count: Int, rule: QuorumRule, byzantine: Int, views: UInt64,
        breaking broken: BrokenRules
    ) throws(LedgerError) {
        let bureau = Address.simulated(2, 0)
        let chainID = try LedgerDigest([UInt8](repeating: 7, count: 32))
        voters = try VoterSet(
            (0..<count).map { VoterSet.Voter(.simulated(1, $0)) }, rule: rule)
        configuration = try EpochConfiguration(
            epoch: 0, voters: voters, bureaus: [bureau], lastHeight: 1000, chainID: chainID)
        let application = ConstantApplication(next: configuration)
        settings = ConsensusSettings(
            chainID: chainID, address: voters.voters[0].address,
            keys: SimulatedKeys(voters.voters[0].address), timing: ConsensusTiming(drift: 1 << 40),
            firstEpoch: configuration, application: application, creationTime: 0, breaking: broken)
        self.byzantine = byzantine
        self.broken = broken
        lastView = views
        makeBlocks()
    }

    /// Explores states, nearest first, until all are seen, a fork is found, or there are `limit`.
    ///
    /// - Returns: What was found; ``Outcome/isComplete`` says whether every run was seen.
    /// - Complexity: 50 bytes per state.
    public mutating func run(limit: Int = .max) -> Outcome {
        var outcome = Outcome()
        let start = SystemState([Int](repeating: initialLocal(), count: voters.count - byzantine))
        var seen: Set<SystemState> = [start]
        var queue = [start]
        var next = 0
        while next < queue.count, seen.count < limit {
            let state = queue[next]
            next += 1
            let members = state.members(voters.count - byzantine)
            let said = Said(members.map { locals[$0].said }, byzantine: byzantine)
            if let fork = fork(said) {
                outcome.fork = fork
                outcome.statements = members.map { statements(of: locals[$0]) }
                break
            }
            var last = -1
            for (place, member) in members.enumerated() where member != last {
                last = member
                for event in 0..<eventCount where isPossible(event, said) {
                    let successor = self.successor(of: member, by: event)
                    guard successor != member else { continue }
                    var changed = members
                    changed[place] = successor
                    let system = SystemState(changed)
                    if seen.insert(system).inserted { queue.append(system) }
                }
            }
        }
        outcome.states = seen.count
        outcome.isComplete = next == queue.count && outcome.fork == nil
        outcome.localStates = locals.count
        return outcome
    }
}

/// The banks' local states in order, twenty bits each.
struct SystemState: Hashable {
    private let bits: UInt128

    init(_ members: [Int]) {
        precondition(
            members.count <= 6 && members.allSatisfy { $0 < 1 << 20 }, "the scope is too large")
        bits = members.sorted().reduce(0) { $0 << 20 | UInt128($1) }
    }

    func members(_ count: Int) -> [Int] {
        (0..<count).map {
            Int(truncatingIfNeeded: bits >> UInt128(20 * (count - 1 - $0))) & 0xFFFFF
        }
    }
}

/// A state without content.
struct ConstantApplication: ConsensusApplication {
    let next: EpochConfiguration

    var digest: LedgerDigest { .zero }

    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication { self }

    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration { next }
}
