// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import RealModule
import Testing

/// The kinds of matrices on which backward errors are measured.
enum MatrixKind: String, CaseIterable, Sendable {
    case random
    case graded
    case rankDeficient
    case hilbert

    /// A matrix of this kind (rows x columns).
    func matrix<Scalar: LinearAlgebraScalar>(
        _ rows: Int, _ columns: Int, as: Scalar.Type
    ) -> Matrix<Scalar> {
        switch self {
        case .random: return .random(.normal, shape: [rows, columns], seed: 11)
        case .graded:
            // Rows span twelve decades, beyond the precision of Float.
            let scale = Vector((0..<rows).map { Scalar.pow(10, -12 * Scalar($0) / Scalar(rows)) })
            let random = Matrix<Scalar>.random(.normal, shape: [rows, columns], seed: 12)
            return random.multiplyingColumns(by: scale)
        case .rankDeficient:
            let rank = max(1, min(rows, columns) / 2)
            let left = Matrix<Scalar>.random(.normal, shape: [rows, rank], seed: 13)
            return left.matmul(Matrix<Scalar>.random(.normal, shape: [rank, columns], seed: 14))
        case .hilbert:
            return Matrix(
                rows: (0..<rows).map { i in (0..<columns).map { 1 / Scalar(i + $0 + 1) } })
        }
    }

    /// A symmetric matrix of this kind (n x n).
    func symmetric<Scalar: LinearAlgebraScalar>(_ n: Int, as: Scalar.Type) -> Matrix<Scalar> {
        let a = matrix(n, n, as: Scalar.self)
        return a + a.transposed.materialized()
    }
}

/// `norm(A - B) / (n eps norm(A))`, n the larger dimension.
func backwardError<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Scalar
{
    (a - b).norm() / (Scalar(max(a.rowCount, a.columnCount)) * Scalar.ulpOfOne * a.norm())
}

/// `norm(QᵀQ - I) / (n eps)`, n the number of rows.
func orthogonalityError<Scalar: LinearAlgebraScalar>(
    _ q: some MatrixOperand<Scalar>
) -> Scalar {
    var gram = Matrix<Scalar>.zeros(q.columnCount, q.columnCount)
    gram.formGram(of: q)
    return (gram - .identity(q.columnCount)).norm() / (Scalar(q.rowCount) * Scalar.ulpOfOne)
}

/// `norm(A X - B) / (n eps (norm(A) norm(X) + norm(B)))`.
func solveError<Scalar: LinearAlgebraScalar>(
    _ a: Matrix<Scalar>, _ x: Matrix<Scalar>, _ b: Matrix<Scalar>
) -> Scalar {
    (a.matmul(x) - b).norm()
        / (Scalar(a.rowCount) * Scalar.ulpOfOne * (a.norm() * x.norm() + b.norm()))
}

func expectError<Result>(
    _ code: LinearAlgebraError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Result
) {
    let error = #expect(throws: LinearAlgebraError.self, sourceLocation: sourceLocation) {
        _ = try body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}
