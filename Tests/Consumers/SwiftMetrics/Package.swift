// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// swift-metrics has a module named Metrics too; the alias renames ours.
let package = Package(
    name: "swift-metrics-consumer",
    dependencies: [
        .package(path: "../swift-credit"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "UseBothMetrics",
            dependencies: [
                .product(
                    name: "Metrics", package: "swift-credit",
                    moduleAliases: ["Metrics": "CreditMetrics"]),
                .product(name: "Metrics", package: "swift-metrics"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
