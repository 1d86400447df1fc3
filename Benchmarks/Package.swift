// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let features: Target.Dependency = .product(name: "FeatureEngineering", package: "swift-credit")
let linearAlgebra: Target.Dependency = .product(name: "LinearAlgebra", package: "swift-credit")

let package = Package(
    name: "swift-credit-benchmarks",
    products: [
        .executable(name: "PeerBench", targets: ["PeerBench"])
    ],
    dependencies: [
        .package(name: "swift-credit", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .target(name: "CPeerBenchThreads"),
        .target(
            name: "PeerBenchKit", dependencies: ["CPeerBenchThreads", features, linearAlgebra],
            swiftSettings: settings),
        .executableTarget(
            name: "PeerBench",
            dependencies: [
                "PeerBenchKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PeerBenchKitTests", dependencies: ["PeerBenchKit", linearAlgebra],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
