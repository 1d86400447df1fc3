// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Work on tables, texts, networks, scorecards or measures that is timed here and in
/// a peer, such as `text.tfidf`.
package protocol FeatureBenchmark: Sendable {
    /// All of an id but its size: `text.tfidf` in `text.tfidf.20k`.
    var name: String { get }

    /// The sizes that are published, as they are written in the ids.
    var sizes: [String] { get }

    /// A size that runs within a second, for tests.
    var smallSize: String { get }

    /// Reads the input of `size` from `directory`.
    ///
    /// - Throws: ``BenchmarkError/Code/data`` when the input cannot be read.
    func workload(size: String, directory: String) throws -> Workload
}

/// Every benchmark of feature engineering, in the order in which it is published.
package let featureBenchmarks: [any FeatureBenchmark] =
    ([
        tables, MetricBenchmark.Kind.allCases.map { MetricBenchmark(kind: $0) }, models,
        ForestBenchmark.Kind.allCases.map { ForestBenchmark(kind: $0) }, forestScores,
        BoostingBenchmark.Peer.allCases.map { BoostingBenchmark(peer: $0) }, ledger,
        [PerceptronBenchmark()], SequenceBenchmark.all, beliefNetworks,
    ] as [[any FeatureBenchmark]]).flatMap { $0 }

private let tables: [any FeatureBenchmark] = [
    CSVBenchmark(), TextBenchmark(method: .tfidf), TextBenchmark(method: .hashing),
    PageRankBenchmark(), ScorecardBenchmark(), ScorecardRowBenchmark(), PipelineRowBenchmark(),
]

private let models: [any FeatureBenchmark] = [
    ShareBenchmark(), LogisticBenchmark(), LogisticRowBenchmark(), NaiveBayesBenchmark(),
    NeighbourBenchmark(), SupportVectorBenchmark(), LinearSupportVectorBenchmark(),
]

private let forestScores: [any FeatureBenchmark] = [
    ForestScoreBenchmark(isSingle: false), ForestScoreBenchmark(isSingle: true),
]

private let ledger: [any FeatureBenchmark] = [MerkleBenchmark(), AppendBenchmark()]

private let beliefNetworks: [any FeatureBenchmark] = [BoltzmannBenchmark(), DeepBeliefBenchmark()]

/// The benchmark and size of an id such as `text.tfidf.20k`.
func featureBenchmark(_ id: String) -> (benchmark: any FeatureBenchmark, size: String)? {
    for benchmark in featureBenchmarks {
        for size in benchmark.sizes + [benchmark.smallSize]
        where id == "\(benchmark.name).\(size)" {
            return (benchmark, size)
        }
    }
    return nil
}

/// The number that a size such as `20k`, `1m` or `1e6` stands for.
func itemCount(_ size: String) -> Int {
    Int(Double(size.replacing("k", with: "e3").replacing("m", with: "e6")) ?? 0)
}

/// All bytes of a file.
///
/// - Throws: ``BenchmarkError/Code/data``.
func bytes(ofFile path: String) throws(BenchmarkError) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
        throw BenchmarkError(code: .data, message: "cannot open \(path)")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}
