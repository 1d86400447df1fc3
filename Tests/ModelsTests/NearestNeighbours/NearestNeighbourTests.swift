// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("KN1: nearest neighbours")
struct NearestNeighbourTests {
    /// Whole numbers, so that many distances are equal and many rows are repeated.
    static func grid(
        _ rows: Int, _ columns: Int, seed: UInt64, upTo top: Int = 3
    ) -> Matrix<Double> {
        var generator = TestGenerator(seed: seed)
        let elements = (0..<rows * columns).map { _ in
            Double(Int.random(in: 0...top, using: &generator))
        }
        return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }

    private static func distance(_ a: [Double], _ b: [Double], _ metric: NeighbourSearch.Metric)
        -> Double
    {
        let parts = zip(a, b).map { abs($0 - $1) }
        switch metric {
        case .manhattan: return parts.reduce(0, +)
        case .chebyshev: return parts.max() ?? 0
        case .minkowski(let p): return parts.reduce(0) { $0 + pow($1, p) }
        case .hamming: return Double(parts.count { $0 > 0 })
        default: return parts.reduce(0) { $0 + $1 * $1 }
        }
    }

    @Test(
        "trees, products and a sorted list find the same rows, of equal distances the first",
        arguments: [
            NeighbourSearch.Metric.euclidean, .manhattan, .chebyshev, .minkowski(p: 3), .hamming,
        ], propertySeeds(3))
    func algorithms(_ metric: NeighbourSearch.Metric, _ seed: UInt64) throws {
        let rows = Self.grid(150, 3, seed: seed)
        let queries = Self.grid(30, 3, seed: seed &+ 1, upTo: 5)
        for neighbourhood in [
            NeighbourSearch.Neighbourhood.count(1), .count(13), .count(150), .radius(1),
        ] {
            var answers: [[[NeighbourShare]]] = []
            for algorithm in [NeighbourSearch.Algorithm.bruteForce, .kdTree, .ballTree] {
                let model = try NearestNeighbourRegressor(
                    NeighbourSearch(
                        neighbourhood, metric: metric, weighting: .inverseDistance,
                        algorithm: algorithm, leafSize: 7)
                ).fit(features: rows, targets: (0..<150).map(Double.init))
                answers.append(try model.neighbours(queries))
            }
            #expect(answers[0] == answers[1])
            #expect(answers[0] == answers[2])
            guard case .count(let count) = neighbourhood else { continue }
            for query in 0..<30 {
                let keys = (0..<150).map {
                    Self.distance(queries.row(query).elements, rows.row($0).elements, metric)
                }
                let sorted = (0..<150).sorted { (keys[$0], $0) < (keys[$1], $1) }
                #expect(answers[0][query].map(\.row) == Array(sorted.prefix(count)))
            }
        }
    }

    @Test("products leave no doubt far from zero and among near rows", arguments: propertySeeds(3))
    func cancellation(_ seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let elements = (0..<2500 * 12).map { (index: Int) -> Double in
            let cluster = Double(index / 12 % 5) * 1e3
            return 1e6 + cluster + Double.random(in: 0...1e-3, using: &generator)
        }
        let rows = Matrix(rowCount: 2500, columnCount: 12, elements: elements)
        let queries = rows.gatheringRows(Array(stride(from: 0, to: 2500, by: 125)))
        let found = try [NeighbourSearch.Algorithm.bruteForce, .ballTree, .kdTree].map {
            try NearestNeighbourRegressor(NeighbourSearch(.count(10), algorithm: $0))
                .fit(features: rows, targets: Array(elements.prefix(2500))).neighbours(queries)
        }
        #expect(found[0] == found[1])
        #expect(found[0] == found[2])
        #expect(found[0].allSatisfy { $0[0].distance == 0 })
    }

    @Test("weights are repetitions, also in parts")
    func weights() throws {
        let features = Matrix<Double>(rows: [[0], [1], [2], [3], [9]])
        let model = try NearestNeighbourRegressor(NeighbourSearch(.count(3))).fit(
            features: features, targets: [0, 1, 2, 3, 9], weights: [2, 0, 0.25, 0.5, 4])
        let found = try model.neighbours(Matrix(rows: [[0]]))[0]
        // The row of weight 0 is not in memory.
        #expect(found.map(\.row) == [0, 1, 2, 3])
        let shares: [Double] = [8, 1, 2, 1].map { $0 / 12 }
        expectClose(found.map(\.share), shares, relative: 1e-15)
        expectClose(
            try model.predictions(Matrix(rows: [[0]])), [(0.5 + 1.5 + 2.25) / 3.0], relative: 1e-15)
    }

    @Test("rows at distance 0 count alone; without any within the radius all rows count")
    func extremes() throws {
        let recipe = NearestNeighbourClassifier(
            NeighbourSearch(.count(4), weighting: .inverseDistance))
        let features = Matrix<Double>(rows: [[0], [0], [1e-100], [4], [5], [6]])
        let labels = [true, false, true, false, true, true]
        let model = try recipe.fit(features: features, labels: labels)
        #expect(try model.probabilities(Matrix(rows: [[0]])) == [0.5])
        let near = try NearestNeighbourClassifier(NeighbourSearch(.radius(1))).fit(
            features: features, labels: labels, weights: [1, 1, 1, 1, 1, 3])
        expectClose(try near.probabilities(Matrix(rows: [[100]])), [6.0 / 8], relative: 1e-15)
        #expect(try near.neighbours(Matrix(rows: [[100]])) == [[]])
        let far = modelError { _ = try model.probabilities(Matrix(rows: [[0], [1e200]])) }
        #expect(far?.code == .nonFinite)
        #expect(far?.message.contains("row 1") == true)
        let wide = Matrix<Double>(rows: [[0, 1], [1, 3], [3, 2], [4, 9], [7, 1], [2, 2]])
        let whitened = try NearestNeighbourClassifier(
            NeighbourSearch(.count(2), metric: .mahalanobis)
        ).fit(features: wide, labels: labels)
        let overflow = modelError {
            _ = try whitened.probabilities(Matrix(rows: [[1.7e308, 1.7e308]]))
        }
        #expect(overflow?.code == .nonFinite)
    }

    @Test("many queries are answered in steps, each row as alone and by its own name")
    func steps() throws {
        let rows = Self.grid(40, 3, seed: 5)
        let labels = (0..<40).map { $0 % 3 == 0 }
        let model = try NearestNeighbourClassifier(NeighbourSearch(.count(3)))
            .fit(features: rows, labels: labels)
        var queries = Self.grid(4100, 3, seed: 6, upTo: 9)
        let together = try model.probabilities(queries)
        #expect(together.count == 4100)
        for row in [0, 2046, 2047, 2048, 2049, 4095, 4096, 4099] {
            #expect(together[row] == (try model.probabilities(queries[row..<row + 1, 0...]))[0])
        }
        #expect(Set(together).count == 4)
        queries[2050, 1] = 1e300
        let error = modelError { _ = try model.probabilities(queries) }
        #expect(error?.code == .nonFinite)
        #expect(error?.message.contains("row 2050:") == true)
    }

    @Test("what the data do not allow")
    func refusals() throws {
        let features = Matrix<Double>(rows: [[0, 0], [1, 2], [2, 4], [3, 6]])
        let labels = [true, false, true, false]
        func code(_ search: NeighbourSearch, window: Int? = nil) -> ModelError.Code? {
            modelError {
                _ = try NearestNeighbourClassifier(search, window: window)
                    .fit(features: features, labels: labels)
            }?.code
        }
        #expect(code(NeighbourSearch(.count(5))) == .invalidRecipe)
        #expect(code(NeighbourSearch(.count(1), metric: .mahalanobis)) == .rankDeficient)
        #expect(
            code(NeighbourSearch(.count(1), metric: .gower(nominal: ["y"]))) == .invalidRecipe)
        #expect(code(NeighbourSearch(.count(1)), window: 1) == .oneClass)
        let regressor = NearestNeighbourRegressor(NeighbourSearch(.count(2)))
        #expect(
            modelError { _ = try regressor.fit(features: features, targets: [1, 2]) }?.code
                == .invalidLabels)
        #expect(
            modelError { _ = try regressor.fit(features: features, targets: [1, 2, .nan, 3]) }?
                .message.contains("row 2") == true)
    }

    @Test("a regression survives its file and its JSON")
    func files() throws {
        let rows = Self.grid(50, 2, seed: 9)
        let recipe = NearestNeighbourRegressor(
            NeighbourSearch(
                .count(3), metric: .gower(nominal: ["x1"]), weighting: .gaussian(bandwidth: 0.2),
                algorithm: .ballTree), window: 40)
        let model = try recipe.fit(features: rows, targets: (0..<50).map(Double.init))
        #expect(model.rowCount == 40)
        let copy = try NearestNeighbourRegressorModel(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(try copy.predictions(rows) == model.predictions(rows))
        #expect(try NearestNeighbourRegressor(fileBytes: recipe.fileBytes) == recipe)
        let json = try JSONEncoder().encode([model])
        #expect(
            try JSONDecoder().decode([NearestNeighbourRegressorModel].self, from: json) == [model])
        let later = try model.updated(with: rows.gatheringRows([0, 1]), targets: [7, 8])
        let order = Array(12..<50) + [0, 1]
        let whole = try recipe.fit(
            features: rows.gatheringRows(order), targets: (12..<50).map(Double.init) + [7, 8])
        #expect(later == whole)
    }
}
