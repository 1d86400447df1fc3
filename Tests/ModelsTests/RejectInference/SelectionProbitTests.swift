// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RI1: bivariate probit with selection")
struct SelectionProbitTests {
    struct Golden: Decodable {
        var features, selection: [[Double]]
        var outcomes: [Bool?]
        var parameters, standardErrors: [Double]
        var logLikelihood, independentLogLikelihood: Double
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "reject_inference", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private func fitted(rows: [Int]? = nil, weights: [Double]? = nil) throws -> SelectionProbitModel
    {
        let rows = rows ?? Array(golden.outcomes.indices)
        return try SelectionProbit().fit(
            features: Matrix(rows: rows.map { golden.features[$0] }),
            outcomes: rows.map { golden.outcomes[$0] },
            selectionFeatures: Matrix(rows: rows.map { golden.selection[$0] }), weights: weights)
    }

    @Test("the maximum and its errors are those of a likelihood by Owen's T and scipy")
    func parity() throws {
        let model = try fitted()
        let estimates = model.estimates + model.selectionEstimates
        expectClose(
            estimates.map(\.value), Array(golden.parameters.prefix(6)), relative: 1e-4)
        expectClose(
            estimates.map(\.standardError), Array(golden.standardErrors.prefix(6)), relative: 1e-3)
        expectClose(model.correlation, tanh(golden.parameters[6]), relative: 1e-4)
        expectClose(model.logLikelihood, golden.logLikelihood, relative: 1e-9)
        expectClose(
            model.independentLogLikelihood, golden.independentLogLikelihood, relative: 1e-9)
        let half = 1.959963984540054 * golden.standardErrors[6]
        let interval = model.correlationInterval()
        expectClose(interval.lowerBound, tanh(golden.parameters[6] - half), absolute: 1e-3)
        expectClose(interval.upperBound, tanh(golden.parameters[6] + half), absolute: 1e-3)
        expectClose(
            model.independenceTest.statistic,
            2 * (golden.logLikelihood - golden.independentLogLikelihood), relative: 1e-5)
        #expect(estimates.map(\.name) == ["intercept", "x0", "x1", "intercept", "z0", "z1"])
    }

    @Test("a simulation recovers the true coefficients, which the accepted alone do not")
    func recovery() throws {
        let truth = [-0.3, 0.8, -0.5]
        let correlation = 0.7
        var generator = RandomStream(seed: 12)
        var features: [[Double]] = []
        var selection: [[Double]] = []
        var outcomes: [Bool?] = []
        for _ in 0..<2000 {
            let x = [generator.normal(), generator.normal()]
            let officer = generator.normal()
            let u = generator.normal()
            let e =
                correlation * u + (1 - correlation * correlation).squareRoot()
                * generator.normal()
            features.append(x)
            selection.append([x[0], officer])
            let index: Double = 0.2 - 0.7 * x[0] + officer + u
            let risk: Double = truth[0] + truth[1] * x[0] + truth[2] * x[1] + e
            outcomes.append(index > 0 ? risk > 0 : nil)
        }
        let model = try SelectionProbit().fit(
            features: Matrix(rows: features), outcomes: outcomes,
            selectionFeatures: Matrix(rows: selection))
        for (estimate, value) in zip(model.estimates, truth) {
            #expect(
                abs(estimate.value - value) < 3 * estimate.standardError,
                "\(estimate.name): \(estimate.value) for \(value)")
        }
        #expect(model.estimates.allSatisfy { $0.standardError < 0.15 })
        #expect(model.correlationInterval(level: 0.997).contains(correlation))
        #expect(model.independenceTest.pValue < 1e-4)
        // The equation of the accepted alone, fitted with no correlation, is off.
        let accepted = outcomes.indices.filter { outcomes[$0] != nil }
        let alone = try LogisticRegression(penalty: .none).fit(
            features: Matrix(rows: accepted.map { features[$0] }),
            labels: accepted.map { outcomes[$0]! })
        let x = Matrix(rows: features)
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let trueRisk = mean(
            features.map { (row: [Double]) -> Double in
                let index: Double = truth[0] + truth[1] * row[0] + truth[2] * row[1]
                return erfc(-index / 2.0.squareRoot()) / 2
            })
        let bias = abs(mean(try alone.probabilities(x)) - trueRisk)
        let corrected = abs(mean(try model.probabilities(x)) - trueRisk)
        #expect(bias > 0.08, "\(bias)")
        #expect(corrected < 0.04, "\(corrected)")
    }

    @Test("weights are repetitions; units and order do not matter")
    func weights() throws {
        let rows = Array(0..<golden.outcomes.count)
        let repeated = try fitted(rows: rows + Array(0..<60))
        let weighted = try fitted(weights: rows.map { $0 < 60 ? 2 : 1 })
        expectClose(
            weighted.estimates.map(\.value), repeated.estimates.map(\.value), relative: 1e-5)
        expectClose(
            weighted.estimates.map(\.standardError), repeated.estimates.map(\.standardError),
            relative: 1e-4)
        let model = try fitted()
        let scaled = try SelectionProbit().fit(
            features: Matrix(rows: golden.features.map { [1000 * $0[0] + 7, $0[1]] }),
            outcomes: golden.outcomes, selectionFeatures: Matrix(rows: golden.selection))
        expectClose(scaled.coefficients[0] * 1000, model.coefficients[0], relative: 1e-5)
        expectClose(scaled.coefficients[1], model.coefficients[1], relative: 1e-5)
    }

    @Test("files and JSON keep every bit; forged ones are refused")
    func files() throws {
        let model = try fitted()
        #expect(try SelectionProbitModel(fileBytes: model.fileBytes) == model)
        let json = try JSONEncoder().encode(model)
        #expect(try JSONDecoder().decode(SelectionProbitModel.self, from: json) == model)
        let bytes = model.canonicalBytes
        for count in stride(from: 0, to: bytes.count, by: 5) {
            #expect(
                modelError {
                    _ = try SelectionProbitModel(canonicalBytes: Array(bytes.prefix(count)))
                }?.code == .invalidFile)
        }
    }

    @Test("refusals name what is wrong")
    func refusals() throws {
        let x = Matrix(rows: [[1.0], [2], [3], [4]])
        func code(
            _ outcomes: [Bool?], _ features: Matrix<Double>? = nil,
            _ recipe: SelectionProbit = SelectionProbit()
        ) -> ModelError.Code? {
            modelError {
                _ = try recipe.fit(
                    features: features ?? x, outcomes: outcomes, selectionFeatures: x)
            }?.code
        }
        #expect(code([true, false, true, false]) == .oneClass)
        #expect(code([true, nil, true, nil]) == .oneClass)
        #expect(code([true, nil, false]) == .invalidLabels)
        #expect(code([true, nil, false, nil], .ones(4, 1)) == .noSpread)
        #expect(code([true, nil, false, nil], .zeros(4, 0)) == .empty)
        #expect(
            code([true, nil, false, nil], Matrix(rows: [[1], [.nan], [2], [3]])) == .nonFinite)
        #expect(
            code([true, nil, false, nil], nil, SelectionProbit(iterationLimit: 0))
                == .invalidRecipe)
        // Acceptance that the column decides has no finite maximum.
        #expect(code([true, false, nil, nil]) != nil)
        let model = try fitted()
        #expect(modelError { _ = try model.probabilities(.zeros(1, 3)) }?.code == .wrongWidth)
        #expect(
            modelError {
                _ = try SelectionProbit().fit(
                    features: Matrix(rows: golden.features), outcomes: golden.outcomes,
                    selectionFeatures: Matrix(rows: golden.selection)
                ) { $0.stop() }
            }?.code == .cancelled)
    }
}
