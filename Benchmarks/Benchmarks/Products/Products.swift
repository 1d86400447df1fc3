// SPDX-License-Identifier: Apache-2.0

internal import BenchmarkSuites

let benchmarks: @Sendable () -> Void = {
    registerBenchmarks(of: ["gemm", "gemv", "dot", "axpy", "batchgemm"])
}
