// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Solves a ``DualProblem`` two variables at a time.
///
/// The first variable of a pair violates the conditions of a minimum most, the second one lowers
/// the objective most by its second derivative. Variables that stay at a bound are left out for a
/// while. Nothing depends on the number of threads or the BLAS.
///
/// Sources: Platt 1998; Fan, Chen and Lin, Working set selection using second order information,
/// JMLR 6, 2005; Chang and Lin, LIBSVM, 2011, doi:10.1145/1961189.1961199.
final class SequentialMinimalOptimisation {
    private let problem: DualProblem
    private let source: KernelSource
    private let settings: DualSettings
    private let cache: KernelRowCache

    // Of all variables.
    private var values: [Double]
    private var gradients: [Double]

    // Of the active variables, in the order of the problem.
    private var active: [Int]
    private var groups: [Range<Int>] = []
    private var value: [Double] = []
    private var lower: [Double] = []
    private var upper: [Double] = []
    private var gradient: [Double] = []
    /// 0 where the value may rise, or fall; minus infinity at a bound.
    private var rise: [Float] = []
    private var fall: [Float] = []
    private var diagonal: [Float] = []
    private let diagonals: [Float]
    private var isComplete = false

    init(_ problem: DualProblem, _ source: KernelSource, _ settings: DualSettings) {
        self.problem = problem
        self.source = source
        self.settings = settings
        values = problem.start
        gradients = problem.linear
        active = Array(0..<problem.count)
        diagonals = problem.rows.map { Float(source.diagonal($0)) }
        let targets = KernelTargets(source, rows: problem.rows)
        cache = KernelRowCache(targets, rows: problem.rows, bytes: settings.cacheBytes)
        gradients.withUnsafeMutableBufferPointer { sums in
            if let sums = sums.baseAddress { targets.accumulate(terms, to: sums) }
        }
        gatherActive()
    }

    /// The rows of the variables that are not 0.
    private var terms: [(row: Int, factor: Double)] {
        values.indices.filter { values[$0] != 0 }.map { (problem.rows[$0], values[$0]) }
    }

    private func gatherActive() {
        value = active.map { values[$0] }
        lower = active.map { problem.lower[$0] }
        upper = active.map { problem.upper[$0] }
        gradient = active.map { gradients[$0] }
        diagonal = active.map { diagonals[$0] }
        rise = active.indices.map { value[$0] < upper[$0] ? 0 : -.infinity }
        fall = active.indices.map { value[$0] > lower[$0] ? 0 : -.infinity }
        groups = []
        var first = 0
        for end in problem.groupEnds {
            var last = first
            while last < active.count, active[last] < end { last += 1 }
            groups.append(first..<last)
            first = last
        }
    }

    private func scatterActive() {
        for (position, variable) in active.enumerated() {
            values[variable] = value[position]
            gradients[variable] = gradient[position]
        }
    }

    /// The minimum within the tolerance.
    ///
    /// - Throws: ``ModelError`` with code `notConverged` or `cancelled`.
    func minimise(_ progress: inout DualProgress) throws(ModelError) -> DualSolution {
        let interval = min(problem.count, DualProgress.interval)
        var (iteration, untilShrinking) = (0, interval)
        while true {
            if settings.shrinks {
                untilShrinking -= 1
                if untilShrinking == 0 {
                    untilShrinking = interval
                    shrink()
                }
            }
            var pair = workingPair()
            if pair == nil, active.count < problem.count {
                activateAll()
                pair = workingPair()
                // Most variables will be left out again at once.
                untilShrinking = 1
            }
            guard let pair else { break }
            guard iteration < settings.iterationLimit else {
                throw ModelError(
                    .notConverged,
                    "\(iteration) iterations on \(problem.count) variables; violation "
                        + "\(pair.violation), tolerance \(settings.tolerance)")
            }
            move(pair)
            iteration += 1
            if iteration % DualProgress.interval == 0 {
                try progress.report(objective: objective)
            }
        }
        scatterActive()
        let solution = DualSolution(
            values: values, levels: groups.map(level), objective: objective,
            iterations: iteration)
        try progress.report(objective: solution.objective)
        return solution
    }

    /// The objective, over the active variables.
    private var objective: Double {
        var sum = 0.0
        for (position, variable) in active.enumerated() {
            sum += value[position] * (gradient[position] + problem.linear[variable])
        }
        return sum / 2
    }

    private struct Pair {
        var rising: Int
        var falling: Int
        var violation: Double
    }

    /// The pair to work on, or `nil` at the minimum.
    private func workingPair() -> Pair? {
        var best: (pair: Pair, gain: Float)?
        var violation = -Double.infinity
        for group in groups {
            guard let found = choose(in: group) else { continue }
            violation = max(violation, found.violation)
            guard let falling = found.falling, found.gain > best?.gain ?? 0 else { continue }
            best = (
                Pair(rising: found.rising, falling: falling, violation: found.violation),
                found.gain
            )
        }
        guard violation >= settings.tolerance, var pair = best?.pair else { return nil }
        pair.violation = violation
        return pair
    }

    private func choose(
        in group: Range<Int>
    ) -> (rising: Int, falling: Int?, gain: Float, violation: Double)? {
        let first = group.lowerBound
        return gradient.withUnsafeBufferPointer { gradient in
            rise.withUnsafeBufferPointer { rise in
                fall.withUnsafeBufferPointer { fall in
                    diagonal.withUnsafeBufferPointer { diagonal in
                        guard let gradients = gradient.baseAddress, let rises = rise.baseAddress,
                            let falls = fall.baseAddress, let diagonals = diagonal.baseAddress,
                            let steepest = PairSteps.steepest(
                                group.count, gradients + first, rises + first)
                        else { return nil }
                        let rising = first + steepest.position
                        let partner = PairSteps.partner(
                            group.count, slope: steepest.slope, itself: diagonal[rising],
                            cache.row(rising) + first, diagonals + first, gradients + first,
                            falls + first)
                        return (
                            rising, partner.position.map { first + $0 }, partner.gain,
                            steepest.slope + partner.largest
                        )
                    }
                }
            }
        }
    }

    private func move(_ pair: Pair) {
        let (i, j) = (pair.rising, pair.falling)
        let first = cache.row(i)
        let second = cache.row(j)
        let curvature = Double(diagonal[i]) + Double(diagonal[j]) - 2 * Double(first[j])
        let wanted = (gradient[j] - gradient[i]) / (curvature > 0 ? curvature : 1e-12)
        let (room, fallRoom) = (upper[i] - value[i], value[j] - lower[j])
        let step = min(wanted, room, fallRoom)
        // At a bound the value is the bound, not the sum that rounding gives.
        value[i] = step == room ? upper[i] : value[i] + step
        value[j] = step == fallRoom ? lower[j] : value[j] - step
        rise[i] = value[i] < upper[i] ? 0 : -.infinity
        fall[i] = value[i] > lower[i] ? 0 : -.infinity
        rise[j] = value[j] < upper[j] ? 0 : -.infinity
        fall[j] = value[j] > lower[j] ? 0 : -.infinity
        let count = active.count
        gradient.withUnsafeMutableBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            PairSteps.move(count, by: step, first, second, gradient)
        }
    }

    /// The largest negative gradient of a group that may rise, and the largest gradient that may fall.
    private func extremes(_ group: Range<Int>) -> (rising: Double, falling: Double) {
        var (rising, falling) = (-Double.infinity, -Double.infinity)
        for position in group {
            if rise[position] == 0 { rising = max(rising, -gradient[position]) }
            if fall[position] == 0 { falling = max(falling, gradient[position]) }
        }
        return (rising, falling)
    }

    /// Leaves out the variables at a bound that would have to cross it.
    private func shrink() {
        var found = groups.map(extremes)
        let gap = found.reduce(-Double.infinity) { max($0, $1.rising + $1.falling) }
        if !isComplete, gap <= settings.tolerance * 10 {
            isComplete = true
            activateAll()
            found = groups.map(extremes)
        }
        var kept: [Int] = []
        kept.reserveCapacity(active.count)
        for (group, extreme) in zip(groups, found) {
            for position in group {
                let isStuck =
                    rise[position] != 0 && -gradient[position] > extreme.rising
                    || fall[position] != 0 && gradient[position] > extreme.falling
                if !isStuck { kept.append(position) }
            }
        }
        // A small gain is not worth moving the cached rows.
        guard kept.count < active.count - active.count / 10 else { return }
        scatterActive()
        active = kept.map { active[$0] }
        cache.shrink(
            to: kept, targets: KernelTargets(source, rows: active.map { problem.rows[$0] }))
        gatherActive()
    }

    /// Takes all variables back, with the gradients of those that were left out computed anew.
    private func activateAll() {
        guard active.count < problem.count else { return }
        scatterActive()
        var isActive = [Bool](repeating: false, count: problem.count)
        for variable in active { isActive[variable] = true }
        let left = isActive.indices.filter { !isActive[$0] }
        var sums = left.map { problem.linear[$0] }
        sums.withUnsafeMutableBufferPointer { sums in
            guard let sums = sums.baseAddress else { return }
            KernelTargets(source, rows: left.map { problem.rows[$0] }).accumulate(terms, to: sums)
        }
        for (position, variable) in left.enumerated() { gradients[variable] = sums[position] }
        active = Array(0..<problem.count)
        cache.reset(to: problem.rows, targets: KernelTargets(source, rows: problem.rows))
        gatherActive()
    }

    /// The mean gradient of the variables inside their bounds, else the middle of what is allowed.
    private func level(_ group: Range<Int>) -> Double {
        var (sum, count) = (0.0, 0)
        for position in group where rise[position] == 0 && fall[position] == 0 {
            sum += gradient[position]
            count += 1
        }
        guard count == 0 else { return sum / Double(count) }
        let (rising, falling) = extremes(group)
        switch (rising.isFinite, falling.isFinite) {
        case (true, true): return (falling - rising) / 2
        case (true, false): return -rising
        case (false, true): return falling
        case (false, false): return 0
        }
    }
}
