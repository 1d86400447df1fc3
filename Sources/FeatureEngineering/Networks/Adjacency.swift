// SPDX-License-Identifier: Apache-2.0

/// The neighbours of every node, ascending (compressed sparse rows).
struct Adjacency: Sendable, Hashable {
    /// Where each node's neighbours begin, and where the last node's end.
    var offsets: [Int]
    var neighbours: [Int32]
    /// The weight of each edge; `nil` where all are 1.
    var weights: [Double]?

    var nodeCount: Int { offsets.count - 1 }

    @inline(__always)
    func range(_ node: Int) -> Range<Int> { offsets[node]..<offsets[node + 1] }

    func degree(_ node: Int) -> Int { offsets[node + 1] - offsets[node] }

    func strength(_ node: Int) -> Double {
        guard let weights else { return Double(degree(node)) }
        return weights[range(node)].reduce(0, +)
    }

    /// The rows of edges that are given in an order in which the ends ascend for each start.
    init(from starts: [Int32], to ends: [Int32], _ weights: [Double]?, _ nodeCount: Int) {
        offsets = [Int](repeating: 0, count: nodeCount + 1)
        for start in starts { offsets[Int(start) + 1] += 1 }
        for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
        var next = offsets
        neighbours = [Int32](repeating: 0, count: starts.count)
        self.weights = weights.map { [Double](repeating: 0, count: $0.count) }
        for (index, start) in starts.enumerated() {
            let place = next[Int(start)]
            next[Int(start)] += 1
            neighbours[place] = ends[index]
            if let weights { self.weights?[place] = weights[index] }
        }
    }

    /// Both directions of edges that ascend by (source, target), with source below target.
    init(symmetric pairs: EdgePairs, nodeCount: Int) {
        // A node meets its smaller neighbours before its larger ones in this order.
        var (starts, ends): ([Int32], [Int32]) = ([], [])
        starts.reserveCapacity(2 * pairs.sources.count)
        ends.reserveCapacity(2 * pairs.sources.count)
        var weights: [Double]? = pairs.weights == nil ? nil : []
        weights?.reserveCapacity(2 * pairs.sources.count)
        for index in pairs.sources.indices {
            starts += [pairs.sources[index], pairs.targets[index]]
            ends += [pairs.targets[index], pairs.sources[index]]
            if let weight = pairs.weights?[index] { weights? += [weight, weight] }
        }
        self.init(from: starts, to: ends, weights, nodeCount)
    }
}
