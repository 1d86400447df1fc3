// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct DistributionTests {
    private static let count = 20_000

    /// Mean and variance of `count` draws, with a tolerance of five standard errors.
    private func expectMoments(
        _ mean: Double, _ variance: Double, fourth: Double, _ draw: () -> Double
    ) {
        let draws = Vector((0..<Self.count).map { _ in draw() })
        let root = Double(Self.count).squareRoot()
        expectClose(draws.mean(), mean, absolute: 5 * variance.squareRoot() / root)
        let centred = draws - mean
        expectClose(
            (centred * centred).mean(), variance,
            absolute: 5 * (fourth - variance * variance).squareRoot() / root)
    }

    @Test(arguments: propertySeeds(3))
    func momentsAreRight(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        expectMoments(0.5, 1.0 / 12, fourth: 1.0 / 80) { stream.uniform() }
        expectMoments(0, 1, fourth: 3) { stream.normal() }
        expectMoments(3, 4, fourth: 48) { stream.normal(mean: 3, standardDeviation: 2) }
        expectMoments(0.5, 0.25, fourth: 9.0 / 16) { stream.exponential(rate: 2) }
        expectMoments(0.2, 0.16, fourth: 0.0832) { stream.bernoulli(0.2) ? 1 : 0 }
    }

    /// Pearson's chi-square statistic of the counts stays below its 1 - 1e-6 quantile.
    private func expectProportions(
        _ counts: [Int], _ weights: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let scale = Double(counts.reduce(0, +)) / weights.reduce(0, +)
        var statistic = 0.0
        for (count, weight) in zip(counts, weights) {
            let difference = Double(count) - weight * scale
            statistic += difference * difference / (weight * scale)
        }
        // For 2, 3 and 6 cells.
        let limits = [2: 23.93, 3: 27.63, 6: 35.89]
        #expect(
            statistic < limits[counts.count, default: 0], "\(counts)",
            sourceLocation: sourceLocation)
    }

    private func expectEven(_ counts: [Int], sourceLocation: SourceLocation = #_sourceLocation) {
        expectProportions(
            counts, counts.map { _ in 1 }, sourceLocation: sourceLocation)
    }

    @Test(arguments: propertySeeds(3))
    func integersAndOrdersAreEven(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        var cells = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 { cells[stream.integer(below: 6)] += 1 }
        expectEven(cells)
        var orders: [[Int]: Int] = [:]
        for _ in 0..<6000 { orders[stream.permutation(3), default: 0] += 1 }
        #expect(orders.count == 6)
        expectEven(Array(orders.values))
        var samples: [[Int]: Int] = [:]
        for _ in 0..<6000 { samples[stream.sample(2, below: 3), default: 0] += 1 }
        #expect(samples.count == 6)
        expectEven(Array(samples.values))
        var chosen = [0, 0, 0, 0]
        for _ in 0..<6000 { chosen[stream.categorical(weights: [1, 0, 2, 3])] += 1 }
        #expect(chosen[1] == 0)
        expectProportions([chosen[0], chosen[2], chosen[3]], [1, 2, 3])
        // Without rejection, of three neighbours two would get 3 words each and one 2.
        var residues = [0, 0, 0]
        for _ in 0..<6000 { residues[stream.integer(below: 3 << 61) % 3] += 1 }
        expectEven(residues)
    }

    @Test func rangesAndExtremesHold() {
        var stream = RandomStream(seed: 1)
        for _ in 0..<1000 {
            #expect((0..<1).contains(stream.uniform()))
            #expect((-2.0..<5).contains(stream.uniform(in: -2..<5)))
            #expect((1.0..<1.0.nextUp).contains(stream.uniform(in: 1..<1.0.nextUp)))
            #expect(stream.exponential() >= 0)
            #expect(stream.integer(below: 1) == 0)
            #expect(stream.bernoulli(1) && !stream.bernoulli(0))
        }
        #expect(stream.permutation(0) == [] && stream.permutation(1) == [0])
        #expect(stream.sample(0, below: 0) == [])
        #expect(stream.sample(5, below: 5).sorted() == [0, 1, 2, 3, 4])
        var empty: [String] = []
        stream.shuffle(&empty)
        #expect(stream.categorical(weights: [0, 0, 1e-300]) == 2)
    }

    @Test func tensorsAreDrawnInRowMajorOrder() {
        let matrix = Matrix<Double>.random(.normal, shape: [3, 4], seed: 9)
        var stream = RandomStream(seed: 9)
        #expect(matrix.elements == (0..<12).map { _ in stream.normal() })
        let floats = Matrix<Float>.random(.normal, shape: [3, 4], seed: 9)
        #expect(floats.elements == matrix.elements.map(Float.init))
        let uniform = Vector<Double>.random(.uniform(in: 2..<3), shape: [100], seed: 9)
        #expect(uniform.min() >= 2 && uniform.max() < 3)
        #expect(Vector<Double>.random(.exponential(rate: 1), shape: [50], seed: 9).min() > 0)
    }
}
