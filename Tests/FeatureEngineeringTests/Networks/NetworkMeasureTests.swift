// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

private typealias Edge = AssociationNetwork.Edge

/// A random network and its weights as a dense matrix.
private struct DenseNetwork {
    let network: AssociationNetwork
    let weights: [[Double]]

    init(seed: UInt64, nodes count: Int, edges edgeCount: Int, directed: Bool = false) throws {
        var generator = TestGenerator(seed: seed)
        var weights = [[Double]](
            repeating: [Double](repeating: 0, count: count), count: count)
        var edges: [Edge] = []
        for _ in 0..<edgeCount {
            let (a, b) = (
                Int.random(in: 0..<count, using: &generator),
                Int.random(in: 0..<count, using: &generator)
            )
            guard a != b else { continue }
            let weight = Double(Int.random(in: 1...5, using: &generator))
            edges.append(Edge("\(a)", "\(b)", weight: weight))
            weights[a][b] += weight
            if !directed { weights[b][a] += weight }
        }
        network = try AssociationNetwork(
            nodes: (0..<count).map { "\($0)" }, edges: edges, directed: directed)
        self.weights = weights
    }
}

@Suite("GR1: measures equal their definitions") struct NetworkMeasureTests {
    /// The fixed point is checked in its defining equation, dangling nodes included.
    @Test(arguments: propertySeeds(6)) func pageRankIsAFixedPoint(seed: UInt64) throws {
        let dense = try DenseNetwork(seed: seed, nodes: 25, edges: 45, directed: true)
        let ranks = try dense.network.pageRanks(PageRank(tolerance: 1e-16, iterationLimit: 2000))
        expectClose(ranks.reduce(0, +), 1, absolute: 1e-12)
        let out = dense.weights.map { $0.reduce(0, +) }
        let lost = zip(ranks, out).reduce(0) { $0 + ($1.1 == 0 ? $1.0 : 0) }
        for node in 0..<25 {
            var sum = lost / 25
            for source in 0..<25 where out[source] > 0 {
                sum += ranks[source] * dense.weights[source][node] / out[source]
            }
            expectClose(ranks[node], 0.85 * sum + 0.15 / 25, absolute: 1e-13)
        }
    }

    @Test(arguments: propertySeeds(6)) func coreNumbersByPeeling(seed: UInt64) throws {
        let dense = try DenseNetwork(seed: seed, nodes: 30, edges: 80)
        var core = [Int](repeating: 0, count: 30)
        for k in 1..<30 {
            var alive = Set(0..<30)
            while true {
                let weak = alive.filter { node in
                    alive.count { dense.weights[node][$0] > 0 } < k
                }
                if weak.isEmpty { break }
                alive.subtract(weak)
            }
            for node in alive { core[node] = k }
        }
        #expect(dense.network.coreNumbers() == core)
    }

    @Test(arguments: propertySeeds(6)) func componentsByReachability(seed: UInt64) throws {
        let dense = try DenseNetwork(seed: seed, nodes: 20, edges: 24, directed: true)
        var reaches = (0..<20).map { a in (0..<20).map { a == $0 || dense.weights[a][$0] > 0 } }
        for middle in 0..<20 {
            for a in 0..<20 where reaches[a][middle] {
                for b in 0..<20 where reaches[middle][b] { reaches[a][b] = true }
            }
        }
        let strong = dense.network.strongComponents()
        for a in 0..<20 {
            for b in 0..<20 {
                #expect(
                    (strong.numbers[a] == strong.numbers[b]) == (reaches[a][b] && reaches[b][a]))
            }
        }
        #expect(strong.sizes.reduce(0, +) == 20)
        #expect(strong.sizeOfNode[0] == strong.sizes[0])
        let weak = dense.network.components()
        #expect(weak.numbers[0] == 0)
        for a in 0..<20 {
            for b in 0..<20 where reaches[a][b] {
                #expect(weak.numbers[a] == weak.numbers[b])
            }
        }
    }

    @Test func emptyAndLonely() throws {
        let empty = try AssociationNetwork(nodes: [], edges: [Edge]())
        #expect(try empty.pageRanks().isEmpty)
        #expect(empty.coreNumbers().isEmpty)
        #expect(empty.averageClustering() == 0)
        #expect(empty.components().count == 0)
        #expect(try empty.communities(seed: 1).count == 0)
        let lonely = try AssociationNetwork(nodes: ["a", "b"], edges: [Edge]())
        #expect(try lonely.pageRanks() == [0.5, 0.5])
        #expect(lonely.coreNumbers() == [0, 0])
        #expect(lonely.clustering() == [0, 0])
        #expect(lonely.strongComponents().sizes == [1, 1])
    }

    @Test func refusalsOfPageRank() throws {
        let network = try AssociationNetwork(nodes: ["a", "b"], edges: [Edge("a", "b")])
        func code(_ recipe: PageRank, _ personal: [Double]? = nil) -> FeatureError.Code? {
            let error = #expect(throws: FeatureError.self) {
                try network.pageRanks(recipe, personalisation: personal)
            }
            return error?.code
        }
        #expect(code(PageRank(damping: 1)) == .invalidParameter)
        #expect(code(PageRank(damping: .nan)) == .invalidParameter)
        #expect(code(PageRank(tolerance: 0)) == .invalidParameter)
        #expect(code(PageRank(iterationLimit: 0)) == .invalidParameter)
        #expect(code(PageRank(), [1]) == .unequalLengths)
        #expect(code(PageRank(), [1, -1]) == .outOfRange)
        #expect(code(PageRank(), [0, 0]) == .outOfRange)
        #expect(code(PageRank(tolerance: 1e-300, iterationLimit: 2), [1, 0]) == .notConverged)
    }

    @Test func cancelled() async throws {
        let network = try AssociationNetwork(nodes: ["a", "b"], edges: [Edge("a", "b")])
        let codes = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return [
                #expect(throws: FeatureError.self) { try network.pageRanks() },
                #expect(throws: FeatureError.self) { try network.communities(seed: 1) },
                #expect(throws: FeatureError.self) {
                    try network.propagatedDefaultRates([true, false], LabelPropagation(seed: 1))
                },
            ].map { $0?.code }
        }.value
        #expect(codes == [.cancelled, .cancelled, .cancelled])
    }

    @Test func observersSeeAndStop() throws {
        let network = try AssociationNetwork(
            nodes: ["a", "b", "c"], edges: [Edge("a", "b"), Edge("b", "c")])
        var changes: [Double] = []
        _ = try network.pageRanks { changes.append($0.objective ?? .nan) }
        #expect(changes.count > 3)
        #expect(zip(changes, changes.dropFirst()).allSatisfy { $0 > $1 })
        var folds: [Int] = []
        _ = try network.propagatedDefaultRates([true, nil, false], LabelPropagation(seed: 1)) {
            folds.append($0.step)
            #expect($0.stepLimit == 2)
        }
        #expect(folds == [1, 2])
        let error = #expect(throws: FeatureError.self) {
            try network.communities(seed: 1) { $0.stop() }
        }
        #expect(error?.code == .cancelled)
    }

    /// Two cliques joined by one edge are two communities.
    @Test(arguments: propertySeeds(5)) func communities(seed: UInt64) throws {
        var edges = [Edge("0", "9")]
        for group in [0..<5, 5..<10] {
            for a in group { for b in group where a < b { edges.append(Edge("\(a)", "\(b)")) } }
        }
        let network = try AssociationNetwork(nodes: (0..<10).map { "\($0)" }, edges: edges)
        let found = try network.communities(seed: seed)
        #expect(found.numbers == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])

        let dense = try DenseNetwork(seed: seed, nodes: 60, edges: 150)
        let labels = try dense.network.communities(seed: 5)
        #expect(try dense.network.communities(seed: 5) == labels)
        for node in 0..<60 {
            var sums: [Int: Double] = [:]
            for other in 0..<60 where dense.weights[node][other] > 0 {
                sums[labels.numbers[other], default: 0] += dense.weights[node][other]
            }
            #expect(sums[labels.numbers[node]] == sums.values.max())
        }
        #expect(throws: FeatureError.self) {
            try dense.network.communities(seed: 5, sweepLimit: 0)
        }
    }
}
