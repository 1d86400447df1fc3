// SPDX-License-Identifier: Apache-2.0

internal import RealModule

extension LDL {
    /// The number of positive and of negative eigenvalues of A; none is 0.
    ///
    /// Sylvester's law: A has the signs of D. A 2 x 2 block has one eigenvalue of each sign.
    public var inertia: (positive: Int, negative: Int) {
        let negative = blocks.count { $0.size == 2 || factors[$0.start, $0.start] < 0 }
        return (count - negative, negative)
    }

    /// `det A`, which may overflow to infinity or underflow to 0; 1 for the 0 x 0 matrix.
    public var determinant: Scalar {
        blocks.reduce(1) { product, block in
            let (scale, ratio) = parts(block)
            return product * scale * ratio * (block.size == 2 ? scale : 1)
        }
    }

    /// The natural logarithm of `abs(det A)` and the sign (1 or -1) of `det A`.
    public var logDeterminant: (magnitude: Scalar, sign: Scalar) {
        let magnitude = blocks.reduce(Scalar.zero) { sum, block in
            let (scale, ratio) = parts(block)
            return sum + Scalar(block.size) * Scalar.log(abs(scale)) + Scalar.log(abs(ratio))
        }
        return (magnitude, inertia.negative.isMultiple(of: 2) ? 1 : -1)
    }

    /// A block's determinant as `scale ratio`, or `scale² ratio` for 2 x 2, which cannot overflow.
    private func parts(_ block: (start: Int, size: Int)) -> (scale: Scalar, ratio: Scalar) {
        let first = factors[block.start, block.start]
        guard block.size == 2 else { return (first, 1) }
        let off = factors[block.start, block.start + 1]
        return (off, first / off * (factors[block.start + 1, block.start + 1] / off) - 1)
    }
}
