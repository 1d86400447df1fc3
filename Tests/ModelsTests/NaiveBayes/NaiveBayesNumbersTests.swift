// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NB1: kernel densities and supervised intervals")
struct NaiveBayesNumbersTests {
    struct Golden: Decodable {
        var features, queries: [[Double]]
        var labels: [Int]
        var weights, density: [Double]
        var range, scott, fixed, discretised: [[Double]]
        var cuts: [[Double]]
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "naive_bayes_numbers", withExtension: "json",
                subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private func fit(_ likelihood: NaiveBayesLikelihood) throws -> NaiveBayesModel {
        try NaiveBayes(likelihood).fit(
            ClassificationData(
                features: Matrix(rows: golden.features),
                labels: ClassLabels(codes: golden.labels, classes: ["a", "b", "c"]),
                weights: golden.weights))
    }

    @Test("kernel densities are scipy's, near the rows and far from them")
    func kernels() throws {
        for (bandwidth, expected) in [
            (KernelBandwidth.range, golden.range), (.scott, golden.scott),
            (.fixed(0.8), golden.fixed),
        ] {
            let model = try fit(.kernel(bandwidth))
            expectClose(
                try model.jointLogLikelihoods(Matrix(rows: golden.queries)).elements,
                expected.flatMap { $0 }, relative: 1e-11, "\(bandwidth)")
            let copy = try NaiveBayesModel(fileBytes: model.fileBytes)
            #expect(copy == model && copy.fileBytes == model.fileBytes)
        }
        // One density by itself.
        guard
            case .kernel(let values, let weights, let widths) = try fit(.kernel(.scott))
                .distribution(of: "x0")
        else {
            Issue.record("no kernels")
            return
        }
        let total = weights[0].reduce(0, +)
        let density = golden.queries.map { query in
            zip(values[0], weights[0]).reduce(0) { sum, point in
                let z = (query[0] - point.0) / widths[0]
                return sum + point.1 * exp(-z * z / 2)
            } / (total * widths[0] * (2 * Double.pi).squareRoot())
        }
        expectClose(density, golden.density, relative: 1e-11, absolute: 1e-300)
    }

    @Test("a class of one value, a constant column and a class without rows have densities")
    func degenerate() throws {
        let labels = try ClassLabels(codes: [0, 0, 2, 2, 2], classes: ["a", "b", "c"])
        let data = try ClassificationData(
            features: Matrix(rows: [[4, 7], [4, 7], [1, 7], [2, 7], [9, 7]]), labels: labels)
        let model = try NaiveBayes(.kernel()).fit(data)
        guard
            case .kernel(_, _, let widths) = model.distribution(of: "x0"),
            case .kernel(_, _, let constant) = model.distribution(of: "x1")
        else {
            Issue.record("no kernels")
            return
        }
        // The gap is (9 - 1) / 3, and the range of three rows 8.
        expectClose(widths, [8.0 / 18, 0, 8 / 3.0.squareRoot()], relative: 1e-14)
        expectClose(constant, [0.01 / 6, 0, 0.01 / 6], relative: 1e-14)
        let found = try model.classProbabilities(Matrix(rows: [[4, 7], [100, 7]]))
        #expect(found[0, 1] == 0 && found[0, 0] > 0.5 && found[1, 2] > 0.999)
        #expect(try NaiveBayesModel(fileBytes: model.fileBytes) == model)
        let far = modelError { _ = try model.probabilities(Matrix(rows: [[1e300, 7]])) }
        #expect(far?.code == .nonFinite)
    }

    @Test("kernels and intervals see two modes that a normal distribution does not")
    func modes() throws {
        var generator = TestGenerator(seed: 6)
        let values = (0..<200).map { row -> Double in
            let middle = Double(row % 4) * 2 - 3
            return middle + Double.random(in: -0.5...0.5, using: &generator)
        }
        let (features, labels) = (
            Matrix(columns: [values]), (0..<200).map { !$0.isMultiple(of: 2) }
        )
        func hits(_ likelihood: NaiveBayesLikelihood) throws -> Int {
            let found = try NaiveBayes(likelihood).fit(features: features, labels: labels)
                .probabilities(features)
            return zip(found, labels).count { ($0 > 0.5) == $1 }
        }
        #expect(try hits(.kernel()) == 200)
        #expect(try hits(.discretised()) == 200)
        #expect(try hits(.gaussian()) < 160)
    }

    @Test("cuts and probabilities are those of Fayyad and Irani's formula")
    func intervals() throws {
        let model = try fit(.discretised(smoothing: 0.5))
        for (column, expected) in golden.cuts.enumerated() {
            guard case .discretised(let cuts, let shares) = model.distribution(of: "x\(column)")
            else {
                Issue.record("no intervals")
                continue
            }
            expectClose(cuts, expected, relative: 1e-15)
            #expect(shares.count == cuts.count + 1)
            for code in 0..<3 {
                expectClose(shares.reduce(0) { $0 + $1[code] }, 1, relative: 1e-12)
            }
        }
        expectClose(
            try model.jointLogLikelihoods(Matrix(rows: golden.queries)).elements,
            golden.discretised.flatMap { $0 }, relative: 1e-12)
        #expect(try NaiveBayesModel(fileBytes: model.fileBytes) == model)
        // A value at a cut lies below it, and noise has no cut.
        let places: [Double] = (0..<40).map { Double($0) }
        let noise: [Double] = (0..<40).map { Double($0 * 7 % 40) }
        let sorted = try NaiveBayes(.discretised()).fit(
            features: Matrix(columns: [places, noise]), labels: places.map { $0 >= 20 })
        let shares: [[Double]] = [[21.0 / 22, 1.0 / 22], [1.0 / 22, 21.0 / 22]]
        guard case .discretised(let cuts, let found) = sorted.distribution(of: "x0") else {
            Issue.record("no intervals")
            return
        }
        #expect(cuts == [19.5])
        expectClose(found.flatMap { $0 }, shares.flatMap { $0 }, relative: 1e-14)
        #expect(
            sorted.distribution(of: "x1") == .discretised(cuts: [], probabilities: [[1, 1]]))
        let sides = try sorted.probabilities(Matrix(rows: [[19.5, 3], [19.6, 3]]))
        #expect(sides[0] < 0.1 && sides[1] > 0.9)
    }

    @Test("updates keep the cuts; kernels take in the new values")
    func increments() throws {
        let features = Matrix(rows: golden.features)
        let labels = golden.labels.map { $0 == 0 }
        func part(_ rows: Range<Int>) -> (Matrix<Double>, [Bool]) {
            (features.gatheringRows(Array(rows)), Array(labels[rows]))
        }
        let kernel = NaiveBayes(.kernel(.scott))
        let whole = try kernel.fit(features: features, labels: labels)
        let updated = try kernel.fit(features: part(0..<70).0, labels: part(0..<70).1)
            .updated(with: part(70..<120).0, labels: ClassLabels(part(70..<120).1))
        let merged = try kernel.fit(features: part(0..<30).0, labels: part(0..<30).1)
            .merged(with: kernel.fit(features: part(30..<120).0, labels: part(30..<120).1))
        #expect(updated == whole && merged == whole)
        let cut = NaiveBayes(.discretised())
        let first = try cut.fit(features: part(0..<70).0, labels: part(0..<70).1)
        let second = try first.updated(
            with: part(70..<120).0, labels: ClassLabels(part(70..<120).1))
        guard case .discretised(let before, _) = first.distribution(of: "x1"),
            case .discretised(let after, _) = second.distribution(of: "x1")
        else {
            Issue.record("no intervals")
            return
        }
        #expect(before == after && !before.isEmpty)
        #expect(second.classWeights == whole.classWeights)
        #expect(try second.merged(with: first).classWeights[0] > second.classWeights[0])
        let shifted = try cut.fit(features: features + 1, labels: labels)
        let other = modelError { _ = try shifted.merged(with: first) }
        #expect(other?.code == .incompatible)
    }

    @Test(
        "every byte that is changed is noticed, or read as another valid model",
        arguments: [NaiveBayesLikelihood.kernel(), .discretised()])
    func forged(_ likelihood: NaiveBayesLikelihood) throws {
        let rows = (0..<24).map { [Double($0 % 12), Double($0 * 5 % 7)] }
        let model = try NaiveBayes(likelihood).fit(
            features: Matrix(rows: rows), labels: (0..<24).map { $0 % 12 > 5 })
        let bytes = model.canonicalBytes
        var refused = 0
        for index in bytes.indices {
            var broken = bytes
            broken[index] ^= 0x80
            if let copy = try? NaiveBayesModel(canonicalBytes: broken) {
                #expect(copy.canonicalBytes == broken)
                _ = try? copy.probabilities(Matrix(rows: rows))
            } else {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 5)
    }

    @Test("sparse rows and widths out of range are refused")
    func refusals() throws {
        for likelihood in [NaiveBayesLikelihood.kernel(), .discretised()] {
            let error = modelError {
                _ = try NaiveBayes(likelihood).fit(
                    SparseClassificationData(
                        features: SparseMatrix(Matrix(rows: golden.features)),
                        labels: ClassLabels(codes: golden.labels, classes: ["a", "b", "c"])))
            }
            #expect(error?.code == .invalidRecipe)
            #expect(error?.message.contains("dense") == true)
        }
        for width in [0, -1, Double.nan, .infinity] {
            #expect(
                modelError { try NaiveBayes(.kernel(.fixed(width))).validate() }?.code
                    == .invalidRecipe)
        }
    }
}
