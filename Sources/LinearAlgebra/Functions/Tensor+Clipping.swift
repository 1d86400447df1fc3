// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Every element moved to the nearest number of `range`; NaN stays NaN.
    public func clipped(to range: ClosedRange<Scalar>) -> Tensor {
        mapStorage { count, input, output in
            concurrently(count, minimum: 1 << 20) {
                Scalar._clip(
                    $1, range.lowerBound, range.upperBound, input + $0, output + $0,
                    streaming: false)
            }
        }
    }

    /// Moves every element to the nearest number of `range`, without a temporary; NaN stays NaN.
    public mutating func clip(to range: ClosedRange<Scalar>) {
        let count = count
        withMutablePointer { elements in
            concurrently(count, minimum: 1 << 20) {
                Scalar._clip(
                    $1, range.lowerBound, range.upperBound, elements + $0, elements + $0,
                    streaming: false)
            }
        }
    }
}
