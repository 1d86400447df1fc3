// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// Creates the vector of the integers of `range`, each rounded to the element type.
    public init(_ range: Range<Int>) { self.init(range.map { Scalar($0) }) }

    /// Creates the vector of the integers of `range`, each rounded to the element type.
    public init(_ range: ClosedRange<Int>) { self.init(range.map { Scalar($0) }) }

    /// The vector of `count` numbers at equal distances from `first` through `last`.
    ///
    /// Element i is `first + i (last - first) / (count - 1)`; the last one is exactly `last`. One
    /// number alone is `first`.
    ///
    /// - Precondition: `count` is not negative.
    public static func linearlySpaced(
        from first: Scalar, through last: Scalar, count: Int
    ) -> Tensor {
        precondition(count >= 0, "\(count) linearly spaced numbers")
        let step = (last - first) / Scalar(Swift.max(count - 1, 1))
        return Tensor(
            (0..<count).map { $0 == count - 1 && $0 > 0 ? last : Scalar($0) * step + first })
    }
}
