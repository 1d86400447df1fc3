// SPDX-License-Identifier: Apache-2.0

/// Who is linked to whom: accounts, applicants or firms that share a phone, an address or a device,
/// or that stand guarantee for each other.
///
/// Each edge has a relation, such as `phone`, and a positive weight. Two nodes may be linked by
/// several relations; to every measure but ``restricted(to:)`` these are one edge whose weight is
/// the sum. There are no edges from a node to itself.
///
/// Neighbours are stored in compressed rows (CSR), by ascending node. Nothing depends on the order
/// of a dictionary or on the number of threads: equal nodes and edges in equal order give equal
/// bits.
public struct AssociationNetwork: Sendable, Hashable {
    /// The names of the nodes, in the order in which they were given.
    public let nodes: [String]
    /// Whether edges have a direction.
    public let isDirected: Bool
    /// The names of the relations, in the order of their UTF-8 bytes.
    public let relations: [String]
    /// Values shared by so many accounts that these were not linked through them.
    public let leftOut: [SharedGroup]
    let edges: EdgeList
    /// Where edges lead to.
    let outgoing: Adjacency
    /// Where edges come from; the same as `outgoing` without directions.
    let incoming: Adjacency
    private let indexOfNode: [String: Int]

    init(
        nodes: [String], isDirected: Bool, relations: [String], edges: EdgeList,
        leftOut: [SharedGroup] = []
    ) throws(FeatureError) {
        indexOfNode = try Self.indices(of: nodes)
        self.nodes = nodes
        self.isDirected = isDirected
        self.relations = relations
        self.edges = edges
        self.leftOut = leftOut
        let pairs = edges.mergingRelations()
        if isDirected {
            outgoing = Adjacency(from: pairs.sources, to: pairs.targets, pairs.weights, nodes.count)
            incoming = Adjacency(from: pairs.targets, to: pairs.sources, pairs.weights, nodes.count)
        } else {
            outgoing = Adjacency(symmetric: pairs, nodeCount: nodes.count)
            incoming = outgoing
        }
    }

    /// The number of nodes.
    public var nodeCount: Int { nodes.count }

    /// The number of edges, after duplicates were merged; edges of different relations count apart.
    public var edgeCount: Int { edges.count }

    /// The position of the node called `name`, if there is one.
    public func index(of name: String) -> Int? { indexOfNode[name] }

    /// The nodes that the edges of node `index` lead to, ascending, with the weights of the edges.
    ///
    /// - Precondition: `index` is in `0..<nodeCount`.
    public func neighbours(of index: Int) -> [(node: Int, weight: Double)] {
        precondition(
            index >= 0 && index < nodeCount, "node \(index) of a network of \(nodeCount) nodes")
        return outgoing.range(index).map {
            (Int(outgoing.neighbours[$0]), outgoing.weights?[$0] ?? 1)
        }
    }

    /// The network of the same nodes with the edges of some relations only.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter` for a relation that there is not.
    public func restricted(to names: [String]) throws(FeatureError) -> AssociationNetwork {
        for name in names where !relations.contains(name) {
            throw FeatureError(
                .invalidParameter,
                "no edge has the relation '\(name)'; there are "
                    + relations.joined(separator: ", "), value: name)
        }
        let kept = relations.indices.filter { names.contains(relations[$0]) }
        return try AssociationNetwork(
            nodes: nodes, isDirected: isDirected, relations: kept.map { relations[$0] },
            edges: edges.keeping(relations: kept),
            leftOut: leftOut.filter { names.contains($0.attribute) })
    }

    /// The neighbours without directions: an edge each way between two nodes is one with the sum of
    /// both weights.
    var undirected: Adjacency {
        isDirected
            ? Adjacency(symmetric: edges.ignoringDirections(nodes.count), nodeCount: nodes.count)
            : outgoing
    }

    static func indices(of nodes: [String]) throws(FeatureError) -> [String: Int] {
        guard nodes.count < Int(Int32.max) else {
            throw FeatureError(.invalidParameter, "\(nodes.count) nodes are too many")
        }
        var indices: [String: Int] = [:]
        indices.reserveCapacity(nodes.count)
        for (row, name) in nodes.enumerated() {
            guard indices.updateValue(row, forKey: name) == nil else {
                throw FeatureError(
                    .invalidParameter, "node '\(name)' is listed twice", row: row, value: name)
            }
        }
        return indices
    }
}

extension AssociationNetwork: CustomStringConvertible {
    /// The counts, such as `1000 nodes, 2340 edges, undirected (address, phone)`.
    public var description: String {
        let kind = isDirected ? "directed" : "undirected"
        let names = relations.filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(nodeCount) nodes, \(edgeCount) edges, \(kind)"
            + (names.isEmpty ? "" : " (\(names))")
    }
}
