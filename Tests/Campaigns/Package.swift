// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// What takes minutes even with an optimised build; `run.sh` builds and runs it.
let package = Package(
    name: "swift-credit-campaigns",
    dependencies: [.package(path: "../Consumers/swift-credit")],
    targets: [
        .executableTarget(
            name: "LedgerCampaign",
            dependencies: [
                .product(name: "Ledger", package: "swift-credit"),
                .product(name: "LedgerTestKit", package: "swift-credit"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
