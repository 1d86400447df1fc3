// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Solves a ``DualProblem`` block by block, and each block two variables at a time.
///
/// A block holds the variables that violate the conditions of a minimum most and those of the last
/// block that may still move. Their kernel rows are computed together. Variables that stay at a
/// bound are left out for a while. Nothing depends on the number of threads or the BLAS.
///
/// Sources: Platt 1998; Joachims, Making large-scale SVM learning practical, 1999; Fan, Chen and
/// Lin, Working set selection using second order information, JMLR 6, 2005; Chang and Lin, LIBSVM,
/// 2011, doi:10.1145/1961189.1961199; Wen, Shi, Li, He and Chen, ThunderSVM, JMLR 19, 2018.
final class SequentialMinimalOptimisation {
    let problem: DualProblem
    private let source: KernelSource
    private let settings: DualSettings
    let cache: KernelRowCache
    private let block: VariableBlock

    // Of all variables.
    private var values: [Double]
    private var gradients: [Double]
    private let diagonals: [Float]

    // Of the active variables, in the order of the problem.
    private(set) var active: [Int]
    private(set) var groups: [Range<Int>] = []
    private(set) var value: [Double] = []
    private var lower: [Double] = []
    private var upper: [Double] = []
    private(set) var gradient: [Double] = []
    private(set) var mayRise: [Bool] = []
    private(set) var mayFall: [Bool] = []
    private var diagonal: [Float] = []
    private var isComplete = false

    /// The active variables of the last block, and since which block each has been in.
    var members: [(position: Int, since: Int)] = []

    /// Whether a kernel row is computed anew as fast as the system gives memory for it.
    var areRowsCheap: Bool { source.matrix.columnCount <= 32 }

    /// The most variables of a block.
    static let mostVariables = 256

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
        block = VariableBlock(limit: Self.mostVariables, groups: problem.groupEnds.count)
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
        mayRise = active.indices.map { value[$0] < upper[$0] }
        mayFall = active.indices.map { value[$0] > lower[$0] }
        members = []
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
        var (iteration, blocks, untilShrinking) = (0, 0, interval)
        while true {
            if settings.shrinks, untilShrinking <= 0 {
                untilShrinking = interval
                shrink()
            }
            blocks += 1
            let choice = chooseBlock(number: blocks)
            var moves = 0
            if choice.violation >= settings.tolerance {
                guard iteration < settings.iterationLimit else {
                    throw ModelError(
                        .notConverged,
                        "\(iteration) iterations on \(problem.count) variables; violation "
                            + "\(choice.violation), tolerance \(settings.tolerance)")
                }
                moves = move(
                    choice, limit: min(settings.iterationLimit - iteration, Self.mostMoves))
            }
            if moves == 0 {
                guard active.count < problem.count else { break }
                activateAll()
                // Most variables will be left out again at once.
                untilShrinking = 1
                continue
            }
            let reports = iteration / DualProgress.interval
            iteration += moves
            untilShrinking -= moves
            if iteration / DualProgress.interval > reports {
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

    /// The most moves within a block, between which nobody can cancel.
    private static let mostMoves = 20_000

    /// The objective, over the active variables.
    private var objective: Double {
        var sum = 0.0
        for (position, variable) in active.enumerated() {
            sum += value[position] * (gradient[position] + problem.linear[variable])
        }
        return sum / 2
    }

    /// Solves a block and returns the number of its moves.
    private func move(_ choice: BlockChoice, limit: Int) -> Int {
        let positions = choice.positions
        let slots = cache.slots(of: positions)
        block.layOut(choice.groupSizes)
        for (index, position) in positions.enumerated() {
            block.set(
                index, value: value[position], within: (lower[position], upper[position]),
                gradient: gradient[position], diagonal: diagonal[position],
                cache.storage + slots[index] * cache.stride, at: positions)
        }
        // Exact solutions of early blocks would be lost in later ones.
        let moves = block.minimise(
            tolerance: max(settings.tolerance / 2, choice.violation / 10), limit: limit)
        var (factors, moved): ([Double], [Int]) = ([], [])
        for (index, position) in positions.enumerated() {
            let new = block.value(of: index)
            guard new != value[position] else { continue }
            factors.append(new - value[position])
            moved.append(slots[index])
            value[position] = new
            mayRise[position] = new < upper[position]
            mayFall[position] = new > lower[position]
        }
        let minimum = 400_000 / max(moved.count, 1)
        gradient.withUnsafeMutableBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            concurrently(active.count, minimum: minimum, block: 512) { start, length in
                addRows(
                    length, factors, moved, of: cache.storage + start, stride: cache.stride,
                    to: gradient + start)
            }
        }
        return moves
    }

    /// The largest negative gradient of a group that may rise, and the
    /// largest gradient that may fall.
    private func extremes(_ group: Range<Int>) -> (rising: Double, falling: Double) {
        var (rising, falling) = (-Double.infinity, -Double.infinity)
        for position in group {
            if mayRise[position] { rising = max(rising, -gradient[position]) }
            if mayFall[position] { falling = max(falling, gradient[position]) }
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
                    !mayRise[position] && -gradient[position] > extreme.rising
                    || !mayFall[position] && gradient[position] > extreme.falling
                if !isStuck { kept.append(position) }
            }
        }
        // A small gain is not worth moving the cached rows.
        guard kept.count < active.count / 2 else { return }
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
        for position in group where mayRise[position] && mayFall[position] {
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
