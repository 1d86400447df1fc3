// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// What a simulated run came to.
public struct SimulationReport: Hashable, Sendable {
    /// How many events were handled.
    public internal(set) var events = 0
    /// When it ended, in simulated milliseconds.
    public internal(set) var time: UInt64 = 0
    /// The lowest height that an honest node reached.
    public internal(set) var height: UInt64 = 0
    /// A digest of the whole run, event by event.
    public internal(set) var audit: UInt64 = 0
    /// What honest nodes did that the rules forbid, in words; empty for a sound core.
    public internal(set) var violations: [String] = []
    /// Whether two honest nodes hold different blocks at one height.
    public internal(set) var hasForked = false
    /// Whether an honest node did not reach the wanted height in time.
    public internal(set) var isStuck = false
    /// Banks that were convicted by two signatures of their own, in order of their addresses.
    public internal(set) var convicted: [Address] = []
    /// Bureaus of which two blocks of one view were seen.
    public internal(set) var equivocatingBureaus: [Address] = []
    /// How often a node stopped and started again.
    public internal(set) var crashes = 0
    /// How many views passed without a block on the way to the last final block.
    public internal(set) var skippedViews: UInt64 = 0
}
