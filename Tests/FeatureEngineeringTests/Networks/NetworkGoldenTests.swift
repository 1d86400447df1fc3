// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

private struct GoldenNetwork: Decodable {
    let nodes: Int
    let directed: Bool
    let edges: [[Double]]
    let personalisation: [Double]
    let degree, strength: [Double]
    let pageRank, pageRankPlain, pageRankPersonal, pageRankLoose: [Double]
    let inDegree: [Double]?
    let components: [Int]
    let strong: [Int]?
    let triangles, clustering, clusteringWeighted, core: [Double]
    let averageClustering, averageClusteringWeighted: Double

    func network() throws -> AssociationNetwork {
        try AssociationNetwork(
            nodes: (0..<nodes).map { "n\($0)" },
            edges: edges.map {
                AssociationNetwork.Edge("n\(Int($0[0]))", "n\(Int($0[1]))", weight: $0[2])
            }, directed: directed, duplicates: .refuse)
    }
}

private struct GoldenPropagation: Decodable {
    let labels: [Bool?]
    let shrinkage: Double
    let free: [Int]
    let values: [Double]
}

private struct GoldenNetworks: Decodable {
    let networks: [GoldenNetwork]
    let propagation: [GoldenPropagation]
}

@Suite("GR1: measures equal networkx's") struct NetworkGoldenTests {
    private let file: GoldenNetworks

    init() throws { file = try golden("networks") }

    @Test func measures() throws {
        #expect(file.networks.map(\.directed) == [false, true])
        for golden in file.networks {
            let network = try golden.network()
            #expect(network.edgeCount == golden.edges.count)
            #expect(network.degrees.map(Double.init) == golden.degree)
            if let inDegree = golden.inDegree {
                #expect(network.inDegrees.map(Double.init) == inDegree)
            }
            expectClose(network.strengths, golden.strength, relative: 1e-14)
            #expect(network.components().numbers == golden.components)
            #expect(network.strongComponents().numbers == golden.strong ?? golden.components)
            #expect(network.triangles().map(Double.init) == golden.triangles)
            expectClose(network.clustering(), golden.clustering, relative: 1e-12)
            expectClose(
                network.clustering(weighted: true), golden.clusteringWeighted, relative: 1e-12)
            expectClose(network.averageClustering(), golden.averageClustering, relative: 1e-12)
            expectClose(
                network.averageClustering(weighted: true), golden.averageClusteringWeighted,
                relative: 1e-12)
            #expect(network.coreNumbers().map(Double.init) == golden.core)
        }
    }

    @Test func pageRanks() throws {
        for golden in file.networks {
            let network = try golden.network()
            let exact = PageRank(tolerance: 1e-15, iterationLimit: 1000)
            expectClose(
                try network.pageRanks(exact), golden.pageRank, relative: 1e-10, "default")
            expectClose(
                try network.pageRanks(
                    PageRank(
                        damping: 0.6, weighted: false, tolerance: 1e-15, iterationLimit: 1000)),
                golden.pageRankPlain, relative: 1e-10, "unweighted")
            expectClose(
                try network.pageRanks(exact, personalisation: golden.personalisation),
                golden.pageRankPersonal, relative: 1e-10, absolute: 1e-14, "personal")
            // The same rule ends the iteration, so even loose ranks are equal.
            expectClose(
                try network.pageRanks(), golden.pageRankLoose, relative: 1e-10, "loose")
        }
    }

    @Test func labelPropagation() throws {
        let network = try file.networks[0].network()
        for golden in file.propagation {
            let rates = try network.propagatedDefaultRates(
                golden.labels,
                LabelPropagation(shrinkage: golden.shrinkage, tolerance: 1e-15, seed: 1))
            expectClose(golden.free.map { rates[$0] }, golden.values, relative: 1e-10)
        }
    }
}
