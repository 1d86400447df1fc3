// SPDX-License-Identifier: Apache-2.0

/// A distribution of independent elements.
public struct RandomDistribution: Sendable, Hashable {
    private enum Kind: Hashable {
        case uniform(Range<Double>)
        case normal(mean: Double, standardDeviation: Double)
        case exponential(rate: Double)
        case gamma(shape: Double, scale: Double)
    }

    private let kind: Kind

    /// Uniform on `[0, 1)`.
    public static let uniform = RandomDistribution(kind: .uniform(0..<1))

    /// Uniform on a range; see ``RandomStream/uniform(in:)``.
    public static func uniform(in range: Range<Double>) -> RandomDistribution {
        RandomDistribution(kind: .uniform(range))
    }

    /// Normal of mean 0 and standard deviation 1.
    public static let normal = RandomDistribution(kind: .normal(mean: 0, standardDeviation: 1))

    /// Normal; see ``RandomStream/normal(mean:standardDeviation:)``.
    public static func normal(mean: Double, standardDeviation: Double) -> RandomDistribution {
        RandomDistribution(kind: .normal(mean: mean, standardDeviation: standardDeviation))
    }

    /// Exponential; see ``RandomStream/exponential(rate:)``.
    public static func exponential(rate: Double) -> RandomDistribution {
        RandomDistribution(kind: .exponential(rate: rate))
    }

    /// Gamma; see ``RandomStream/gamma(shape:scale:)``.
    public static func gamma(shape: Double, scale: Double = 1) -> RandomDistribution {
        RandomDistribution(kind: .gamma(shape: shape, scale: scale))
    }

    func draw(from stream: inout RandomStream) -> Double {
        switch kind {
        case .uniform(let range): stream.uniform(in: range)
        case .normal(let mean, let deviation):
            stream.normal(mean: mean, standardDeviation: deviation)
        case .exponential(let rate): stream.exponential(rate: rate)
        case .gamma(let shape, let scale): stream.gamma(shape: shape, scale: scale)
        }
    }
}

extension Tensor {
    /// A tensor of independent random elements, drawn in row-major order.
    ///
    /// Elements are drawn as `Double` and rounded to the element type, so a `Float` tensor may hold
    /// the excluded upper bound of a range.
    ///
    /// - Precondition: No dimension is negative.
    public static func random(
        _ distribution: RandomDistribution = .uniform, shape: InlineArray<rank, Int>, seed: UInt64
    ) -> Tensor {
        var stream = RandomStream(seed: seed)
        return random(distribution, shape: shape, using: &stream)
    }

    /// A tensor of independent random elements, drawn from `stream` in row-major order.
    ///
    /// - Precondition: No dimension is negative.
    public static func random(
        _ distribution: RandomDistribution = .uniform, shape: InlineArray<rank, Int>,
        using stream: inout RandomStream
    ) -> Tensor {
        var tensor = Tensor(shape: shape, repeating: 0)
        tensor.apply { _ in Scalar(distribution.draw(from: &stream)) }
        return tensor
    }
}
