// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift module of this package; `isProduct` makes it importable by other packages.
struct Module {
    var name: String
    var dependencies: [Target.Dependency]
    var isProduct = true
    var goldenTests = false
}

let real: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

let modules: [Module] = [
    Module(
        name: "LinearAlgebra",
        dependencies: ["CCreditBLAS", "CCreditLAPACKE", "CCreditZlib", "CCreditKernels", real],
        goldenTests: true),
    Module(
        name: "FeatureEngineering",
        dependencies: ["LinearAlgebra", "CreditCanonicalBytes", "CreditSpecialFunctions"],
        goldenTests: true),
    Module(
        name: "Models",
        dependencies: [
            "FeatureEngineering", "LinearAlgebra", "Metrics", "CCreditKernels",
            "CreditCanonicalBytes", "CreditSpecialFunctions",
        ],
        goldenTests: true),
    Module(
        name: "Metrics", dependencies: ["CCreditKernels", "CreditSpecialFunctions", real],
        goldenTests: true),
    Module(
        name: "Behavioral", dependencies: ["CCreditKernels", "CreditSpecialFunctions", real],
        goldenTests: true),
    Module(
        name: "Ledger",
        dependencies: [
            "CreditCanonicalBytes", crypto, cryptoExtras,
            .product(name: "GRDB", package: "GRDB.swift"),
        ],
        goldenTests: true),
    Module(name: "LedgerTestKit", dependencies: ["CreditCanonicalBytes", "Ledger"]),
    Module(
        name: "Lending",
        dependencies: [
            "Behavioral", "FeatureEngineering", "Ledger", "LinearAlgebra", "Metrics", "Models",
            "CreditCanonicalBytes",
        ],
        goldenTests: true),
    Module(name: "CreditCanonicalBytes", dependencies: [crypto], isProduct: false),
    Module(
        name: "CreditSpecialFunctions", dependencies: [real], isProduct: false, goldenTests: true),
]

let package = Package(
    name: "swift-credit",
    products: modules.filter(\.isProduct).map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCreditBLAS", pkgConfig: "blas", providers: [.apt(["libblas-dev"])]),
        .systemLibrary(
            name: "CCreditLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(
            name: "CCreditZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CCreditKernels"),
        .target(name: "_CreditTestSupport", path: "Tests/_CreditTestSupport"),
    ]
        + modules.map {
            .target(name: $0.name, dependencies: $0.dependencies, swiftSettings: settings)
        }
        + modules.map {
            .testTarget(
                name: "\($0.name)Tests",
                dependencies: [.init(stringLiteral: $0.name), "_CreditTestSupport"]
                    + $0.dependencies,
                resources: $0.goldenTests ? [.copy("Golden")] : nil,
                swiftSettings: settings)
        },
    swiftLanguageModes: [.v6]
)
