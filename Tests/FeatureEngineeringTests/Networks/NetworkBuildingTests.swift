// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

private typealias Edge = AssociationNetwork.Edge

@Suite("GR1: networks are built from edges and shared attributes") struct NetworkBuildingTests {
    private func edgeTable() throws -> Table {
        try Table([
            .numeric("from", [7.0, 8, 9, 8]), .categorical("to", ["8", "9", "7", "7"]),
            .text("why", ["phone", "phone", "address", "address"]),
            .numeric("strength", [1, 2, 0.5, 4]),
        ])
    }

    @Test func edgesOfATable() throws {
        let network = try AssociationNetwork(
            nodes: ["9", "8", "7", "6"], edges: edgeTable(), source: "from", target: "to",
            relation: "why", weight: "strength")
        #expect(network.description == "4 nodes, 4 edges, undirected (address, phone)")
        #expect(network.degrees == [2, 2, 2, 0])
        // 7 and 8 are linked by a phone (1) and an address (4).
        #expect(network.strengths == [2.5, 7, 5.5, 0])
        #expect(network.neighbours(of: 1).map(\.node) == [0, 2])
        #expect(network.neighbours(of: 1).map(\.weight) == [2, 5])
        #expect(network.index(of: "7") == 2)
        #expect(network.index(of: "x") == nil)
        let phones = try network.restricted(to: ["phone"])
        #expect(phones.relations == ["phone"])
        #expect(phones.degrees == [1, 2, 1, 0])
        #expect(phones.strengths == [2, 3, 1, 0])
        let plain = try AssociationNetwork(
            nodes: ["9", "8", "7"], edges: edgeTable(), source: "from", target: "to",
            directed: true)
        #expect(plain.outDegrees == [1, 2, 1])
        #expect(plain.inDegrees == [1, 1, 2])
        let error = #expect(throws: FeatureError.self) { try network.restricted(to: ["mail"]) }
        #expect(error?.message.contains("address, phone") == true)
    }

    @Test func duplicates() throws {
        let edges = [
            Edge("a", "b", relation: "p", weight: 1), Edge("b", "a", relation: "p", weight: 3),
            Edge("a", "b", relation: "p", weight: 2), Edge("a", "b", relation: "q", weight: 10),
        ]
        func strength(
            _ policy: AssociationNetwork.DuplicateEdges, directed: Bool = false
        ) throws -> [Double] {
            try AssociationNetwork(
                nodes: ["a", "b"], edges: edges, directed: directed, duplicates: policy
            ).neighbours(of: 0).map(\.weight)
        }
        #expect(try strength(.sum) == [16])
        #expect(try strength(.maximum) == [13])
        #expect(try strength(.first) == [11])
        #expect(try strength(.sum, directed: true) == [13])
        let error = #expect(throws: FeatureError.self) { try strength(.refuse) }
        #expect(error?.code == .invalidEdge)
        #expect(error?.row == 1)
        let directed = #expect(throws: FeatureError.self) { try strength(.refuse, directed: true) }
        #expect(directed?.row == 2)
        #expect(directed?.value == "a - b")
    }

    @Test func selfEdges() throws {
        let edges = [Edge("a", "b"), Edge("b", "b")]
        let error = #expect(throws: FeatureError.self) {
            try AssociationNetwork(nodes: ["a", "b"], edges: edges)
        }
        #expect(error?.code == .invalidEdge)
        #expect(error?.row == 1)
        #expect(error?.value == "b")
        let network = try AssociationNetwork(
            nodes: ["a", "b"], edges: edges, selfEdges: .leaveOut)
        #expect(network.degrees == [1, 1])
    }

    @Test func unknownNodesAndWrongWeights() throws {
        let table = try edgeTable()
        let unknown = #expect(throws: FeatureError.self) {
            try AssociationNetwork(
                nodes: ["7", "8"], edges: table, source: "from", target: "to")
        }
        #expect(unknown?.code == .unknownNode)
        #expect(unknown?.row == 2)
        #expect(unknown?.column == "from")
        #expect(unknown?.value == "9")
        let byName = #expect(throws: FeatureError.self) {
            try AssociationNetwork(nodes: ["a", "b"], edges: [Edge("a", "b"), Edge("b", "c")])
        }
        #expect(byName?.message == "row 1: 'c' is not one of the 2 nodes")
        for weight in [0, -1, .nan, .infinity] {
            let error = #expect(throws: FeatureError.self) {
                try AssociationNetwork(nodes: ["a", "b"], edges: [Edge("a", "b", weight: weight)])
            }
            #expect(error?.code == .outOfRange)
        }
        let negative = try Table([
            .numeric("from", [1.0]), .numeric("to", [2.0]), .numeric("w", [-3.0]),
        ])
        let error = #expect(throws: FeatureError.self) {
            try AssociationNetwork(
                nodes: ["1", "2"], edges: negative, source: "from", target: "to", weight: "w")
        }
        #expect(error?.column == "w")
        #expect(error?.row == 0)
        let twice = #expect(throws: FeatureError.self) {
            try AssociationNetwork(nodes: ["a", "b", "a"], edges: [Edge]())
        }
        #expect(twice?.row == 2)
    }

    @Test func missingAndWrongColumns() throws {
        let nodes = ["1", "2"]
        let table = try Table([
            .numeric("from", [1, nil]), .numeric("to", [2, 1]), .numeric("w", [nil, 1]),
            .date("day", [nil, nil]), .text("why", ["a", nil]),
        ])
        func code(
            _ source: String, relation: String? = nil, weight: String? = nil
        ) -> FeatureError.Code? {
            let error = #expect(throws: FeatureError.self) {
                try AssociationNetwork(
                    nodes: nodes, edges: table, source: source, target: "to", relation: relation,
                    weight: weight)
            }
            return error?.code
        }
        #expect(code("from") == .missingValue)
        #expect(code("day") == .wrongKind)
        #expect(code("none") == .unknownColumn)
        #expect(code("to", weight: "w") == .missingValue)
        #expect(code("to", weight: "why") == .wrongKind)
        #expect(code("to", relation: "why") == .missingValue)
    }

    @Test func sharedAttributes() throws {
        let accounts = try Table([
            .text("account", ["a", "b", "c", "d", "a", "e"]),
            .categorical("phone", ["1", "1", "2", nil, "2", "3"]),
            .text("address", ["x", "x", "x", "x", nil, "x"]),
        ])
        let network = try AssociationNetwork(
            linking: "account", of: accounts, by: ["phone", "address"], groupLimit: 4)
        #expect(network.nodes == ["a", "b", "c", "d", "e"])
        #expect(network.relations == ["address", "phone"])
        // The address of five accounts is beyond the limit.
        #expect(network.leftOut.map(\.value) == ["x"])
        #expect(network.leftOut.map(\.accountCount) == [5])
        #expect(network.neighbours(of: 0).map(\.node) == [1, 2])
        #expect(network.edgeCount == 2)
        let all = try AssociationNetwork(
            linking: "account", of: accounts, by: ["address", "phone"], weight: .reciprocal)
        #expect(all.leftOut.isEmpty)
        #expect(all.neighbours(of: 0).map(\.weight) == [1.25, 1.25, 0.25, 0.25])
        let error = #expect(throws: FeatureError.self) {
            try AssociationNetwork(
                linking: "account", of: accounts, by: ["address"], groupLimit: 4,
                largeGroups: .refuse)
        }
        #expect(error?.code == .outOfRange)
        #expect(error?.column == "address")
        #expect(error?.value == "x")
        for attributes in [[], ["phone", "phone"]] {
            #expect(throws: FeatureError.self) {
                try AssociationNetwork(linking: "account", of: accounts, by: attributes)
            }
        }
        #expect(throws: FeatureError.self) {
            try AssociationNetwork(linking: "account", of: accounts, by: ["phone"], groupLimit: 1)
        }
    }

    /// The same person twice with the same phone is not linked to itself and counts once.
    @Test func repeatedRowsOfAnAccount() throws {
        let accounts = try Table([
            .text("account", ["a", "a", "b"]), .text("phone", ["1", "1", "1"]),
        ])
        let network = try AssociationNetwork(linking: "account", of: accounts, by: ["phone"])
        #expect(network.strengths == [1, 1])
    }

    @Test func columnsJoinedToATable() throws {
        let network = try AssociationNetwork(
            nodes: ["1", "2", "3"], edges: [Edge("1", "2", weight: 3)])
        let loans = try Table([
            .numeric("account", [2.0, 3, 2]), .numeric("amount", [5.0, 6, 7]),
        ])
        let joined = try network.joining(
            network.columns([.degree, .strength, .componentSize]), to: loans, account: "account")
        #expect(
            joined.columnNames == [
                "account", "amount", "network degree", "network strength",
                "network componentSize",
            ])
        #expect(try joined[column: "network strength"].numbers == [3, 0, 3])
        #expect(try joined[column: "network componentSize"].numbers == [2, 1, 2])
        #expect(try network.columns().count == NetworkFeature.allCases.count)
        let rates = try network.column(
            "bad neighbours", network.neighbourDefaultRates([true, false, nil]))
        #expect(rates.missingCount == 1)

        let others = try Table([.text("account", ["1", "x", nil])])
        let unknown = #expect(throws: FeatureError.self) {
            try network.joining([rates], to: others, account: "account")
        }
        #expect(unknown?.code == .missingValue)
        let named = #expect(throws: FeatureError.self) {
            try network.joining([rates], to: others[rows: [0, 1]], account: "account")
        }
        #expect(named?.code == .unknownNode)
        #expect(named?.row == 1)
        #expect(named?.value == "x")
        let missing = try network.joining(
            [rates], to: others, account: "account", unknown: .missing)
        #expect(try missing[column: "bad neighbours"].missingCount == 2)
        #expect(throws: FeatureError.self) {
            try network.joining([rates, rates], to: loans, account: "account")
        }
        #expect(throws: FeatureError.self) { try network.column("x", [1]) }
    }

    /// A network does not depend on the order in which its edges are given.
    @Test(arguments: propertySeeds(5)) func orderOfEdges(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let nodes = (0..<40).map { "n\($0)" }
        let edges = (0..<150).map { _ in
            Edge(
                nodes.randomElement(using: &generator) ?? "",
                nodes.randomElement(using: &generator) ?? "",
                relation: ["p", "q"].randomElement(using: &generator) ?? "",
                weight: Double(Int.random(in: 1...4, using: &generator)))
        }
        for directed in [false, true] {
            let network = try AssociationNetwork(
                nodes: nodes, edges: edges, directed: directed, selfEdges: .leaveOut)
            let shuffled = try AssociationNetwork(
                nodes: nodes, edges: edges.shuffled(using: &generator), directed: directed,
                selfEdges: .leaveOut)
            #expect(network == shuffled)
            let turned = try AssociationNetwork(
                nodes: nodes,
                edges: edges.map {
                    Edge($0.target, $0.source, relation: $0.relation, weight: $0.weight)
                },
                directed: directed, selfEdges: .leaveOut)
            #expect((network == turned) == !directed)
        }
    }
}
