// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Logistic regression: data without a maximum of the likelihood")
struct LogisticRefusalTests {
    private let likelihood = LogisticRegression(penalty: .none)

    private func error(
        _ rows: [[Double]], _ labels: [Bool], weights: [Double]? = nil
    ) -> ModelError? {
        modelError {
            _ = try likelihood.fit(features: Matrix(rows: rows), labels: labels, weights: weights)
        }
    }

    @Test("complete separation names the feature; a penalty makes the fit possible")
    func completeSeparation() throws {
        let rows = [[1.0, 5], [2, 1], [3, 4], [4, 2], [5, 6], [6, 3]]
        let labels = [false, false, false, true, true, true]
        let error = error(rows, labels)
        #expect(error?.code == .separation)
        #expect(error?.message.contains("completely by x0") == true)
        let model = try LogisticRegression().fit(features: Matrix(rows: rows), labels: labels)
        #expect(model.coefficients.allSatisfy { abs($0) < 5 })
        #expect(try model.predictedClasses(Matrix(rows: rows)) == labels.map { "\($0)" })
    }

    @Test("quasi-complete separation: a trait that nobody with a good loan has")
    func quasiSeparation() throws {
        var rows: [[Double]] = []
        var labels: [Bool] = []
        for row in 0..<40 {
            let isBad = row.isMultiple(of: 3)
            rows.append([Double(row % 7), isBad && row < 9 ? 1 : 0])
            labels.append(isBad)
        }
        let error = error(rows, labels)
        #expect(error?.code == .separation)
        #expect(error?.message.contains("up to rows on the boundary by x1") == true)
        // A loose tolerance is met long before the log-odds stop growing.
        let loose = modelError {
            _ = try LogisticRegression(penalty: .none, gradientTolerance: 1e-2)
                .fit(features: Matrix(rows: rows), labels: labels)
        }
        #expect(loose?.code == .separation)
        // One good loan with the trait, of however little weight, brings the maximum back.
        let model = try likelihood.fit(
            features: Matrix(rows: rows + [[3, 1]]), labels: labels + [false],
            weights: [Double](repeating: 1, count: 40) + [0.001])
        #expect(model.coefficients[1] > 5)
        #expect(
            self.error(
                rows + [[3, 1]], labels + [false],
                weights: [Double](
                    repeating: 1, count: 40) + [0])?.code == .separation)
    }

    @Test("separation of overlapping classes is never reported", arguments: propertySeeds(20))
    func noFalseAlarm(seed: UInt64) throws {
        var sample = LogisticSample(rows: 40, columns: 3, seed: seed)
        // Rows of both classes at the same place make a separating plane impossible only together
        // with rows around them; a copy of every row with the other class makes it so for sure.
        sample.features = sample.features.gatheringRows((0..<40).flatMap { [$0, $0] })
        let labels = sample.labels.flatMap { [$0, !$0] }
        let weights = (0..<80).map { $0.isMultiple(of: 2) ? 1 : 1e-6 }
        let model = try likelihood.fit(
            features: sample.features, labels: labels, weights: weights)
        #expect(model.gradientNorm <= likelihood.gradientTolerance)
    }

    @Test("linearly dependent and constant features are named")
    func rankDeficiency() throws {
        let sample = LogisticSample()
        let rows = (0..<sample.labels.count).map { row -> [Double] in
            let values = sample.features.row(row).elements
            return [values[0], values[1], 2 * values[0] - values[1] + 3, values[2]]
        }
        let dependent = error(rows, sample.labels)
        #expect(dependent?.code == .rankDeficient)
        #expect(dependent?.message.contains("x0, x1, x2") == true)
        let constant = error(rows.map { [$0[0], 7, $0[3]] }, sample.labels)
        #expect(constant?.code == .rankDeficient)
        #expect(constant?.message.hasSuffix("others: x1") == true)
        let fewRows = error(
            [[1, 2, 3], [4, 5, 7], [2, 1, 1]], [true, false, true])
        #expect(fewRows?.code == .rankDeficient)
        let ridge = try LogisticRegression()
            .fit(features: Matrix(rows: rows.map { [$0[0], 7, $0[2]] }), labels: sample.labels)
        expectClose(ridge.coefficients[1], 0, absolute: 1e-13)
    }

    @Test("a nearly dependent feature is fitted, not refused")
    func nearDependence() throws {
        let sample = LogisticSample()
        var generator = TestGenerator(seed: 9)
        let rows = (0..<sample.labels.count).map { row -> [Double] in
            let value = sample.features[row, 0]
            return [value, value + 1e-3 * Double.random(in: -1...1, using: &generator)]
        }
        let model = try likelihood.fit(features: Matrix(rows: rows), labels: sample.labels)
        #expect(try #require(model.estimates)[1].standardError > 100)
    }

    @Test("three classes are too many")
    func threeClasses() {
        let sample = LogisticSample(rows: 9)
        let labels = (0..<9).map { ["good", "late", "lost"][$0 % 3] }
        let error = modelError { _ = try likelihood.fit(features: sample.features, labels: labels) }
        #expect(error?.code == .tooManyClasses)
        #expect(error?.message.contains("3") == true)
    }

    @Test("huge features end in a typed error or a finite model")
    func hugeFeatures() throws {
        for scale in [1e150, 1e200, 1e307] {
            let rows = [[1.0, 2], [2, 1], [3, 5], [4, 2], [5, 3], [6, 1]].map { row in
                row.map { $0 * scale }
            }
            let labels = [true, false, true, false, false, true]
            for recipe in [likelihood, LogisticRegression()] {
                do {
                    let model = try recipe.fit(features: Matrix(rows: rows), labels: labels)
                    #expect(model.coefficients.allSatisfy { $0.isFinite })
                } catch {
                    #expect([.rankDeficient, .notConverged].contains(error.code))
                }
            }
        }
    }
}
