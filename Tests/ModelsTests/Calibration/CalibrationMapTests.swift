// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("CA1: calibration maps")
struct CalibrationMapTests {
    static let methods: [CalibrationMethod] = [
        .platt, .isotonic, .beta(), .beta(.equalShapes), .beta(.fixedMiddle), .temperature,
        .vennAbers,
    ]

    private struct Rows {
        var probabilities: [Double] = []
        var labels: [Bool] = []
        var weights: [Double] = []

        init(_ count: Int, seed: UInt64) {
            var generator = TestGenerator(seed: seed)
            for _ in 0..<count {
                // On a grid, so that there are ties.
                let p = Double(Int.random(in: 1...39, using: &generator)) / 40
                probabilities.append(p)
                labels.append(Double.random(in: 0...1, using: &generator) < 0.1 + 0.6 * p * p)
                weights.append(Double(Int.random(in: 0...3, using: &generator)))
            }
        }
    }

    @Test("a weight is a repetition, and the order does not matter", arguments: methods)
    func weights(method: CalibrationMethod) throws {
        for seed in propertySeeds(3) {
            let rows = Rows(80, seed: seed)
            let weighted = try method.fit(
                probabilities: rows.probabilities, labels: rows.labels, weights: rows.weights)
            let repeated = rows.labels.indices.reversed().flatMap { row in
                [Int](repeating: row, count: Int(rows.weights[row]))
            }
            let longer = try method.fit(
                probabilities: repeated.map { rows.probabilities[$0] },
                labels: repeated.map { rows.labels[$0] })
            expectClose(
                weighted.probabilities(rows.probabilities),
                longer.probabilities(rows.probabilities), relative: 1e-8)
        }
    }

    @Test("maps ascend and stay within 0...1, at the ends too", arguments: methods)
    func ascending(method: CalibrationMethod) throws {
        let rows = Rows(300, seed: 4)
        let map = try method.fit(probabilities: rows.probabilities, labels: rows.labels)
        let grid = (0...200).map { Double($0) / 200 }
        let mapped = map.probabilities(grid)
        #expect(mapped.allSatisfy { (0...1).contains($0) })
        #expect(zip(mapped, mapped.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
        #expect(mapped[200] - mapped[0] > 0.2)
        // One value at a time has the same bits.
        #expect(grid.map { map.probabilities([$0])[0] } == mapped)
    }

    @Test("Venn-Abers is two isotonic regressions with the new row", arguments: propertySeeds(6))
    func vennAbers(seed: UInt64) throws {
        let rows = Rows(60, seed: seed)
        let predictor = try VennAbersPredictor(
            scores: rows.probabilities, labels: rows.labels, weights: rows.weights)
        for score in stride(from: 0.0, through: 1, by: 0.0125) {
            let ends = try [0.0, 1].map { label in
                try IsotonicRegression(
                    positions: rows.probabilities + [score],
                    values: rows.labels.map { $0 ? 1 : 0 } + [label],
                    weights: rows.weights + [1]
                ).value(at: score)
            }
            let interval = predictor.interval(at: score)
            expectClose(
                [interval.lowerBound, interval.upperBound], ends, absolute: 1e-12, "\(score)")
        }
    }

    @Test("isotonic regression is the best of all monotone fits", arguments: propertySeeds(5))
    func isotonicOptimality(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = 7
        let values = (0..<count).map { _ in
            Double(Int.random(in: 0...8, using: &generator))
        }
        let weights = (0..<count).map { _ in Double(Int.random(in: 1...3, using: &generator)) }
        let fit = try IsotonicRegression(
            positions: (0..<count).map(Double.init), values: values, weights: weights
        ).values(at: (0..<count).map(Double.init))
        func loss(_ fit: [Double]) -> Double {
            (0..<count).reduce(0) { sum, index in
                let error: Double = fit[index] - values[index]
                return sum + weights[index] * error * error
            }
        }
        // Every best fit is constant on runs with their means: try all partitions into runs.
        var best = Double.infinity
        for cuts in 0..<(1 << (count - 1)) {
            var levels: [Double] = []
            var start = 0
            for end in 1...count where end == count || cuts & (1 << (end - 1)) != 0 {
                let weight = weights[start..<end].reduce(0, +)
                let sum = (start..<end).reduce(0.0) { $0 + weights[$1] * values[$1] }
                levels += [Double](repeating: sum / weight, count: end - start)
                start = end
            }
            if zip(levels, levels.dropFirst()).allSatisfy({ $0 <= $1 }) {
                best = min(best, loss(levels))
            }
        }
        expectClose(loss(fit), best, relative: 1e-12, absolute: 1e-12)
    }

    @Test("prior shift is Bayes' rule, and back again")
    func priorShift() throws {
        let there = try PriorShift(from: [0.5, 0.5], to: [0.9, 0.1])
        expectClose(there.probabilities([0.5, 0, 1]), [0.1, 0, 1], absolute: 1e-15)
        let back = try PriorShift(from: there.to, to: there.from)
        let given = [0.01, 0.2, 0.77, 0.999]
        expectClose(back.probabilities(there.probabilities(given)), given, relative: 1e-12)
        let three = try PriorShift(from: [0.2, 0.3, 0.5], to: [0.5, 0.3, 0.2])
        let mapped = three.classProbabilities(Matrix(rows: [[0.2, 0.3, 0.5], [1, 0, 0]]))
        expectClose(mapped.row(0).elements, [0.5, 0.3, 0.2], relative: 1e-15)
        #expect(mapped.row(1).elements == [1, 0, 0])
        #expect(modelError { _ = try PriorShift(from: [0, 1], to: [0.5, 0.5]) } != nil)
        #expect(modelError { _ = try PriorShift(from: [0.5, 0.5], to: [0.5, 0.6]) } != nil)
        #expect(modelError { _ = try PriorShift(from: [0.5, 0.5], to: [0.2, 0.3, 0.5]) } != nil)
    }

    @Test("rows that cannot be calibrated are refused by name")
    func refusals() {
        func code(
            _ method: CalibrationMethod, _ p: [Double], _ labels: [Bool], _ weights: [Double]? = nil
        ) -> ModelError.Code? {
            modelError { _ = try method.fit(probabilities: p, labels: labels, weights: weights) }?
                .code
        }
        for method in Self.methods {
            #expect(code(method, [], []) == .empty)
            #expect(code(method, [0.1, .nan], [true, false]) == .nonFinite)
            #expect(code(method, [0.1, 1.5], [true, false]) == .invalidValue)
            #expect(code(method, [0.1, 0.2], [true]) == .invalidLabels)
            #expect(code(method, [0.1, 0.2], [true, true]) == .oneClass)
            #expect(code(method, [0.1, 0.2], [true, false], [1, -1]) == .invalidWeights)
            #expect(code(method, [0.1, 0.2], [true, false], [0, 1]) == .oneClass)
        }
        #expect(code(.platt, [0.4, 0.4], [true, false]) == .rankDeficient)
        #expect(code(.beta(), [0.1, 0.2, 0.8, 0.9], [false, false, true, true]) == .separation)
        // Platt's targets keep separated classes finite.
        #expect(code(.platt, [0.1, 0.2, 0.8, 0.9], [false, false, true, true]) == nil)
        let wide = modelError {
            _ = try CalibrationMethod.platt.fit(
                classProbabilities: .zeros(2, 3), labels: ClassLabels([true, false]))
        }
        #expect(wide?.code == .wrongWidth)
    }
}
