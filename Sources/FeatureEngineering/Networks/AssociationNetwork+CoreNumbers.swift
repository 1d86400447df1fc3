// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// The core number of each node; directions are ignored.
    ///
    /// It is the largest k such that the node lies in a part of the network in which every node has
    /// at least k neighbours.
    ///
    /// V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks" (2003),
    /// arXiv:cs/0310049.
    ///
    /// - Complexity: O(nodes + edges).
    public func coreNumbers() -> [Int] {
        let adjacency = undirected
        var degrees = nodes.indices.map(adjacency.degree)
        // Nodes by ascending degree; `starts[d]` is where those of degree d begin.
        var starts = [Int](repeating: 0, count: (degrees.max() ?? 0) + 2)
        for degree in degrees { starts[degree + 1] += 1 }
        for degree in 1..<starts.count { starts[degree] += starts[degree - 1] }
        var (ordered, place) = (degrees, degrees)
        var next = starts
        for node in nodes.indices {
            place[node] = next[degrees[node]]
            ordered[place[node]] = node
            next[degrees[node]] += 1
        }
        for position in nodes.indices {
            let node = ordered[position]
            for index in adjacency.range(node) {
                let neighbour = Int(adjacency.neighbours[index])
                guard degrees[neighbour] > degrees[node] else { continue }
                // Moves the neighbour to the front of its degree, which then begins behind it.
                let front = starts[degrees[neighbour]]
                let other = ordered[front]
                ordered.swapAt(front, place[neighbour])
                (place[other], place[neighbour]) = (place[neighbour], front)
                starts[degrees[neighbour]] += 1
                degrees[neighbour] -= 1
            }
        }
        return degrees
    }
}
