// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension AssociationNetwork {
    /// In how many triangles each node is; directions are ignored.
    ///
    /// - Complexity: O(edges x sqrt(edges)).
    public func triangles() -> [Int] {
        undirected.triangleSums(weighted: false).map { Int($0) }
    }

    /// How nearly the neighbours of each node are linked to each other, in 0...1; 0 for nodes with
    /// fewer than two neighbours, directions ignored.
    ///
    /// `c(u) = 2 T(u) / (k(u) (k(u) - 1))` with T triangles and k neighbours; weighted, each
    /// triangle counts as the cube root of the product of its three weights, each divided by the
    /// largest weight of the network. Values equal those of networkx's `clustering`.
    ///
    /// J. Saramäki et al., "Generalizations of the clustering coefficient to weighted complex
    /// networks", Phys. Rev. E 75 (2007), DOI 10.1103/PhysRevE.75.027105.
    ///
    /// - Complexity: O(edges x sqrt(edges)).
    public func clustering(weighted: Bool = false) -> [Double] {
        let neighbours = undirected
        let sums = neighbours.triangleSums(weighted: weighted)
        return nodes.indices.map {
            let degree = Double(neighbours.degree($0))
            return degree < 2 ? 0 : 2 * sums[$0] / (degree * (degree - 1))
        }
    }

    /// The mean of ``clustering(weighted:)`` over all nodes; 0 without nodes.
    public func averageClustering(weighted: Bool = false) -> Double {
        guard nodeCount > 0 else { return 0 }
        return clustering(weighted: weighted).reduce(0, +) / Double(nodeCount)
    }
}

extension Adjacency {
    /// For every node, the sum over its triangles of 1 or of the cube root of their weights.
    fileprivate func triangleSums(weighted: Bool) -> [Double] {
        let weights = weighted ? weights : nil
        let largest = weights?.max() ?? 1
        // Each edge leads from the node of smaller degree to the larger one, so that no node has
        // many edges and each triangle is found once, at its first node.
        func precedes(_ a: Int, _ b: Int) -> Bool { (degree(a), a) < (degree(b), b) }
        var upward = Adjacency(from: [], to: [], nil, nodeCount)
        var upwardWeights: [Double] = []
        for node in 0..<nodeCount {
            for index in range(node) where precedes(node, Int(neighbours[index])) {
                upward.neighbours.append(neighbours[index])
                if let weights { upwardWeights.append(weights[index] / largest) }
            }
            upward.offsets[node + 1] = upward.neighbours.count
        }
        var sums = [Double](repeating: 0, count: nodeCount)
        // Where the current first node has each neighbour, -1 elsewhere.
        var place = [Int](repeating: -1, count: nodeCount)
        for first in 0..<nodeCount {
            for index in upward.range(first) { place[Int(upward.neighbours[index])] = index }
            for index in upward.range(first) {
                let second = Int(upward.neighbours[index])
                for other in upward.range(second) {
                    let third = Int(upward.neighbours[other])
                    let closing = place[third]
                    guard closing >= 0 else { continue }
                    let value =
                        weights == nil
                        ? 1
                        : cbrt(
                            upwardWeights[index] * upwardWeights[other] * upwardWeights[closing])
                    sums[first] += value
                    sums[second] += value
                    sums[third] += value
                }
            }
            for index in upward.range(first) { place[Int(upward.neighbours[index])] = -1 }
        }
        return sums
    }
}
