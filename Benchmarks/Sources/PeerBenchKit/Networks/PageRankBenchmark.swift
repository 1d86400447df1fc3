// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// `network.pagerank`: ranks in a directed network of n edges between n / 5 + 1 nodes, which is
/// built before.
struct PageRankBenchmark: FeatureBenchmark {
    let name = "network.pagerank"
    let sizes = ["1m"]
    let smallSize = "2k"

    func workload(size: String, directory: String) throws -> Workload {
        let path = "\(directory)/network_\(size).bin"
        let raw = try bytes(ofFile: path)
        guard raw.count == 8 * itemCount(size) else {
            throw BenchmarkError(
                code: .data, message: "\(path) has \(raw.count) bytes, not \(8 * itemCount(size))")
        }
        let ends = raw.withUnsafeBytes { raw in
            stride(from: 0, to: raw.count, by: 4).map {
                Double(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: Int32.self)))
            }
        }
        let nodeCount = itemCount(size) / 5 + 1
        let edges = try Table([
            .numeric("from", stride(from: 0, to: ends.count, by: 2).map { ends[$0] }),
            .numeric("to", stride(from: 1, to: ends.count, by: 2).map { ends[$0] }),
        ])
        let network = try AssociationNetwork(
            nodes: (0..<nodeCount).map { "\($0)" }, edges: edges, source: "from", target: "to",
            directed: true, duplicates: .first)
        var ranks: [Double] = []
        return Workload {
            ranks = try network.pageRanks()
        } check: {
            // The defining equation, edge by edge, within what the tolerance leaves.
            let out = network.outDegrees
            var expected = [Double](repeating: 0, count: nodeCount)
            var lost = 0.0
            for node in 0..<nodeCount {
                if out[node] == 0 { lost += ranks[node] }
                for neighbour in network.neighbours(of: node) {
                    expected[neighbour.node] += ranks[node] / Double(out[node])
                }
            }
            let shared = 0.85 * lost / Double(nodeCount) + 0.15 / Double(nodeCount)
            expected = expected.map { 0.85 * $0 + shared }
            let change = zip(ranks, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
            _ = try requireAgreement(
                name, [ranks.reduce(0, +), change], [1, 0], limit: Double(nodeCount) * 1e-6
            ) { _ in 1 }
            return ["change": change, "largest": ranks.max() ?? 0, "first": ranks[0]]
        }
    }
}
