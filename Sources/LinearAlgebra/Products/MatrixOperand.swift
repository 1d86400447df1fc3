// SPDX-License-Identifier: Apache-2.0

/// A matrix or a transposed view of one, as a factor of a product.
///
/// Only ``Matrix`` and ``TransposedMatrix`` conform.
public protocol MatrixOperand<Scalar>: Sendable {
    /// The element type.
    associatedtype Scalar: LinearAlgebraScalar

    /// The number of rows.
    var rowCount: Int { get }

    /// The number of columns.
    var columnCount: Int { get }

    /// The stored matrix; not part of the stable interface.
    var _base: Matrix<Scalar> { get }

    /// Whether this is the transpose of `_base`; not part of the stable interface.
    var _isTransposed: Bool { get }
}

extension Tensor: MatrixOperand where rank == 2 {
    /// The matrix itself.
    @inlinable
    public var _base: Matrix<Scalar> { self }

    /// Always false.
    @inlinable
    public var _isTransposed: Bool { false }

    /// The transpose as a view; products and solves use it without moving an element.
    ///
    /// - Complexity: O(1).
    public var transposed: TransposedMatrix<Scalar> { TransposedMatrix(transposed: self) }
}
