// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra
internal import Synchronization

/// Grows independent trees on the same features: a forest, or one tree.
struct TreeSeries {
    let binned: BinnedFeatures
    let plan: GrowthPlan
    let targets: TreeTargets
    let seed: UInt64
    /// The weights of all rows in the tree of this number.
    let weights: @Sendable (_ tree: Int, _ random: inout TreeRandom) -> [Double]

    /// The trees of these numbers, each grown on one thread; the same for any number of threads.
    ///
    /// - Throws: ``ModelError`` with code `cancelled`.
    func grow(_ trees: Range<Int>, progress: FitObserver?) throws(ModelError) -> [GrownTree] {
        var grown: [GrownTree] = []
        // Whoever watches sees the steps whenever each thread has grown a tree.
        let step = progress == nil ? max(1, trees.count) : LoopThreads.limit
        for start in stride(from: trees.lowerBound, to: trees.upperBound, by: step) {
            let end = min(start + step, trees.upperBound)
            grown += try growTogether(start..<end)
            for tree in start..<end {
                try FitProgress(
                    step: tree - trees.lowerBound + 1, stepLimit: trees.count, objective: nil
                ).report(to: progress)
            }
        }
        return grown
    }

    private func growTogether(_ trees: Range<Int>) throws(ModelError) -> [GrownTree] {
        let isCancelled = Atomic(false)
        var grown = [GrownTree?](repeating: nil, count: trees.count)
        grown.withUnsafeMutableBufferPointer { grown in
            nonisolated(unsafe) let grown = grown
            concurrently(trees.count, minimum: 2, block: 1) { start, count in
                let grower = TreeGrower(binned, plan: plan, targets: targets)
                for index in start..<start + count {
                    // The thread that called sees the end of its task; the others hear of it.
                    if Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
                    if isCancelled.load(ordering: .relaxed) { return }
                    grown[index] = grow(trees.lowerBound + index, grower)
                }
            }
        }
        if isCancelled.load(ordering: .relaxed) {
            throw ModelError(.cancelled, "growing trees: the task was cancelled")
        }
        return grown.compactMap { $0 }
    }

    private func grow(_ tree: Int, _ grower: TreeGrower) -> GrownTree {
        var random = TreeRandom(seed: seed, tree: tree)
        let weights = weights(tree, &random)
        return grower.grow(weights: weights, random: random)
    }
}

extension TreeRandom {
    /// The numbers of one tree of a model.
    init(seed: UInt64, tree: Int) {
        var stream = RandomStream(seed: seed).child("tree", tree)
        self.init(state: stream.next())
    }
}
