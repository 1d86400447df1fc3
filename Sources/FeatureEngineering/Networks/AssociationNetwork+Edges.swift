// SPDX-License-Identifier: Apache-2.0

extension AssociationNetwork {
    /// A link between two nodes.
    public struct Edge: Sendable, Hashable, Codable {
        /// The node where it begins.
        public var source: String
        /// The node where it ends.
        public var target: String
        /// What links them, such as `phone`.
        public var relation: String
        /// How strongly; positive and finite.
        public var weight: Double

        /// An edge from `source` to `target`.
        public init(
            _ source: String, _ target: String, relation: String = "", weight: Double = 1
        ) {
            self.source = source
            self.target = target
            self.relation = relation
            self.weight = weight
        }
    }

    /// What happens to a second edge of the same nodes and relation.
    ///
    /// Without directions, `b` to `a` is the same as `a` to `b`.
    public enum DuplicateEdges: String, Sendable, Hashable, Codable, CaseIterable {
        /// The weights are added, in the order in which the edges are given.
        case sum
        /// The largest weight counts.
        case maximum
        /// The first one counts.
        case first
        /// It is an error.
        case refuse
    }

    /// What happens to an edge from a node to itself.
    public enum SelfEdges: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is an error.
        case refuse
        /// It is left out: being linked to oneself says nothing.
        case leaveOut
    }

    /// A network of `nodes` and the edges between them.
    ///
    /// - Throws: ``FeatureError`` naming the position of the edge as the row: `unknownNode` for an
    ///   end that is not among the nodes, `outOfRange` for a weight that is not positive and
    ///   finite, `invalidEdge` for an edge that the policies refuse; `invalidParameter` for a node
    ///   that is listed twice.
    /// - Complexity: O(nodes + edges).
    public init(
        nodes: [String], edges: some Sequence<Edge>, directed: Bool = false,
        duplicates: DuplicateEdges = .sum, selfEdges: SelfEdges = .refuse
    ) throws(FeatureError) {
        let indices = try Self.indices(of: nodes)
        let edges = Array(edges)
        let relations = sortedByBytes(Set(edges.lazy.map(\.relation)))
        let relationIndices = Self.numbers(of: relations)
        var builder = EdgeBuilder(
            nodes: nodes, directed: directed, duplicates: duplicates, selfEdges: selfEdges,
            relations: relations)
        for (row, edge) in edges.enumerated() {
            guard let source = indices[edge.source] else {
                throw .unknownNode(edge.source, row: row, column: nil, of: nodes.count)
            }
            guard let target = indices[edge.target] else {
                throw .unknownNode(edge.target, row: row, column: nil, of: nodes.count)
            }
            try builder.append(
                source, target, relationIndices[edge.relation] ?? 0, edge.weight, row: row)
        }
        try self.init(builder)
    }

    /// A network of `nodes` and the edges in the rows of a table.
    ///
    /// The names of the ends are text, categorical or numeric; whole numbers are read without a
    /// decimal point.
    ///
    /// - Parameter source: The column of the nodes where edges begin.
    /// - Parameter target: The column of the nodes where they end.
    /// - Parameter relation: The column of the relations, text or categorical.
    /// - Parameter weight: The column of the weights; without it, every weight is 1.
    /// - Throws: ``FeatureError`` with row, column and value: `unknownColumn`, `wrongKind`,
    ///   `missingValue`, and what edges by name throw.
    /// - Complexity: O(nodes + edges).
    public init(
        nodes: [String], edges table: Table, source: String, target: String,
        relation: String? = nil, weight: String? = nil, directed: Bool = false,
        duplicates: DuplicateEdges = .sum, selfEdges: SelfEdges = .refuse
    ) throws(FeatureError) {
        let indices = try Self.indices(of: nodes)
        let ends = try [source, target].map { (name) throws(FeatureError) in
            try table[column: name].keys().resolved(to: indices, nodeCount: nodes.count)
        }
        var relations = [""]
        var relationOfRow = [Int32](repeating: 0, count: table.rowCount)
        if let relation {
            let column = try table[column: relation]
            let keys = try column.keys()
            let names = sortedByBytes(Set(keys.names))
            let numbers = Self.numbers(of: names)
            relations = names
            relationOfRow = keys.codes.map { Int32(numbers[keys.names[Int($0)]] ?? 0) }
        }
        var weights: [Double]?
        if let weight {
            let column = try table[column: weight]
            guard let values = column.numbers else {
                throw FeatureError.wrongKind(column, needed: "a numeric column")
            }
            if let row = values.firstIndex(where: \.isNaN) {
                throw FeatureError(
                    .missingValue, "the weight is missing", row: row, column: weight)
            }
            weights = values
        }
        var builder = EdgeBuilder(
            nodes: nodes, directed: directed, duplicates: duplicates, selfEdges: selfEdges,
            relations: relations)
        builder.weightColumn = weight
        for row in 0..<table.rowCount {
            try builder.append(
                Int(ends[0][row]), Int(ends[1][row]), Int(relationOfRow[row]),
                weights?[row] ?? 1, row: row)
        }
        try self.init(builder)
    }

    init(_ builder: consuming EdgeBuilder, leftOut: [SharedGroup] = []) throws(FeatureError) {
        try self.init(
            nodes: builder.nodes, isDirected: builder.directed, relations: builder.relations,
            edges: try builder.finish(), leftOut: leftOut)
    }

    private static func numbers(of names: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }
}

extension FeatureError {
    fileprivate static func unknownNode(
        _ name: String, row: Int, column: String?, of count: Int
    ) -> FeatureError {
        FeatureError(
            .unknownNode, "'\(name)' is not one of the \(count) nodes", row: row, column: column,
            value: name)
    }
}

/// Values as numbers of distinct names, for columns of keys.
struct ColumnKeys {
    let column: String
    let names: [String]
    let codes: [Int32]

    /// The node of every row.
    func resolved(
        to indices: [String: Int], nodeCount: Int
    ) throws(FeatureError) -> [Int32] {
        let nodes = names.map { indices[$0].map(Int32.init) ?? -1 }
        let rows = codes.map { nodes[Int($0)] }
        if let row = rows.firstIndex(of: -1) {
            throw .unknownNode(
                names[Int(codes[row])], row: row, column: column, of: nodeCount)
        }
        return rows
    }
}

extension Column {
    /// The column's values as keys; missing ones are refused, or have code -1.
    func keys(allowingMissing: Bool = false) throws(FeatureError) -> ColumnKeys {
        var names: [String] = []
        var codes: [Int32] = []
        switch storage {
        case .categorical(let stored, let levels): (codes, names) = (stored, levels)
        case .text(let values):
            var numbers: [String: Int32] = [:]
            codes = values.map { value in
                guard let value else { return -1 }
                return numbers.number(of: value) { names.append(value) }
            }
        case .numeric(let values):
            var numbers: [Double: Int32] = [:]
            codes = values.map { value in
                value.isNaN ? -1 : numbers.number(of: value) { names.append(value.shortText) }
            }
        case .date: throw FeatureError.wrongKind(self, needed: "text, a category or a number")
        }
        if !allowingMissing, let row = codes.firstIndex(of: -1) {
            throw FeatureError(.missingValue, "the value is missing", row: row, column: name)
        }
        return ColumnKeys(column: name, names: names, codes: codes)
    }
}

extension Dictionary where Value == Int32 {
    /// The number of `key`, the next one if it is new.
    fileprivate mutating func number(of key: Key, isNew: () -> Void) -> Int32 {
        if let number = self[key] { return number }
        let number = Int32(count)
        self[key] = number
        isNew()
        return number
    }
}
