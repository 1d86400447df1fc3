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

    /// A forest of `count` trees.
    ///
    /// - Parameters:
    ///   - first: the first of them, or none.
    ///   - empty: a forest without trees.
    /// - Throws: ``ModelError`` with code `incompatible` where `first` has other levels, or
    ///   `cancelled`.
    func forest(
        of count: Int, after first: TreeEnsemble?, _ empty: TreeEnsemble, progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        var forest = first ?? empty
        guard forest.levels == empty.levels else {
            throw ModelError(.incompatible, "other levels of nominal features than the forest's")
        }
        try grow(forest.treeCount..<count, progress: progress) { forest.append($0) }
        return forest
    }

    /// The first tree alone.
    ///
    /// - Throws: ``ModelError`` with code `cancelled`.
    func tree(progress: FitObserver?) throws(ModelError) -> GrownTree {
        var first = GrownTree(gains: [])
        try grow(0..<1, progress: progress) { first = $0 }
        return first
    }

    /// Calls `body` with the trees of these numbers in their order, each grown on one thread; they
    /// are the same for any number of threads.
    ///
    /// - Throws: ``ModelError`` with code `cancelled`.
    private func grow(
        _ trees: Range<Int>, progress: FitObserver?, _ body: (GrownTree) -> Void
    ) throws(ModelError) {
        // Whoever watches sees the steps whenever each thread has grown a tree.
        let step = progress == nil ? max(1, trees.count) : LoopThreads.limit
        for start in stride(from: trees.lowerBound, to: trees.upperBound, by: step) {
            let end = min(start + step, trees.upperBound)
            try growTogether(start..<end, body)
            for tree in start..<end {
                try FitProgress(
                    step: tree - trees.lowerBound + 1, stepLimit: trees.count, objective: nil
                ).report(to: progress)
            }
        }
    }

    private func growTogether(
        _ trees: Range<Int>, _ body: (GrownTree) -> Void
    ) throws(ModelError) {
        let isCancelled = Atomic(false)
        // Trees are handed over as soon as those before them are, so that few wait in memory.
        let waiting = Mutex((next: 0, grown: [GrownTree?](repeating: nil, count: trees.count)))
        concurrently(trees.count, minimum: 2, block: 1) { start, count in
            let grower = TreeGrower(binned, plan: plan, targets: targets)
            for index in start..<start + count {
                // The thread that called sees the end of its task; the others hear of it.
                if Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
                if isCancelled.load(ordering: .relaxed) { return }
                let tree = grow(trees.lowerBound + index, grower)
                waiting.withLock { waiting in
                    waiting.grown[index] = tree
                    while waiting.next < trees.count, let first = waiting.grown[waiting.next] {
                        waiting.grown[waiting.next] = nil
                        body(first)
                        waiting.next += 1
                    }
                }
            }
        }
        if isCancelled.load(ordering: .relaxed) {
            throw ModelError(.cancelled, "growing trees: the task was cancelled")
        }
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
