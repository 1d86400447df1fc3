// SPDX-License-Identifier: Apache-2.0

/// The best merging of neighbouring pre-bins under constraints, by dynamic programming.
///
/// A bin is a range of pre-bins. The best chain of bins that ends with a given bin is the best of
/// the chains that end with a bin before it and may stand beside it; so the best chain of all is
/// found among O(k^2) states with O(k) predecessors each. A chain's trend is kept by its
/// neighbours; peaks and valleys double the states by whether the turn is past.
struct BinOptimiser {
    /// The bins as the positions behind the last pre-bin of each, ascending.
    struct Solution: Hashable {
        var ends: [Int]
        var objective: Double
    }

    let limits: BinLimits
    let preBinCount: Int
    let bins: [ClassCounts]
    let isAllowed: [Bool]
    let terms: [Double]
    /// Objectives nearer than this are taken as equal, and fewer bins win.
    let tolerance: Double

    var width: Int { preBinCount + 1 }

    init(_ preBins: PreBins, objective: OptimalBinning.Divergence, limits: BinLimits) {
        self.limits = limits
        preBinCount = preBins.counts.count
        let width = preBins.counts.count + 1
        var bins = [ClassCounts](repeating: ClassCounts(), count: width * width)
        var isAllowed = [Bool](repeating: false, count: width * width)
        var terms = [Double](repeating: 0, count: width * width)
        let all = preBins.counts.reduce(ClassCounts(), +)
        var scale = 0.0
        for start in 0..<preBins.counts.count {
            var bin = ClassCounts()
            for end in (start + 1)..<width {
                bin = bin + preBins.counts[end - 1]
                let index = start * width + end
                bins[index] = bin
                isAllowed[index] = limits.allow(bin)
                terms[index] = objective.term(
                    bin.events / all.events, bin.nonEvents / all.nonEvents)
                if end == start + 1 { scale += terms[index] }
                if end < preBins.counts.count, preBins.isFixed[end - 1] { break }
            }
        }
        self.bins = bins
        self.isAllowed = isAllowed
        self.terms = terms
        tolerance = scale * 1e-13
    }

    /// The best bins with exactly this trend; `nil` if none keep every constraint.
    ///
    /// - Complexity: O(k^3) for k pre-bins; O(k^4) for a convex or concave trend; times the number
    ///   of bins if that is bounded.
    func solve(_ trend: MonotonicTrend) -> Solution? {
        switch trend {
        case .any: chain([nil])
        case .ascending: chain([true])
        case .descending: chain([false])
        case .peak: chain([true, false])
        case .valley: chain([false, true])
        case .convex: curve(isConvex: true)
        case .concave: curve(isConvex: false)
        case .automaticMonotone: solveChoosing(trend)?.solution
        case .automatic: solveChoosing(trend)?.solution
        }
    }

    /// The best bins and the trend that was chosen for them.
    func solveChoosing(
        _ trend: MonotonicTrend
    ) -> (solution: Solution, trend: MonotonicTrend)? {
        switch trend {
        case .automaticMonotone: return better(.ascending, .descending)
        case .automatic:
            let monotone = better(.ascending, .descending)
            guard let turning = better(.peak, .valley) else { return monotone }
            guard let monotone else { return turning }
            return turning.solution.objective >= 1.1 * monotone.solution.objective + tolerance
                ? turning : monotone
        default: return solve(trend).map { ($0, trend) }
        }
    }

    private func better(
        _ first: MonotonicTrend, _ second: MonotonicTrend
    ) -> (solution: Solution, trend: MonotonicTrend)? {
        switch (solve(first), solve(second)) {
        case (nil, nil): nil
        case (let solution?, nil): (solution, first)
        case (nil, let solution?): (solution, second)
        case (let one?, let two?):
            two.objective > one.objective + tolerance ? (two, second) : (one, first)
        }
    }
}

/// The best chain that ends with some bin.
struct ChainState {
    var objective = -Double.infinity
    var binCount = 0
    /// The state before, -1 at the start of a chain.
    var previous = -1

    /// Takes a chain that has more, or as much with fewer bins.
    mutating func improve(
        _ objective: Double, binCount: Int, previous: Int, tolerance: Double
    ) {
        let gain = objective - self.objective
        if gain > tolerance || (gain >= -tolerance && binCount < self.binCount) {
            self = ChainState(objective: objective, binCount: binCount, previous: previous)
        }
    }
}
