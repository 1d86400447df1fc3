// SPDX-License-Identifier: Apache-2.0

/// A failure that depends on the numbers, not on the shapes, of a matrix.
public struct LinearAlgebraError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, with its numbers.
    public enum Code: Hashable, Sendable {
        /// The leading minor that ends at row and column `pivot` (from 0) is not positive.
        case notPositiveDefinite(pivot: Int)

        /// The pivot at row and column `pivot` (from 0) of the triangular factor is exactly 0.
        case singular(pivot: Int)

        /// An input element is NaN or infinite; `column` is 0 for a vector.
        case notFinite(row: Int, column: Int)

        /// The input is finite but a result is too large for the element type.
        case overflow

        /// LAPACK's iteration stopped with `count` values that had not converged.
        case noConvergence(count: Int)

        /// The workspace for `dimension` rows and columns is beyond LAPACK's 32-bit range.
        case tooLarge(dimension: Int)
    }

    /// The kind of failure.
    public let code: Code

    /// What was being computed, such as `cholesky of 3 x 3`.
    public let operation: String

    /// What failed, with the numbers.
    public var description: String {
        switch code {
        case .notPositiveDefinite(let pivot):
            "\(operation): not positive definite at pivot \(pivot)"
        case .singular(let pivot):
            "\(operation): singular, pivot \(pivot) is zero"
        case .notFinite(let row, let column):
            "\(operation): the element at row \(row), column \(column) is not finite"
        case .overflow:
            "\(operation): the result overflows"
        case .noConvergence(let count):
            "\(operation): \(count) values did not converge"
        case .tooLarge(let dimension):
            "\(operation): the workspace for dimension \(dimension) is beyond LAPACK's 32-bit range"
        }
    }
}
