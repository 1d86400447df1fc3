// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// A whole network in one thread: real cores, and a simulated network, clock, disk and malice.
///
/// In the first phase messages are lost, doubled, delayed, reordered and cut off by partitions,
/// nodes stop at any effect of a step and start again from what was safe on their disks, and clocks
/// are off. In the second phase all of that ends, and every honest node must reach the wanted
/// height. An oracle that shares no code with the core watches both.
///
/// ```swift
/// let report = try Simulation(SimulationPlan(seed: 7)).run()
/// precondition(report.violations.isEmpty && !report.hasForked && !report.isStuck)
/// ```
public struct Simulation: Sendable {
    let plan: SimulationPlan
    let chainID: LedgerDigest
    var random: SimulatedRandom
    var wheel = TimeWheel<SimulatedEvent>(span: 1 << 16)
    var nodes: [SimulatedNode] = []
    var places: [Address: [Int]] = [:]
    var groups: [Int] = []
    var isOneWay = false
    var weathers = 0
    var isFaulty = true
    var oracle: Oracle
    var report = SimulationReport()
    var payloads: UInt64 = 0
    /// Which half of the nodes was shown each of two blocks of one view, as liars tell each other.
    var sides: [LedgerDigest: Int] = [:]

    /// Builds the network of a plan.
    ///
    /// - Throws: ``LedgerError`` for a plan without banks or bureaus or with an impossible quorum.
    public init(_ plan: SimulationPlan) throws(LedgerError) {
        let chainID = try LedgerDigest([UInt8](repeating: 0x51, count: 32))
        self.plan = plan
        self.chainID = chainID
        random = SimulatedRandom(seed: plan.seed)
        let banks = (0..<plan.banks + plan.spareBanks).map { Self.bank($0) }
        let bureaus = (0..<plan.bureaus).map { Self.bureau($0) }
        _ = try plan.rule.threshold(bankCount: plan.banks)
        guard plan.bureaus > 1, plan.epochLength > 0 else {
            throw LedgerError(
                .invalidValue, "\(plan.bureaus) bureaus, epochs of \(plan.epochLength) blocks")
        }
        let simulated = SimulatedApplication(plan, chainID: chainID, banks: banks, bureaus: bureaus)
        let first = SimulatedApplication.configuration(epoch: 0, previous: [], of: simulated)
        oracle = Oracle(first: first, chainID: chainID, keys: SimulatedKeys(bureaus[0]))
        for (kind, members) in [(0, banks), (1, bureaus)] {
            for (place, address) in members.enumerated() {
                let actor = kind == 0 ? plan.byzantineBanks[place] : plan.byzantineBureaus[place]
                let settings = ConsensusSettings(
                    chainID: chainID, address: address, keys: SimulatedKeys(address),
                    timing: plan.timing, firstEpoch: first,
                    application: plan.application ?? simulated, creationTime: Self.epoch - 1000,
                    breaking: actor == nil ? plan.broken : [])
                places[address] = [nodes.count]
                nodes.append(
                    SimulatedNode(
                        settings: settings, actor: actor,
                        clockOffset: random.below(2 * plan.clockSkew + 1)))
            }
        }
        for bank in plan.twinBanks where nodes.indices.contains(bank) {
            nodes[bank].isTwin = true
            places[banks[bank]]?.append(nodes.count)
            nodes.append(nodes[bank])
        }
        groups = [Int](repeating: 0, count: nodes.count)
        oracle.begin(with: plan.application ?? simulated)
    }

    /// The time at which simulated clocks begin, less the skew.
    static let epoch: UInt64 = 1_700_000_000_000

    /// The address of a bank by its place among all banks, as reports name it.
    public static func bank(_ place: Int) -> Address { .simulated(1, place) }

    /// The address of a bureau by its place.
    public static func bureau(_ place: Int) -> Address { .simulated(2, place) }

    /// Runs both phases.
    public consuming func run() -> SimulationReport {
        for node in nodes.indices { start(node) }
        wheel.insert(.weather, after: plan.partitions.isEmpty ? plan.network.weatherInterval : 0)
        var calmSince: UInt64 = 0
        while let event = wheel.next() {
            handle(event)
            report.events += 1
            if isFaulty {
                if wheel.time >= plan.faultyTime || oracle.height >= plan.faultyHeights {
                    calmDown()
                    calmSince = wheel.time
                }
            } else if lowestHeight >= plan.heights || oracle.hasForked {
                break
            } else if wheel.time > calmSince + plan.calmTime {
                report.isStuck = true
                break
            }
        }
        return conclude()
    }

    private var lowestHeight: UInt64 {
        nodes.lazy.filter { $0.isHonest }.map { $0.height }.min() ?? 0
    }

    private consuming func conclude() -> SimulationReport {
        report.time = wheel.time
        report.height = lowestHeight
        report.hasForked = oracle.hasForked
        report.violations = oracle.violations
        report.skippedViews = oracle.skippedViews
        let evidence = oracle.convictions()
        report.convicted = evidence.banks
        report.equivocatingBureaus = evidence.bureaus
        return report
    }

    func clock(of node: Int) -> UInt64 { Self.epoch + wheel.time + nodes[node].clockOffset }

    /// The end of the first phase: everybody runs, everything arrives.
    private mutating func calmDown() {
        isFaulty = false
        groups = [Int](repeating: 0, count: nodes.count)
        for node in nodes.indices where nodes[node].core == nil { restart(node) }
    }

    private mutating func handle(_ event: SimulatedEvent) {
        switch event {
        case .message(let message, let sender, let node):
            audit(1, UInt64(node) << 8 | UInt64(sender), message.auditWord)
            guard nodes[node].core != nil else { return }
            if let actor = nodes[node].actor { listen(to: message, as: actor, node) }
            step(
                .message(message, from: nodes[sender].settings.address), on: node)
        case .timer(let node, let deadline):
            guard nodes[node].deadline == deadline else { return }
            audit(2, UInt64(node), deadline)
            step(.timer, on: node)
        case .restart(let node):
            if nodes[node].core == nil { restart(node) }
        case .weather:
            if isFaulty {
                changeWeather()
                wheel.insert(.weather, after: plan.network.weatherInterval)
            }
        }
    }

    mutating func audit(_ kind: UInt64, _ first: UInt64, _ second: UInt64) {
        report.audit = SimulatedKeys.mix(
            report.audit ^ SimulatedKeys.mix(kind ^ first << 8 ^ wheel.time << 32) ^ second)
    }

    private mutating func step(_ event: ConsensusEvent, on node: Int) {
        let now = clock(of: node)
        let effects = nodes[node].core?.step(event, now: now) ?? []
        perform(effects, on: node)
    }

    private mutating func restart(_ node: Int) {
        audit(3, UInt64(node), 0)
        start(node)
    }

    private mutating func start(_ node: Int) {
        let now = clock(of: node)
        let effects = nodes[node].start(now: now)
        perform(effects, on: node)
    }

    /// Does what a node wants done, unless it stops on the way.
    mutating func perform(_ effects: [ConsensusEffect], on node: Int) {
        let isHonest = nodes[node].isHonest
        var stop = Int.max
        if isFaulty, isHonest, !effects.isEmpty,
            random.below(10_000) < UInt64(plan.crashesPer10000)
        {
            stop = Int(random.below(UInt64(effects.count)))
        }
        for (place, effect) in effects.enumerated() {
            if place == stop {
                crash(node)
                return
            }
            if isHonest { oracle.watch(effect, of: nodes[node].settings.address) }
            switch effect {
            case .persist(let entries): nodes[node].write(entries)
            case .broadcast(let message):
                if let actor = nodes[node].actor {
                    misbehave(message, as: actor, node)
                } else {
                    broadcast(message, from: node)
                }
            case .send(let message, let address):
                guard nodes[node].actor != .silent else { continue }
                for place in places[address] ?? [] { post(message, from: node, to: place) }
            case .serve(let address, let height):
                let segments = nodes[node].segments(above: height)
                guard nodes[node].actor == nil, !segments.isEmpty else { continue }
                for place in places[address] ?? [] {
                    post(.segments(segments), from: node, to: place)
                }
            case .setTimer(let deadline):
                let delay = deadline - min(deadline, clock(of: node))
                nodes[node].deadline = deadline
                wheel.insert(.timer(node, deadline), after: max(1, delay))
            case .makePayload(let request):
                payloads += 1
                let payload = plan.makePayload?(request) ?? numberedPayload()
                step(.payload(payload, view: request.view), on: node)
            case .finalized, .evidence, .conflict: break
            }
        }
    }

    private func numberedPayload() -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: payloads >> UInt64(8 * $0)) }
    }

    private mutating func crash(_ node: Int) {
        report.crashes += 1
        nodes[node].crash(loses: plan.hasLyingDisks)
        audit(4, UInt64(node), 0)
        wheel.insert(.restart(node), after: 50 + random.below(2000))
    }

    mutating func broadcast(_ message: ConsensusMessage, from node: Int) {
        for other in nodes.indices where other != node { post(message, from: node, to: other) }
    }

    /// Puts a message on its way, or loses it.
    ///
    /// Liars have lines of their own that no partition cuts.
    mutating func post(_ message: ConsensusMessage, from sender: Int, to node: Int) {
        let network = isFaulty ? plan.network : plan.calmNetwork
        if groups[sender] != groups[node], !isOneWay || groups[sender] < groups[node],
            nodes[sender].actor == nil, nodes[node].actor == nil
        {
            return
        }
        if network.lossPercent > 0, random.below(100) < UInt64(network.lossPercent) { return }
        let copies =
            network.duplicationPercent > 0 && random.below(100) < UInt64(network.duplicationPercent)
            ? 2 : 1
        for _ in 0..<copies {
            wheel.insert(
                .message(message, from: sender, to: node),
                after: network.minimumDelay + random.below(network.jitter + 1))
        }
    }

    /// No partition, or one of the kinds that networks have: one node alone, two parts, in one
    /// direction only or in both.
    private mutating func changeWeather() {
        groups = [Int](repeating: 0, count: nodes.count)
        if !plan.partitions.isEmpty {
            for (node, group) in plan.partitions[weathers % plan.partitions.count].enumerated()
            where node < groups.count {
                groups[node] = group
            }
            weathers += 1
            return
        }
        guard random.below(100) < UInt64(plan.network.partitionPercent) else { return }
        isOneWay = random.below(4) == 0
        if random.below(2) == 0 {
            groups[Int(random.below(UInt64(nodes.count)))] = 1
        } else {
            for node in nodes.indices { groups[node] = Int(random.below(2)) }
        }
    }
}

/// What happens in a simulation.
enum SimulatedEvent: Sendable {
    case message(ConsensusMessage, from: Int, to: Int)
    case timer(Int, UInt64)
    case restart(Int)
    case weather
}

extension ConsensusMessage {
    /// A word that tells the messages of a run apart.
    var auditWord: UInt64 {
        func word(_ statement: ConsensusStatement) -> UInt64 {
            statement.view << 8 | UInt64(statement.digest.bytes[0])
        }
        switch self {
        case .proposal(let block), .block(let block): return word(block.statement)
        case .vote(let vote): return word(vote.statement) << 8 | UInt64(vote.voter)
        case .certificate(let certificate, _): return word(certificate.statement)
        case .status(let status): return status.view << 16 | status.height
        case .blockRequest(let view, _, _, _): return view
        case .segments(let segments): return UInt64(segments.count)
        }
    }
}

/// The simulation's own stream of chance (SplitMix64).
struct SimulatedRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = SimulatedKeys.mix(seed) }

    mutating func below(_ bound: UInt64) -> UInt64 {
        state &+= 1
        return UInt64((UInt128(SimulatedKeys.mix(state)) * UInt128(bound)) >> 64)
    }
}
