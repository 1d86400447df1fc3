// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Every element moved to the nearest number of `range`; NaN stays NaN.
    public func clipped(to range: ClosedRange<Scalar>) -> Tensor {
        mapStorage { Scalar._clip($0, range.lowerBound, range.upperBound, $1, $2) }
    }

    /// Moves every element to the nearest number of `range`, without a temporary; NaN stays NaN.
    public mutating func clip(to range: ClosedRange<Scalar>) {
        let count = count
        withMutablePointer { Scalar._clip(count, range.lowerBound, range.upperBound, $0, $0) }
    }
}
