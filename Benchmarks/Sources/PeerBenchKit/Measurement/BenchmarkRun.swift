// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A run over several ids under the name of one peer.
package struct BenchmarkRun: Sendable {
    /// The folder of input arrays.
    package var dataDirectory: String

    /// The name in the results.
    package var peer: String

    /// How many threads the work may use.
    package var threadCount: Int

    /// How often the work is repeated.
    package var plan: SamplingPlan

    package init(
        dataDirectory: String, peer: String, threadCount: Int, plan: SamplingPlan = SamplingPlan()
    ) {
        self.dataDirectory = dataDirectory
        self.peer = peer
        self.threadCount = threadCount
        self.plan = plan
    }

    /// Times one id; nil when it is not known here.
    ///
    /// - Precondition: `threadCount` is positive.
    /// - Throws: `BenchmarkError`, or what the work itself throws.
    package func result(for text: String) throws -> BenchmarkResult? {
        if let (benchmark, size) = featureBenchmark(text) {
            return try result(
                text, benchmark.workload(size: size, directory: dataDirectory))
        }
        guard let id = BenchmarkID(text),
            let benchmark = linearAlgebraBenchmarks.first(where: { $0.operation == id.operation })
        else { return nil }
        return switch id.elementType {
        case .f32: try result(id, benchmark, Float.self)
        case .f64: try result(id, benchmark, Double.self)
        }
    }

    private func result<Scalar: BenchmarkScalar>(
        _ id: BenchmarkID, _ benchmark: any Benchmark, _ type: Scalar.Type
    ) throws -> BenchmarkResult? {
        let data = BenchmarkData<Scalar>(directory: dataDirectory)
        guard let workload = try benchmark.workload(size: id.size, data: data) else { return nil }
        return try result(id.description, workload)
    }

    private func result(_ id: String, _ workload: Workload) throws -> BenchmarkResult {
        BLASRuntime.setThreadCount(threadCount)
        LoopThreads.limit = threadCount
        let placement = ThreadPlacement(threadCount: threadCount)
        defer { placement.release() }
        let before = try resetPeak()
        let (times, busyCores) = try plan.measure(workload.run, prepare: placement.pin)
        let peak = try memory("VmHWM") - before
        placement.release()
        return BenchmarkResult(
            id: id, peer: peer, threads: threadCount, times: times,
            busyCores: busyCores, quality: try workload.check(),
            peakMebibytes: peak / 1_048_576, blas: BLASRuntime.current.description)
    }
}
