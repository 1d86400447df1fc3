// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("KN1: nearest neighbours against scikit-learn and numpy")
struct NeighbourGoldenTests {
    struct Golden: Decodable {
        struct Near: Decodable {
            var rows: [Int]
            var distances: [Double]
        }
        var features, queries, kinds, kindQueries: [[Double]]
        var labels: [Int]
        var targets: [Double]
        var metrics, weightings: [String: [[Double]]]
        var radius: [[Double]]
        var regression, radiusRegression: [Double]
        var gower: [Near]
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "nearest_neighbours", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private func probabilities(_ search: NeighbourSearch) throws -> [Double] {
        let model = try NearestNeighbourClassifier(search).fit(
            ClassificationData(
                features: Matrix(rows: golden.features),
                labels: ClassLabels(codes: golden.labels, classes: ["a", "b", "c"])))
        return try model.classProbabilities(Matrix(rows: golden.queries)).elements
    }

    @Test("every metric", arguments: NeighbourSearch.Algorithm.allCases)
    func metrics(_ algorithm: NeighbourSearch.Algorithm) throws {
        for (name, metric) in [
            ("euclidean", NeighbourSearch.Metric.euclidean), ("manhattan", .manhattan),
            ("chebyshev", .chebyshev), ("minkowski", .minkowski(p: 3.5)),
            ("mahalanobis", .mahalanobis),
        ] {
            let expected = try #require(golden.metrics[name])
            let search = NeighbourSearch(
                .count(7), metric: metric, weighting: .inverseDistance, algorithm: algorithm,
                leafSize: 4)
            expectClose(
                try probabilities(search), expected.flatMap { $0 }, relative: 1e-10, name)
        }
    }

    @Test("every weighting")
    func weightings() throws {
        for (name, weighting) in [
            ("uniform", NeighbourSearch.Weighting.uniform), ("inverseDistance", .inverseDistance),
            ("shifted", .shiftedInverseDistance(constant: 0.25)), ("oneMinus", .oneMinusDistance),
            ("gaussian", .gaussian(bandwidth: 0.8)),
        ] {
            let expected = try #require(golden.weightings[name]).flatMap { $0 }
            expectClose(
                try probabilities(NeighbourSearch(.count(9), weighting: weighting)), expected,
                relative: 1e-10, name)
        }
    }

    @Test("radius and regression", arguments: NeighbourSearch.Algorithm.allCases)
    func radiusAndRegression(_ algorithm: NeighbourSearch.Algorithm) throws {
        let radius = NeighbourSearch(
            .radius(2.5), weighting: .inverseDistance, algorithm: algorithm, leafSize: 3)
        expectClose(
            try probabilities(radius), golden.radius.flatMap { $0 }, relative: 1e-10)
        for (search, expected) in [
            (
                NeighbourSearch(.count(6), weighting: .inverseDistance, algorithm: algorithm),
                golden.regression
            ),
            (NeighbourSearch(.radius(2.5), algorithm: algorithm), golden.radiusRegression),
        ] {
            let model = try NearestNeighbourRegressor(search).fit(
                features: Matrix(rows: golden.features), targets: golden.targets)
            expectClose(
                try model.predictions(Matrix(rows: golden.queries)), expected, relative: 1e-10)
        }
    }

    @Test("Gower's distance of numbers and kinds", arguments: NeighbourSearch.Algorithm.allCases)
    func gower(_ algorithm: NeighbourSearch.Algorithm) throws {
        let model = try NearestNeighbourRegressor(
            NeighbourSearch(
                .count(6), metric: .gower(nominal: ["x3"]), algorithm: algorithm, leafSize: 5)
        ).fit(features: Matrix(rows: golden.kinds), targets: golden.targets)
        let found = try model.neighbours(Matrix(rows: golden.kindQueries))
        for (neighbours, expected) in zip(found, golden.gower) {
            #expect(neighbours.map(\.row) == expected.rows)
            expectClose(neighbours.map(\.distance), expected.distances, relative: 1e-12)
        }
    }

    @Test("the German fits of scikit-learn", .enabled(if: SharedData.isAvailable))
    func german() throws {
        struct Fit: Decodable {
            var proba_first10: [Double]
        }
        struct Fits: Decodable {
            var knn5, knn15_dist, knn15_manhattan: Fit
        }
        let fits: Fits = try SharedData.json("golden/models_german_parity.json")
        let german = try GermanNumeric()
        let training = (0..<1000).filter { $0 % 5 != 0 }
        let features = german.standardised
        for (search, fit) in [
            (NeighbourSearch(.count(5)), fits.knn5),
            (NeighbourSearch(.count(15), weighting: .inverseDistance), fits.knn15_dist),
            (NeighbourSearch(.count(15), metric: .manhattan), fits.knn15_manhattan),
        ] {
            let model = try NearestNeighbourClassifier(search).fit(
                features: features.gatheringRows(training),
                labels: training.map { german.isBad[$0] })
            expectClose(
                try model.probabilities(features.gatheringRows((0..<10).map { $0 * 5 })),
                fit.proba_first10, relative: 1e-9, absolute: 1e-12)
        }
    }
}
