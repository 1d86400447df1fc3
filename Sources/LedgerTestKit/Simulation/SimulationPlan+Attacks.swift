// SPDX-License-Identifier: Apache-2.0

public import Ledger

extension SimulationPlan {
    /// One liar more than the rule tolerates, and everything that they need for a fork: `2q - n`
    /// banks that break the rules as `actor` does, bureaus that sign two blocks, and a partition
    /// that leaves half of the honest banks on each side, with the liars a quorum.
    ///
    /// - Throws: ``LedgerError`` with `invalidQuorum` for an impossible rule.
    public static func beyondTheBound(
        banks: Int, rule: QuorumRule, actor: ByzantineActor, seed: UInt64
    ) throws(LedgerError) -> SimulationPlan {
        let liars = 2 * (try rule.threshold(bankCount: banks)) - banks
        var plan = SimulationPlan(seed: seed)
        plan.banks = banks
        plan.rule = rule
        plan.spareBanks = 0
        plan.epochLength = 100
        plan.crashesPer10000 = 0
        plan.faultyTime = 4000
        plan.faultyHeights = 100
        plan.heights = 4
        for bank in 0..<liars { plan.byzantineBanks[bank] = actor }
        for bureau in 0..<plan.bureaus { plan.byzantineBureaus[bureau] = .equivocatingProposer }
        plan.partitions = [(0..<banks + plan.bureaus).map { $0 % 2 }]
        return plan
    }

    /// Four banks and two bureaus, and a second node with the key of the first bank; the nodes are
    /// cut in two by `first` and `second` in turn, for four times 400 ms.
    ///
    /// - Parameters:
    ///   - first: Bit `i` is the part of node `i + 1`; the first bank is in part 0. The twin is the
    ///     last of seven nodes, so 64 numbers are all partitions.
    ///   - second: The same.
    public static func twins(_ first: Int, _ second: Int) -> SimulationPlan {
        var plan = SimulationPlan(seed: UInt64(first))
        plan.spareBanks = 0
        plan.bureaus = 2
        plan.twinBanks = [0]
        plan.network.weatherInterval = 400
        plan.crashesPer10000 = 0
        plan.epochLength = 100
        plan.partitions = [first, second].map { mask in [0] + (0..<6).map { mask >> $0 & 1 } }
        plan.faultyTime = 1600
        plan.faultyHeights = 100
        plan.heights = 8
        return plan
    }

    /// Actors of seed-dependent kinds, as many as the rule tolerates,
    /// and one or two bureaus of four.
    public static func mix(banks: Int, rule: QuorumRule, seed: UInt64) throws(LedgerError)
        -> SimulationPlan
    {
        let quorum = try rule.threshold(bankCount: banks)
        // As many as neither endanger agreement nor, if they are silent, progress.
        let liars = min(2 * quorum - banks - 1, banks - quorum)
        var random = SimulatedRandom(seed: seed)
        func actor() -> ByzantineActor {
            ByzantineActor.allCases[Int(random.below(UInt64(ByzantineActor.allCases.count)))]
        }
        var plan = SimulationPlan(seed: seed)
        plan.banks = banks
        plan.rule = rule
        plan.heights = 30
        plan.faultyHeights = 20
        while plan.byzantineBanks.count < liars {
            plan.byzantineBanks[Int(random.below(UInt64(banks + plan.spareBanks)))] = actor()
        }
        plan.byzantineBureaus[Int(random.below(4))] = actor()
        return plan
    }
}
