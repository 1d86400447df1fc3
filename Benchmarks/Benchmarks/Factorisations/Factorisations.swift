// SPDX-License-Identifier: Apache-2.0

internal import BenchmarkSuites

let benchmarks: @Sendable () -> Void = {
    registerBenchmarks(of: ["lu_solve", "cholesky", "qr", "svd", "eigh"])
}
