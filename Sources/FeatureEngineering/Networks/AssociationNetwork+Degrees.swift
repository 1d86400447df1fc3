// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// How many edges each node has, both directions counted.
    ///
    /// - Complexity: O(nodes).
    public var degrees: [Int] {
        isDirected ? zip(inDegrees, outDegrees).map(+) : outDegrees
    }

    /// How many edges end at each node; without directions, all edges of the node.
    public var inDegrees: [Int] { nodes.indices.map(incoming.degree) }

    /// How many edges begin at each node; without directions, all edges of the node.
    public var outDegrees: [Int] { nodes.indices.map(outgoing.degree) }

    /// The sum of the weights of each node's edges, both directions counted.
    ///
    /// - Complexity: O(nodes + edges).
    public var strengths: [Double] {
        let out = nodes.indices.map(outgoing.strength)
        return isDirected ? zip(nodes.indices.map(incoming.strength), out).map(+) : out
    }
}
