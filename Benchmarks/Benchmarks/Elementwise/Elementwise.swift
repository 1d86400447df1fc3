// SPDX-License-Identifier: Apache-2.0

internal import BenchmarkSuites

let benchmarks: @Sendable () -> Void = {
    registerBenchmarks(of: ["exp", "sigmoid", "tanh", "axpby", "bcast_add", "transpose"])
}
