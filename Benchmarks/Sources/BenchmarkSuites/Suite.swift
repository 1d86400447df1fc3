// SPDX-License-Identifier: Apache-2.0

internal import Benchmark
internal import PeerBenchKit

internal import class Benchmark.Benchmark

/// Registers PeerBench's work of these operations in every published size, on seeded arrays.
///
/// Every result is checked when its times have been taken.
package func registerBenchmarks(of operations: [String]) {
    for id in publishedIDs where operations.contains(id.operation) {
        switch id.elementType {
        case .f32: register(id, Float.self)
        case .f64: register(id, Double.self)
        }
    }
}

private func register<Scalar: BenchmarkScalar>(_ id: BenchmarkID, _ type: Scalar.Type) {
    let prepared = Prepared<Workload>()
    Benchmark(
        "\(id.operation).\(id.elementType.rawValue).\(id.size)",
        configuration: configuration
    ) { benchmark in
        for _ in benchmark.scaledIterations { try prepared.value?.run() }
    } setup: {
        prepared.value = try linearAlgebraBenchmarks.first { $0.operation == id.operation }?
            .workload(size: id.size, data: BenchmarkData<Scalar>())
    } teardown: {
        _ = try prepared.value?.check()
        prepared.value = nil
    }
}

/// Registers both sides of every pair of ``overheadPairs``.
package func registerOverheadBenchmarks() {
    for pair in overheadPairs {
        let prepared = Prepared<OverheadPair.Work>()
        for (side, isOurs) in [("ours", true), ("plain", false)] {
            Benchmark(
                "\(pair.id) \(side)", configuration: configuration
            ) { benchmark in
                guard let work = prepared.value else { return }
                for _ in benchmark.scaledIterations { isOurs ? work.ours() : work.plain() }
            } setup: {
                prepared.value = pair.prepare()
            } teardown: {
                prepared.value = nil
            }
        }
    }
}

private var configuration: Benchmark.Configuration {
    Benchmark.Configuration(
        metrics: [.wallClock, .cpuTotal, .instructions, .peakMemoryResident], warmupIterations: 2,
        maxDuration: .seconds(1))
}

/// Work that exists only while its benchmark runs.
private final class Prepared<Value> {
    var value: Value?
}
