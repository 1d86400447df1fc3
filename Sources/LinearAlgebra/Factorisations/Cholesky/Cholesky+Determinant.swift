// SPDX-License-Identifier: Apache-2.0

extension Cholesky {
    /// The natural logarithm of `det A`; 0 for the 0 x 0 matrix.
    public var logDeterminant: Scalar { 2 * lower.diagonal.log().sum() }

    /// `det A`, which may overflow to infinity or underflow to 0; 1 for the 0 x 0 matrix.
    public var determinant: Scalar {
        let root = lower.diagonal.elements.reduce(1, *)
        return root * root
    }
}
