// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct WeightedRankTests {
    @Test func ranksCountByWeight() throws {
        let v: Vector<Double> = [3, 1, 3, -0.0, 0, 7]
        #expect(try v.ranks(weights: .ones(6)) == v.ranks())
        // 0 three times (ranks 1 to 3), 1 once (4), 3 five times (5 to 9), 7 twice (10, 11).
        #expect(try v.ranks(weights: [2, 1, 3, 1, 2, 2]) == [7, 4, 7, 2, 2, 10.5])
        let masked = try Vector<Float>([5, .nan, 2]).ranks(weights: [1, 0, 2])
        #expect(masked[0] == 3 && masked[1].isNaN && masked[2] == 1.5)
        #expect(try Vector([1, .nan]).ranks(weights: [1, 1]).elements.allSatisfy { $0.isNaN })
        #expect(try Vector<Double>.zeros(0).ranks(weights: []).isEmpty)
    }

    @Test(arguments: propertySeeds(3))
    func weightsAreRepetitions(seed: UInt64) throws {
        let stream = RandomStream(seed: seed)
        var draws = stream.child("draws")
        let x = Matrix<Double>(rowCount: 60, columnCount: 3) { _, _ in
            Double(draws.integer(below: 9))
        }
        let weights = Vector((0..<60).map { _ in Double(draws.integer(below: 4)) })
        let repeated = x.gatheringRows(
            (0..<60).flatMap { [Int](repeating: $0, count: Int(weights[$0])) })
        let expected = repeated.spearmanCorrelation()
        let actual = try x.spearmanCorrelation(weights: weights)
        expectClose(actual.elements, expected.elements, relative: 1e-13, absolute: 1e-14)
        let (a, b) = (x.column(0), x.column(1))
        expectClose(
            try a.spearmanCorrelation(with: b, weights: weights), expected[0, 1],
            relative: 1e-13, absolute: 1e-14)
        expectClose(
            try a.pearsonCorrelation(with: b, weights: weights),
            repeated.pearsonCorrelation()[0, 1], relative: 1e-13, absolute: 1e-14)
        // Weights have no unit, and only the order of the elements counts.
        let scaled = try x.map { $0 * $0 * $0 }.spearmanCorrelation(weights: weights / 7)
        expectClose(scaled.elements, actual.elements, relative: 1e-13, absolute: 1e-14)
    }

    @Test func undefinedRankCorrelations() throws {
        let x: Vector<Double> = [1, 2, .nan, 4]
        expectClose(
            try x.spearmanCorrelation(with: [1, 2, 3, 5], weights: [1, 1, 0, 1]), 1,
            relative: 1e-15)
        #expect(try x.spearmanCorrelation(with: [1, 2, 3, 5], weights: .ones(4)).isNaN)
        #expect(try x.spearmanCorrelation(with: [1, 1, 3, 1], weights: [1, 1, 0, 1]).isNaN)
        let error = #expect(throws: StatisticsError.self) {
            try x.ranks(weights: [1, 1, -2, 1])
        }
        #expect(error?.code == .invalidWeight(index: 2, weight: -2))
    }
}
