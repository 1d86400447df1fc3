// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let behavioral: Target.Dependency = .product(name: "Behavioral", package: "swift-credit")
let features: Target.Dependency = .product(name: "FeatureEngineering", package: "swift-credit")
let ledger: Target.Dependency = .product(name: "Ledger", package: "swift-credit")
let ledgerTestKit: Target.Dependency = .product(name: "LedgerTestKit", package: "swift-credit")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-credit")
let models: Target.Dependency = .product(name: "Models", package: "swift-credit")
let linearAlgebra: Target.Dependency = .product(name: "LinearAlgebra", package: "swift-credit")
let benchmark: Target.Dependency = .product(name: "Benchmark", package: "benchmark")

/// The suites of `swift package benchmark`, one executable each.
let suites = ["Products", "Elementwise", "Reductions", "Factorisations", "Overhead"]

let package = Package(
    name: "swift-credit-benchmarks",
    products: [
        .executable(name: "PeerBench", targets: ["PeerBench"])
    ],
    dependencies: [
        .package(name: "swift-credit", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Without its traits: they count allocations, and slow them down.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
    ],
    targets: [
        .systemLibrary(
            name: "CPeerBenchBLAS", pkgConfig: "blas", providers: [.apt(["libblas-dev"])]),
        .target(name: "CPeerBenchThreads"),
        .target(
            name: "PeerBenchKit",
            dependencies: [
                "CPeerBenchBLAS", "CPeerBenchThreads", behavioral, features, ledger,
                ledgerTestKit, linearAlgebra, metrics, models,
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "PeerBench",
            dependencies: [
                "PeerBenchKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "BenchmarkSuites", dependencies: ["PeerBenchKit", benchmark],
            swiftSettings: settings),
        .testTarget(
            name: "PeerBenchKitTests", dependencies: ["PeerBenchKit", linearAlgebra],
            swiftSettings: settings),
    ]
        + suites.map {
            .executableTarget(
                name: "\($0)Suite", dependencies: ["BenchmarkSuites", benchmark],
                path: "Benchmarks/\($0)", swiftSettings: settings,
                plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
        },
    swiftLanguageModes: [.v6]
)
