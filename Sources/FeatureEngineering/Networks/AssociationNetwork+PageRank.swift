// SPDX-License-Identifier: Apache-2.0

/// How important nodes are when importance flows along edges.
///
/// With damping a, out-strengths s(u) and the personalisation p (sum 1), the rank is the fixed
/// point of
///
///     x(v) = a * (sum over edges u -> v of x(u) w(u, v) / s(u) + d p(v)) + (1 - a) p(v)
///
/// where d is the sum of the ranks of nodes that no edge leaves. Without directions every edge goes
/// both ways. Values equal those of networkx's `pagerank` for the same options.
///
/// S. Brin, L. Page, "The anatomy of a large-scale hypertextual web search engine", Computer
/// Networks 30 (1998), DOI 10.1016/S0169-7552(98)00110-X.
public struct PageRank: Sendable, Hashable, Codable {
    /// The share a of importance that flows along edges, in 0..<1.
    public var damping: Double
    /// Whether edges count by their weights; otherwise all alike.
    public var isWeighted: Bool
    /// The iteration ends when the sum of all changes is below `tolerance` times the number of
    /// nodes.
    public var tolerance: Double
    /// How many iterations there may be.
    public var iterationLimit: Int

    /// A recipe for ranks.
    public init(
        damping: Double = 0.85, weighted: Bool = true, tolerance: Double = 1e-6,
        iterationLimit: Int = 100
    ) {
        self.damping = damping
        isWeighted = weighted
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
    }

    func validate() throws(FeatureError) {
        guard damping >= 0, damping < 1 else {
            throw FeatureError(.invalidParameter, "a damping of \(damping), not in 0..<1")
        }
        guard tolerance > 0 else {
            throw FeatureError(.invalidParameter, "a tolerance of \(tolerance)")
        }
        guard iterationLimit >= 1 else {
            throw FeatureError(.invalidParameter, "at most \(iterationLimit) iterations")
        }
    }
}

extension AssociationNetwork {
    /// The rank of every node; ranks are positive or 0 and sum to 1.
    ///
    /// - Parameter personalisation: How much importance enters at each node, not negative and of a
    ///   positive sum, such as 1 at known defaulters; alike at all nodes without it.
    /// - Throws: ``FeatureError``: `invalidParameter`, `unequalLengths`, `outOfRange` naming the
    ///   node as the row, `notConverged`, or `cancelled` if the task was cancelled or
    ///   `progress` asked to stop.
    /// - Complexity: O((nodes + edges) x iterations).
    public func pageRanks(
        _ recipe: PageRank = PageRank(), personalisation: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(FeatureError) -> [Double] {
        try recipe.validate()
        guard nodeCount > 0 else { return [] }
        let entering = try entering(personalisation)
        let strengths = nodes.indices.map {
            recipe.isWeighted ? outgoing.strength($0) : Double(outgoing.degree($0))
        }
        let weights = recipe.isWeighted ? incoming.weights : nil
        var ranks = [Double](repeating: 1 / Double(nodeCount), count: nodeCount)
        var shares = ranks
        for iteration in 1...recipe.iterationLimit {
            var lost = 0.0
            for node in 0..<nodeCount {
                if strengths[node] > 0 {
                    shares[node] = ranks[node] / strengths[node]
                } else {
                    shares[node] = 0
                    lost += ranks[node]
                }
            }
            let pulled = incoming.pulling(shares, weights: weights)
            var change = 0.0
            for node in 0..<nodeCount {
                let rank =
                    recipe.damping * (pulled[node] + lost * entering[node])
                    + (1 - recipe.damping) * entering[node]
                change += abs(rank - ranks[node])
                ranks[node] = rank
            }
            try FitProgress(
                stage: "PageRank", step: iteration, stepLimit: recipe.iterationLimit,
                objective: change
            ).report(to: progress)
            if change < Double(nodeCount) * recipe.tolerance { return ranks }
        }
        throw FeatureError(
            .notConverged, "PageRank did not settle within \(recipe.iterationLimit) iterations")
    }

    private func entering(_ personalisation: [Double]?) throws(FeatureError) -> [Double] {
        guard let personalisation else {
            return [Double](repeating: 1 / Double(nodeCount), count: nodeCount)
        }
        try requireCount(personalisation.count, of: "values of the personalisation")
        if let row = personalisation.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw FeatureError(
                .outOfRange, "a personalisation of \(personalisation[row])", row: row,
                value: "\(personalisation[row])")
        }
        let total = personalisation.reduce(0, +)
        guard total > 0, total.isFinite else {
            throw FeatureError(.outOfRange, "the personalisation sums to \(total)")
        }
        return personalisation.map { $0 / total }
    }

    /// Refuses one value per node when there are more or fewer.
    func requireCount(_ count: Int, of what: String) throws(FeatureError) {
        guard count == nodeCount else {
            throw FeatureError(.unequalLengths, "\(count) \(what) for \(nodeCount) nodes")
        }
    }
}

extension Adjacency {
    /// For every node, the sum over its neighbours of their shares, times the weights if given.
    fileprivate func pulling(_ shares: [Double], weights: [Double]?) -> [Double] {
        [Double](unsafeUninitializedCapacity: nodeCount) { sums, count in
            count = nodeCount
            shares.withUnsafeBufferPointer { shares in
                offsets.withUnsafeBufferPointer { offsets in
                    neighbours.withUnsafeBufferPointer { neighbours in
                        func fill(_ share: (Int) -> Double) {
                            for node in 0..<count {
                                var sum = 0.0
                                for index in offsets[node]..<offsets[node + 1] {
                                    sum += share(index)
                                }
                                sums[node] = sum
                            }
                        }
                        guard let weights else {
                            return fill { shares[Int(neighbours[$0])] }
                        }
                        weights.withUnsafeBufferPointer { weights in
                            fill { shares[Int(neighbours[$0])] * weights[$0] }
                        }
                    }
                }
            }
        }
    }
}
