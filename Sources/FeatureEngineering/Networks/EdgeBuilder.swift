// SPDX-License-Identifier: Apache-2.0

/// Collects edges, checks them, and brings them into order.
struct EdgeBuilder {
    let nodes: [String]
    let directed: Bool
    let duplicates: AssociationNetwork.DuplicateEdges
    let selfEdges: AssociationNetwork.SelfEdges
    let relations: [String]
    /// The column that a wrong weight is reported for.
    var weightColumn: String?
    private var edges = EdgeList()
    /// The row of each edge.
    private var rows: [Int32] = []

    init(
        nodes: [String], directed: Bool, duplicates: AssociationNetwork.DuplicateEdges,
        selfEdges: AssociationNetwork.SelfEdges, relations: [String]
    ) {
        self.nodes = nodes
        self.directed = directed
        self.duplicates = duplicates
        self.selfEdges = selfEdges
        self.relations = relations
    }

    mutating func append(
        _ source: Int, _ target: Int, _ relation: Int, _ weight: Double, row: Int
    ) throws(FeatureError) {
        guard weight > 0, weight.isFinite else {
            throw FeatureError(
                .outOfRange, "a weight of \(weight), where a positive finite one is needed",
                row: row, column: weightColumn, value: "\(weight)")
        }
        guard source != target else {
            guard selfEdges == .leaveOut else {
                throw FeatureError(
                    .invalidEdge, "an edge from '\(nodes[source])' to itself", row: row,
                    value: nodes[source])
            }
            return
        }
        guard rows.count < Int(Int32.max) else {
            throw FeatureError(.invalidParameter, "more than \(Int32.max) edges", row: row)
        }
        let swaps = !directed && source > target
        edges.append(
            Int32(swaps ? target : source), Int32(swaps ? source : target), Int32(relation), weight)
        rows.append(Int32(truncatingIfNeeded: row))
    }

    /// The edges in order, each triple of nodes and relation once.
    consuming func finish() throws(FeatureError) -> EdgeList {
        let (sorted, order) = edges.sorted(
            nodeCount: nodes.count, relationCount: relations.count)
        var merged = EdgeList()
        for index in 0..<sorted.count {
            let last = merged.count - 1
            let (source, target) = (sorted.sources[index], sorted.targets[index])
            guard last >= 0, merged.sources[last] == source, merged.targets[last] == target,
                merged.relations[last] == sorted.relations[index]
            else {
                merged.append(source, target, sorted.relations[index], sorted.weights[index])
                continue
            }
            switch duplicates {
            case .sum: merged.weights[last] += sorted.weights[index]
            case .maximum: merged.weights[last] = max(merged.weights[last], sorted.weights[index])
            case .first: break
            case .refuse:
                let name = "\(nodes[Int(source)]) - \(nodes[Int(target)])"
                throw FeatureError(
                    .invalidEdge,
                    "a second edge \(name) of relation "
                        + "'\(relations[Int(sorted.relations[index])])'",
                    row: Int(rows[Int(order[index])]), value: name)
            }
        }
        return merged
    }
}
