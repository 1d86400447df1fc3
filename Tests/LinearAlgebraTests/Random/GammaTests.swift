// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct GammaTests {
    /// A shape with a closed form of the distribution function at scale 1.
    struct Shape: Sendable, CustomTestStringConvertible {
        var shape: Double
        var distribution: @Sendable (Double) -> Double
        var testDescription: String { "shape \(shape)" }
    }

    static let shapes = [
        Shape(shape: 0.5) { erf($0.squareRoot()) },
        Shape(shape: 1) { 1 - exp(-$0) },
        Shape(shape: 1.5) { erf($0.squareRoot()) - 2 * ($0 / .pi).squareRoot() * exp(-$0) },
        Shape(shape: 2) { 1 - (1 + $0) * exp(-$0) },
        Shape(shape: 9) { x in
            // Erlang: a sum over the terms of a Poisson distribution.
            var (term, sum) = (1.0, 1.0)
            for k in 1..<9 {
                term *= x / Double(k)
                sum += term
            }
            return 1 - exp(-x) * sum
        },
    ]

    /// The largest distance of the empirical distribution of `draws` to `distribution`.
    private func kolmogorovDistance(
        _ draws: [Double], _ distribution: (Double) -> Double
    ) -> Double {
        let sorted = draws.sorted()
        let n = Double(sorted.count)
        return sorted.enumerated().map { index, x in
            let p = distribution(x)
            return max(Double(index + 1) / n - p, p - Double(index) / n)
        }.max() ?? 1
    }

    @Test(arguments: shapes, propertySeeds(2))
    func followsTheDistribution(_ shape: Shape, seed: UInt64) {
        var stream = RandomStream(seed: seed)
        let draws = (0..<5000).map { _ in stream.gamma(shape: shape.shape, scale: 3) / 3 }
        // The 1 - 1e-6 quantile of Kolmogorov's distribution.
        let limit = 2.694 / 5000.0.squareRoot()
        #expect(kolmogorovDistance(draws, shape.distribution) < limit)
    }

    @Test(arguments: propertySeeds(2))
    func normalAndExponentialFollowTheirs(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        let limit = 2.694 / 5000.0.squareRoot()
        let normals = (0..<5000).map { _ in stream.normal() }
        #expect(kolmogorovDistance(normals) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < limit)
        let exponentials = (0..<5000).map { _ in stream.exponential(rate: 4) }
        #expect(kolmogorovDistance(exponentials) { 1 - exp(-4 * $0) } < limit)
        let uniforms = (0..<5000).map { _ in stream.uniform() }
        #expect(kolmogorovDistance(uniforms) { $0 } < limit)
    }

    @Test(arguments: [0.05, 0.7, 1, 4.2, 1e6])
    func momentsAreRight(shape: Double) {
        var stream = RandomStream(seed: 3)
        let (count, scale) = (10_000, 2.0)
        let draws = Vector((0..<count).map { _ in stream.gamma(shape: shape, scale: scale) })
        let (mean, variance) = (shape * scale, shape * scale * scale)
        let root = Double(count).squareRoot()
        expectClose(draws.mean(), mean, absolute: 5 * variance.squareRoot() / root)
        // The fourth central moment is 3 a (a + 2) scale⁴.
        let spread = (3 * shape * (shape + 2) - shape * shape).squareRoot() * scale * scale
        expectClose(
            draws.covariance(with: draws, ddof: 0), variance, absolute: 5 * spread / root)
        #expect(draws.min() >= 0)
    }

    /// Bits that no platform or later version may change.
    @Test func drawnNumbersArePinned() {
        var stream = RandomStream(seed: 2026)
        let bits = [0.3, 1, 2.5, 100].map { stream.gamma(shape: $0, scale: 2).bitPattern }
        #expect(
            bits == [
                4_607_446_359_845_900_708, 4_619_027_900_587_914_146,
                4_618_566_026_552_017_770, 4_640_992_205_999_940_028,
            ])
        #expect(stream.sampleWithReplacement(8, below: 100) == [32, 41, 10, 41, 1, 56, 65, 52])
        #expect(
            stream.sampleWithReplacement(8, weights: [1, 2, 3, 4]) == [3, 3, 2, 2, 3, 1, 0, 3])
        let drawn = Vector<Double>.random(.gamma(shape: 2, scale: 3), shape: [2], seed: 9)
        var same = RandomStream(seed: 9)
        #expect(drawn.elements == (0..<2).map { _ in same.gamma(shape: 2, scale: 3) })
    }

    @Test func settingsMustBePositive() async {
        await #expect(processExitsWith: .failure) {
            var stream = RandomStream(seed: 1)
            _ = stream.gamma(shape: 0)
        }
        await #expect(processExitsWith: .failure) {
            var stream = RandomStream(seed: 1)
            _ = stream.gamma(shape: 1, scale: .nan)
        }
    }
}
