// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// A node: the real core on a simulated disk.
struct SimulatedNode: Sendable {
    let settings: ConsensusSettings
    let actor: ByzantineActor?
    let clockOffset: UInt64
    /// Whether another node has the same key.
    var isTwin = false
    /// `nil` while the node is down.
    var core: ConsensusCore?
    var deadline: UInt64 = 0
    /// What is safe on the disk.
    private var disk: [DurableEntry] = []
    /// The first entries, all of them segments, which no write takes away.
    private var settledCount = 0
    /// The entries that the last write brought, which a lying disk loses.
    private var lastWrite = 0
    /// Messages that a Byzantine actor remembers.
    var memory: [ConsensusMessage] = []
    /// The epoch and view in which an impersonator struck last.
    var lastTurn: [UInt64] = [0, 0]

    init(settings: ConsensusSettings, actor: ByzantineActor?, clockOffset: UInt64) {
        self.settings = settings
        self.actor = actor
        self.clockOffset = clockOffset
    }

    /// Whether the node keeps the rules as far as others can tell.
    var isHonest: Bool { actor == nil && !isTwin }

    /// The height of the node's chain on the disk.
    private(set) var height: UInt64 = 0

    mutating func start(now: UInt64) -> [ConsensusEffect] {
        core = ConsensusCore(settings, recovering: disk)
        return core?.step(.start, now: now) ?? []
    }

    mutating func crash(loses isLying: Bool) {
        core = nil
        deadline = 0
        if isLying {
            disk.removeLast(min(lastWrite, disk.count))
            settledCount = min(settledCount, disk.count)
        }
    }

    mutating func write(_ entries: [DurableEntry]) {
        for entry in entries {
            guard case .segment(let segment) = entry else { continue }
            let header = segment.last.header
            height = max(height, min(header.height, core?.head.height ?? 0))
            // What the segment makes final need not be kept twice.
            remove { $0.isSettled(by: header.epoch, header.view) }
        }
        if case .safety? = entries.last { remove { $0.isSafety } }
        disk += entries
        lastWrite = entries.count
    }

    private mutating func remove(where isOut: (DurableEntry) -> Bool) {
        while settledCount < disk.count, disk[settledCount].isSegment { settledCount += 1 }
        disk.replaceSubrange(settledCount..., with: disk[settledCount...].filter { !isOut($0) })
    }

    func segments(above height: UInt64) -> [FinalizedSegment] {
        var found: [FinalizedSegment] = []
        for case .segment(let segment) in disk where segment.last.header.height > height {
            found.append(segment)
            if found.count == 20 { break }
        }
        return found
    }
}

extension DurableEntry {
    fileprivate var isSegment: Bool {
        if case .segment = self { return true }
        return false
    }

    fileprivate var isSafety: Bool {
        if case .safety = self { return true }
        return false
    }

    fileprivate func isSettled(by epoch: UInt64, _ view: UInt64) -> Bool {
        switch self {
        case .block(let block):
            (block.header.epoch, block.header.view) <= (epoch, view)
        case .certificate(let certificate):
            (certificate.statement.epoch, certificate.statement.view) <= (epoch, view)
        case .safety, .segment: false
        }
    }
}
