// SPDX-License-Identifier: Apache-2.0

extension LU {
    /// `det A`, which may overflow to infinity or underflow to 0; 1 for the 0 x 0 matrix.
    public var determinant: Scalar {
        factors.diagonal.elements.reduce(sign, *)
    }

    /// The natural logarithm of `abs(det A)` and the sign (1 or -1) of `det A`.
    public var logDeterminant: (magnitude: Scalar, sign: Scalar) {
        let diagonal = factors.diagonal
        let negatives = diagonal.elements.count { $0 < 0 }
        return (
            diagonal.absoluteValue().log().sum(), negatives.isMultiple(of: 2) ? sign : -sign
        )
    }

    /// The sign of the permutation.
    private var sign: Scalar {
        let swaps = exchanges.indices.count { exchanges[$0] != Int32($0 + 1) }
        return swaps.isMultiple(of: 2) ? 1 : -1
    }
}
