// SPDX-License-Identifier: Apache-2.0

extension BinOptimiser {
    /// Whether the number of bins is bounded, so that chains of each length are kept apart.
    private var isBounded: Bool {
        limits.bins.lowerBound > 1 || limits.bins.upperBound < preBinCount
    }

    private var layerCount: Int { isBounded ? min(limits.bins.upperBound, preBinCount) : 1 }

    /// The best chain whose event rate runs as `phases` say, one after the other: rising, falling
    /// or, for `nil`, any way.
    func chain(_ phases: [Bool?]) -> Solution? {
        let size = width * width
        var states = [ChainState](
            repeating: ChainState(), count: layerCount * phases.count * size)
        for layer in 0..<layerCount {
            let from = isBounded ? layer - 1 : layer
            for end in 1..<width {
                for start in 0..<end where isAllowed[start * width + end] {
                    let bin = start * width + end
                    if start == 0 {
                        if layer == 0 {
                            states[bin] = ChainState(objective: terms[bin], binCount: 1)
                        }
                        continue
                    }
                    if from < 0 { continue }
                    for earlier in 0..<start where isAllowed[earlier * width + start] {
                        let before = earlier * width + start
                        guard limits.allow(bins[before], besides: bins[bin]) else { continue }
                        let change = bins[bin].comparedRate(to: bins[before])
                        for (phase, rises) in phases.enumerated() {
                            if let rises, rises ? change < 0 : change > 0 { continue }
                            for earlierPhase in max(0, phase - 1)...phase {
                                let previous =
                                    (from * phases.count + earlierPhase) * size + before
                                let state = states[previous]
                                if state.binCount == 0 { continue }
                                states[(layer * phases.count + phase) * size + bin].improve(
                                    state.objective + terms[bin], binCount: state.binCount + 1,
                                    previous: previous, tolerance: tolerance)
                            }
                        }
                    }
                }
            }
        }
        let ends = (0..<layerCount * phases.count).flatMap { block in
            (0..<preBinCount).map { block * size + $0 * width + preBinCount }
        }
        return best(of: states, among: ends)
    }

    /// The best chain whose event rate is convex, or concave: whether a bin may follow depends on
    /// the two before it, so a state is a bin with the one before it.
    func curve(isConvex: Bool) -> Solution? {
        let size = width * width * width
        // A bin without one before it stands under its own start.
        func index(_ earlier: Int, _ start: Int, _ end: Int) -> Int {
            (earlier * width + start) * width + end
        }
        func rate(_ start: Int, _ end: Int) -> Double { bins[start * width + end].eventRate }
        var states = [ChainState](repeating: ChainState(), count: layerCount * size)
        for layer in 0..<layerCount {
            let from = isBounded ? layer - 1 : layer
            for end in 1..<width {
                if layer == 0, isAllowed[end] {
                    states[index(0, 0, end)] = ChainState(objective: terms[end], binCount: 1)
                }
                if from < 0 { continue }
                for start in 1..<end where isAllowed[start * width + end] {
                    let bin = start * width + end
                    for earlier in 0..<start where isAllowed[earlier * width + start] {
                        guard limits.allow(bins[earlier * width + start], besides: bins[bin])
                        else { continue }
                        for first in 0..<max(earlier, 1) {
                            let previous = from * size + index(first, earlier, start)
                            let state = states[previous]
                            if state.binCount == 0 { continue }
                            let curvature =
                                earlier == 0
                                ? 0
                                : rate(start, end) - 2 * rate(earlier, start)
                                    + rate(first, earlier)
                            if isConvex ? curvature < -1e-12 : curvature > 1e-12 { continue }
                            states[layer * size + index(earlier, start, end)].improve(
                                state.objective + terms[bin], binCount: state.binCount + 1,
                                previous: previous, tolerance: tolerance)
                        }
                    }
                }
            }
        }
        let ends = (0..<layerCount).flatMap { layer in
            (0..<width * width).map { layer * size + $0 * width + preBinCount }
        }
        return best(of: states, among: ends)
    }

    private func best(of states: [ChainState], among ends: [Int]) -> Solution? {
        var best = ChainState()
        for end in ends where states[end].binCount >= limits.bins.lowerBound {
            best.improve(
                states[end].objective, binCount: states[end].binCount, previous: end,
                tolerance: tolerance)
        }
        guard best.binCount > 0 else { return nil }
        var cuts: [Int] = []
        var state = best.previous
        while state >= 0 {
            cuts.append(state % width)
            state = states[state].previous
        }
        return Solution(ends: cuts.reversed(), objective: best.objective)
    }
}
