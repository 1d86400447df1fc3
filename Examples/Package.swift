// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A product of swift-credit.
func credit(_ product: String) -> Target.Dependency {
    .product(name: product, package: "swift-credit")
}

let package = Package(
    name: "swift-credit-examples",
    products: [
        .executable(name: "CreditNetwork", targets: ["CreditNetwork"]),
        .executable(name: "RiskLevels", targets: ["RiskLevels"]),
        .executable(name: "Scorecard", targets: ["Scorecard"]),
        .executable(name: "LenderStudy", targets: ["LenderStudy"]),
        .executable(name: "LedgerTool", targets: ["LedgerTool"]),
        .executable(name: "EventSequences", targets: ["EventSequences"]),
    ],
    dependencies: [
        .package(name: "swift-credit", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .target(
            name: "ReportKit",
            dependencies: [
                credit("Metrics"), .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [
                .embedInCode("Templates/report.css"), .embedInCode("Templates/report.mustache"),
                .embedInCode("Templates/table.mustache"),
            ],
            swiftSettings: settings),
        .target(
            name: "CreditNetworkKit",
            dependencies: [
                "ReportKit", credit("Behavioral"), credit("FeatureEngineering"), credit("Ledger"),
                credit("Lending"), credit("LinearAlgebra"), credit("Metrics"), credit("Models"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "CreditNetwork",
            dependencies: [
                "CreditNetworkKit", "ReportKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "RiskLevelsKit",
            dependencies: [
                "ReportKit", credit("FeatureEngineering"), credit("Lending"),
                credit("LinearAlgebra"), credit("Metrics"), credit("Models"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "RiskLevels",
            dependencies: [
                "ReportKit", "RiskLevelsKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "ScorecardKit",
            dependencies: [
                "ReportKit", credit("FeatureEngineering"), credit("Lending"), credit("Metrics"),
                credit("Models"), .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Scorecard",
            dependencies: [
                "ReportKit", "ScorecardKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "LenderStudyKit", dependencies: ["ReportKit", credit("Behavioral")],
            swiftSettings: settings),
        .executableTarget(
            name: "LenderStudy",
            dependencies: [
                "LenderStudyKit", "ReportKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "EventSequencesKit",
            dependencies: [
                "ReportKit", credit("FeatureEngineering"), credit("LinearAlgebra"),
                credit("Metrics"), credit("Models"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "EventSequences",
            dependencies: [
                "EventSequencesKit", "ReportKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "LedgerTool",
            dependencies: [
                credit("Ledger"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "_ExampleTestSupport", path: "Tests/_ExampleTestSupport",
            swiftSettings: settings),
        .testTarget(
            name: "EventSequencesKitTests",
            dependencies: [
                "_ExampleTestSupport", "EventSequences", "EventSequencesKit", "ReportKit",
                credit("FeatureEngineering"),
                credit("Metrics"), credit("Models"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LedgerToolTests",
            dependencies: ["_ExampleTestSupport", "LedgerTool", credit("Ledger")],
            swiftSettings: settings),
        .testTarget(
            name: "LenderStudyKitTests",
            dependencies: [
                "_ExampleTestSupport", "LenderStudy", "LenderStudyKit", credit("Behavioral"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ReportKitTests",
            dependencies: ["_ExampleTestSupport", "ReportKit", credit("Metrics")],
            swiftSettings: settings),
        .testTarget(
            name: "CreditNetworkKitTests",
            dependencies: [
                "_ExampleTestSupport", "CreditNetwork", "CreditNetworkKit", "ReportKit",
                credit("FeatureEngineering"), credit("Ledger"), credit("Lending"),
                credit("Models"),
            ],
            resources: [.copy("Golden")], swiftSettings: settings),
        .testTarget(
            name: "RiskLevelsKitTests",
            dependencies: [
                "_ExampleTestSupport", "ReportKit", "RiskLevels", "RiskLevelsKit",
                credit("FeatureEngineering"), credit("Lending"), credit("Metrics"),
                credit("Models"),
            ],
            resources: [.copy("Golden")], swiftSettings: settings),
        .testTarget(
            name: "ScorecardKitTests",
            dependencies: [
                "_ExampleTestSupport", "ReportKit", "Scorecard", "ScorecardKit",
                credit("FeatureEngineering"), credit("Metrics"), credit("Models"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
