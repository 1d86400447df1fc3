// SPDX-License-Identifier: Apache-2.0

/// A factor of a product in the form that the BLAS takes, whatever kind of operand it was.
///
/// The public products are inlined into their callers up to here, where operands of every kind
/// have become one type: a product of small matrices takes less time than unspecialised generic
/// code around it would.
@frozen
@usableFromInline
struct ProductFactor<Scalar: LinearAlgebraScalar> {
    @usableFromInline let base: Matrix<Scalar>
    @usableFromInline let isTransposed: Bool

    @inlinable
    init(_ operand: some MatrixOperand<Scalar>) {
        base = operand._base
        isTransposed = operand._isTransposed
    }

    var rowCount: Int { isTransposed ? base.shape[1] : base.shape[0] }
    var columnCount: Int { isTransposed ? base.shape[0] : base.shape[1] }

    /// The columns of the stored matrix, which the BLAS calls the leading dimension.
    var stride: Int32 { blasInteger(base.shape[1]) }

    var shapeDescription: String { "\(rowCount) x \(columnCount)" }
}
