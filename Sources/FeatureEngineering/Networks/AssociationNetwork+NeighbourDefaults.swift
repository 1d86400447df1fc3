// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// The share of defaults among each node's neighbours, as far as their labels are known.
    ///
    /// `rate(v) = (sum of w(v, u) y(u) + m q(v)) / (sum of w(v, u) + m)` over the neighbours u with
    /// a known label y, where m is `shrinkage` and q(v) the share of defaults among all other nodes
    /// with a known label. A node's own label is in none of it, so the feature can be used on the
    /// rows whose labels it is made from. Directions are ignored.
    ///
    /// - Parameters:
    ///   - labels: Whether each node defaulted, `nil` where that is not
    ///     known, such as in test rows.
    ///   - shrinkage: How many neighbours the overall share counts as, at least 0.
    ///   - weighted: Whether neighbours count by the weights of their edges; otherwise all alike.
    /// - Returns: Rates in 0...1, NaN (missing) where there is nothing to tell a rate from.
    /// - Throws: ``FeatureError`` with `unequalLengths` or `invalidParameter`.
    /// - Complexity: O(nodes + edges).
    public func neighbourDefaultRates(
        _ labels: [Bool?], shrinkage: Double = 0, weighted: Bool = true
    ) throws(FeatureError) -> [Double] {
        try requireCount(labels.count, of: "labels")
        let known = labels.count { $0 != nil }
        let defaults = labels.count { $0 == true }
        return try rates(shrinkage, weighted) { node, neighbour in
            labels[neighbour].map { $0 ? 1 : 0 }
        } overall: { node in
            let others = known - (labels[node] == nil ? 0 : 1)
            let bad = defaults - (labels[node] == true ? 1 : 0)
            return Double(bad) / Double(others)
        }
    }

    /// The share of each node's neighbours whose default was known before a day.
    ///
    /// As ``neighbourDefaultRates(_:shrinkage:weighted:)`` with y(u) = 1 where u's default became
    /// known before the day of v, and 0 for the other neighbours: what became known on the day
    /// itself or later changes nothing. With `since`, nodes that were not there before the day of v
    /// count in neither sum. The edges themselves carry no date; build the network from what was
    /// known on the first day of interest.
    ///
    /// - Parameters:
    ///   - defaultDays: The day on which each node's default became known, `nil` for none.
    ///   - asOf: The day of each node's feature, such as its application; what is known is what was
    ///     known the day before.
    ///   - since: The day from which each node was there, such as the opening of its account.
    ///   - shrinkage: How many neighbours the overall share counts as, at least 0.
    ///   - weighted: Whether neighbours count by the weights of their edges; otherwise all alike.
    /// - Returns: Rates in 0...1, NaN (missing) where there is nothing to tell a rate from.
    /// - Throws: ``FeatureError`` with `unequalLengths` or `invalidParameter`.
    /// - Complexity: O(nodes log nodes + edges).
    public func neighbourDefaultRates(
        defaultDays: [CalendarDate?], asOf: [CalendarDate], since: [CalendarDate]? = nil,
        shrinkage: Double = 0, weighted: Bool = true
    ) throws(FeatureError) -> [Double] {
        try requireCount(defaultDays.count, of: "days of default")
        try requireCount(asOf.count, of: "as-of days")
        if let since { try requireCount(since.count, of: "first days") }
        let (cuts, defaults) = (
            asOf.map(\.daysSince1970), defaultDays.map { $0?.daysSince1970 ?? Int32.max }
        )
        let starts = since.map { $0.map(\.daysSince1970) }
        // A default that was known before the node was there counts from the node's first day on.
        let knownFrom = nodes.indices.map { max(defaults[$0], starts?[$0] ?? Int32.min) }
        let (sortedDefaults, sortedStarts) = (knownFrom.sorted(), starts?.sorted())
        return try rates(shrinkage, weighted) { node, neighbour in
            if let starts, starts[neighbour] >= cuts[node] { return nil }
            return defaults[neighbour] < cuts[node] ? 1 : 0
        } overall: { node in
            let cut = cuts[node]
            var there = nodeCount
            if let sortedStarts { there = sortedStarts.countBelow(cut) }
            let isThere = starts.map { $0[node] < cut } ?? true
            let bad = sortedDefaults.countBelow(cut) - (knownFrom[node] < cut ? 1 : 0)
            return Double(bad) / Double(there - (isThere ? 1 : 0))
        }
    }

    /// `label` and `overall` give nil and NaN for what is not known.
    private func rates(
        _ shrinkage: Double, _ weighted: Bool, label: (Int, Int) -> Double?,
        overall: (Int) -> Double
    ) throws(FeatureError) -> [Double] {
        guard shrinkage >= 0, shrinkage.isFinite else {
            throw FeatureError(.invalidParameter, "a shrinkage of \(shrinkage)")
        }
        let adjacency = undirected
        let weights = weighted ? adjacency.weights : nil
        return nodes.indices.map { node in
            var (defaults, total) = (0.0, 0.0)
            for index in adjacency.range(node) {
                guard let label = label(node, Int(adjacency.neighbours[index])) else { continue }
                let weight = weights?[index] ?? 1
                defaults += weight * label
                total += weight
            }
            guard shrinkage > 0 else { return total > 0 ? defaults / total : .nan }
            let prior = overall(node)
            // Without another known node there is no overall share, nor a known neighbour.
            return prior.isNaN ? .nan : (defaults + shrinkage * prior) / (total + shrinkage)
        }
    }
}

extension [Int32] {
    /// How many elements of the ascending array are below `limit`.
    fileprivate func countBelow(_ limit: Int32) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
