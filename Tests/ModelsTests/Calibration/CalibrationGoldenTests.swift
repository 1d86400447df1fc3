// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CA1: calibration maps against scikit-learn, betacal, venn-abers and SciPy")
struct CalibrationGoldenTests {
    struct Golden: Decodable {
        var probabilities, weights, new: [Double]
        var labels: [Int]
        var platt, plattUnweighted: [Double]
        var isotonic, isotonicPositions, isotonicValues, falling, fallingTargets: [Double]
        var beta: [String: [Double]]
        var bent, betaBent: [Double]
        var bentLabels: [Int]
        var temperature, temperatureThree: Double
        var three: [[Double]]
        var codes: [Int]
        var vennAbers, vennAbersPeer: [[Double]]
        var vennAbersMerged, drawn, shares: [Double]

        var isPositive: [Bool] { labels.map { $0 == 1 } }
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "calibration", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    @Test("Platt's slope and intercept, on log-odds with weights and on raw scores")
    func platt() throws {
        let map = try CalibrationMethod.platt.fit(
            probabilities: golden.probabilities, labels: golden.isPositive,
            weights: golden.weights)
        guard case .platt(let scaling) = map else {
            Issue.record("\(map)")
            return
        }
        expectClose([scaling.slope, scaling.intercept], golden.platt, relative: 1e-9)
        let raw = try PlattScaling(scores: golden.probabilities, labels: golden.isPositive)
        expectClose([raw.slope, raw.intercept], golden.plattUnweighted, relative: 1e-9)
        // The units of the score do not matter.
        let scaled = try PlattScaling(
            scores: golden.probabilities.map { 1e6 * $0 - 5e7 }, labels: golden.isPositive)
        expectClose(scaled.slope * 1e6, raw.slope, relative: 1e-8)
    }

    @Test("isotonic regression with ties and weights, its bends and values between them")
    func isotonic() throws {
        let fit = try IsotonicRegression(
            positions: golden.probabilities, values: golden.labels.map(Double.init),
            weights: golden.weights)
        expectClose(fit.values(at: golden.new), golden.isotonic, relative: 1e-12)
        expectClose(fit.positions, golden.isotonicPositions, relative: 1e-15)
        expectClose(fit.values, golden.isotonicValues, relative: 1e-12)
        let falling = try IsotonicRegression(
            positions: golden.new, values: golden.fallingTargets, isIncreasing: false)
        expectClose(falling.values(at: golden.new), golden.falling, relative: 1e-12)
    }

    @Test("beta calibration of every form, and at the bound of a coefficient")
    func beta() throws {
        for form in BetaCalibration.Form.allCases {
            let map = try BetaCalibration(
                probabilities: golden.probabilities, labels: golden.isPositive,
                weights: golden.weights, form: form)
            expectClose(
                [map.a, map.b, map.c], try #require(golden.beta[form.rawValue]), relative: 1e-8,
                form.rawValue)
        }
        let bent = try BetaCalibration(
            probabilities: golden.bent, labels: golden.bentLabels.map { $0 == 1 })
        #expect(bent.b == 0)
        expectClose([bent.a, bent.b, bent.c], golden.betaBent, relative: 1e-7)
    }

    @Test("the temperature of two and of three classes")
    func temperature() throws {
        let map = try CalibrationMethod.temperature.fit(
            probabilities: golden.probabilities, labels: golden.isPositive,
            weights: golden.weights)
        guard case .temperature(let two) = map else {
            Issue.record("\(map)")
            return
        }
        expectClose(two.temperature, golden.temperature, relative: 1e-6)
        let features = Matrix(rows: golden.three)
        let labels = try ClassLabels(codes: golden.codes, classes: ["a", "b", "c"])
        let three = try TemperatureScaling(
            classProbabilities: features, labels: labels, weights: golden.weights)
        expectClose(three.temperature, golden.temperatureThree, relative: 1e-6)
        // One temperature of two classes is the same map as on both columns.
        let columns = Matrix(columns: [
            golden.probabilities.map { 1 - $0 }, golden.probabilities,
        ])
        expectClose(
            two.classProbabilities(columns).column(1).elements,
            two.probabilities(golden.probabilities), relative: 1e-13)
    }

    @Test("Venn-Abers intervals by their definition, and those of venn-abers")
    func vennAbers() throws {
        let weighted = try VennAbersPredictor(
            scores: golden.probabilities, labels: golden.isPositive, weights: golden.weights)
        let ends = golden.new.flatMap { score in
            [weighted.interval(at: score).lowerBound, weighted.interval(at: score).upperBound]
        }
        expectClose(ends, golden.vennAbers.flatMap { $0 }, absolute: 1e-12)
        let plain = try VennAbersPredictor(
            scores: golden.probabilities, labels: golden.isPositive)
        let plainEnds = golden.new.flatMap { score in
            [plain.interval(at: score).lowerBound, plain.interval(at: score).upperBound]
        }
        // venn-abers rounds scores to the next calibration row's only where they are equal.
        expectClose(plainEnds, golden.vennAbersPeer.flatMap { $0 }, absolute: 1e-6)
        expectClose(plain.probabilities(golden.new), golden.vennAbersMerged, absolute: 1e-6)
    }

    @Test("the class shares of rows without labels, by expectation maximisation")
    func saerens() throws {
        let shift = try PriorShift.estimated(
            from: [0.5, 0.5],
            probabilities: Matrix(columns: [golden.drawn.map { 1 - $0 }, golden.drawn]))
        expectClose(shift.to, golden.shares, absolute: 1e-8)
    }
}
