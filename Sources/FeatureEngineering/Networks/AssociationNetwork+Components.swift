// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// Which nodes hang together.
    public struct Components: Sendable, Hashable {
        /// The component of each node, numbered from 0 in the order of their first nodes.
        public let numbers: [Int]
        /// The number of nodes in each component.
        public let sizes: [Int]

        /// The number of components.
        public var count: Int { sizes.count }

        /// The size of the component of each node.
        public var sizeOfNode: [Int] { numbers.map { sizes[$0] } }

        /// Numbers groups that are named by any label per node.
        init(labels: [Int]) {
            var numberOfLabel = [Int](repeating: -1, count: labels.count)
            var sizes: [Int] = []
            numbers = labels.map { label in
                if numberOfLabel[label] < 0 {
                    numberOfLabel[label] = sizes.count
                    sizes.append(0)
                }
                sizes[numberOfLabel[label]] += 1
                return numberOfLabel[label]
            }
            self.sizes = sizes
        }
    }

    /// The components that are connected when directions are ignored.
    ///
    /// - Complexity: O(nodes + edges), nearly.
    public func components() -> Components {
        var parents = Array(nodes.indices)
        func root(_ node: Int) -> Int {
            var node = node
            while parents[node] != node {
                parents[node] = parents[parents[node]]
                node = parents[node]
            }
            return node
        }
        for (source, target) in zip(edges.sources, edges.targets) {
            let (a, b) = (root(Int(source)), root(Int(target)))
            // The smaller node leads, so labels do not depend on the order of the edges.
            if a != b { parents[max(a, b)] = min(a, b) }
        }
        return Components(labels: nodes.indices.map(root))
    }

    /// The components within which edges lead from every node to every other one; without
    /// directions, the same as ``components()``.
    ///
    /// R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972),
    /// DOI 10.1137/0201010.
    ///
    /// - Complexity: O(nodes + edges).
    public func strongComponents() -> Components {
        guard isDirected else { return components() }
        var labels = [Int](repeating: -1, count: nodeCount)
        // Order of discovery, from 1; 0 for nodes not yet seen.
        var discovery = [Int](repeating: 0, count: nodeCount)
        var lowest = discovery
        var next = discovery
        var open: [Int] = []
        var path: [Int] = []
        var time = 0
        for start in nodes.indices where discovery[start] == 0 {
            path.append(start)
            while let node = path.last {
                if discovery[node] == 0 {
                    time += 1
                    (discovery[node], lowest[node]) = (time, time)
                    next[node] = outgoing.offsets[node]
                    open.append(node)
                }
                if next[node] < outgoing.offsets[node + 1] {
                    let neighbour = Int(outgoing.neighbours[next[node]])
                    next[node] += 1
                    if discovery[neighbour] == 0 {
                        path.append(neighbour)
                    } else if labels[neighbour] < 0 {
                        lowest[node] = min(lowest[node], discovery[neighbour])
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last { lowest[parent] = min(lowest[parent], lowest[node]) }
                guard lowest[node] == discovery[node] else { continue }
                while let member = open.popLast() {
                    labels[member] = node
                    if member == node { break }
                }
            }
        }
        return Components(labels: labels)
    }
}
