// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let products = [
    "Behavioral", "FeatureEngineering", "Ledger", "LedgerTestKit", "Lending", "LinearAlgebra",
    "Metrics", "Models",
]

// One program per product; each imports only that product.
let package = Package(
    name: "swift-credit-consumers",
    dependencies: [.package(path: "../swift-credit")],
    targets: products.map {
        .executableTarget(
            name: "Use\($0)", dependencies: [.product(name: $0, package: "swift-credit")])
    },
    swiftLanguageModes: [.v6]
)
