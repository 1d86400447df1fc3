// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// What LAPACK finds in a general square matrix, in its order.
struct GeneralDecomposition<Scalar: LinearAlgebraScalar> {
    private let real: [Scalar]
    private let imaginary: [Scalar]

    /// Left eigenvectors in rows, as LAPACK packs them; 0 x 0 unless asked for.
    let left: Matrix<Scalar>

    /// Right eigenvectors, likewise.
    let right: Matrix<Scalar>

    /// Positions of LAPACK's eigenvalues in the order of ``Eigenvalues``.
    private let order: [Int]

    init(
        _ matrix: Matrix<Scalar>, left: Bool, right: Bool, operation: String
    ) throws(LinearAlgebraError) {
        let count = matrix.rowCount
        precondition(count == matrix.columnCount, "\(operation): the matrix is not square")
        try matrix.requireFinite(operation)
        var real = [Scalar](repeating: 0, count: count)
        var imaginary = real
        // LAPACK sees the transpose: its left eigenvectors are the conjugates of our right ones.
        var ours = right ? Matrix<Scalar>.zeros(count, count) : .zeros(0, 0)
        var theirs = left ? Matrix<Scalar>.zeros(count, count) : .zeros(0, 0)
        if count > 0 {
            var copy = matrix.copied()
            let info = copy.withMutablePointer { elements in
                ours.withMutablePointer { ours in
                    theirs.withMutablePointer { theirs in
                        Scalar._geev(
                            blasInteger(count), elements, &real, &imaginary, right ? ours : nil,
                            left ? theirs : nil)
                    }
                }
            }
            try requireConvergence(info, operation)
        }
        let magnitudes = zip(real, imaginary).map { Scalar.hypot($0, $1) }
        order = real.indices.sorted {
            (magnitudes[$1], real[$1], imaginary[$1], $0)
                < (magnitudes[$0], real[$0], imaginary[$0], $1)
        }
        (self.real, self.imaginary) = (real, imaginary)
        (self.left, self.right) = (theirs, ours)
    }

    func values(_ operation: String) throws(LinearAlgebraError) -> Eigenvalues<Scalar> {
        try Eigenvalues(
            real: Vector(real).gathering(order), imaginary: Vector(imaginary).gathering(order),
            operation)
    }

    /// The conjugates of the packed eigenvectors, in the order of the eigenvalues.
    ///
    /// Of a pair LAPACK stores the real part in one row and the imaginary part in the next.
    func vectors(_ packed: Matrix<Scalar>) -> Eigenvectors<Scalar> {
        var realRows = Matrix<Scalar>.zeros(real.count, real.count)
        var imaginaryRows = realRows
        for (row, position) in order.enumerated() {
            let part = imaginary[position]
            let first = part < 0 ? position - 1 : position
            realRows.setRow(row, to: packed.row(first))
            if part != 0 {
                imaginaryRows.setRow(row, to: packed.row(first + 1) * (part > 0 ? -1 : 1))
            }
        }
        return Eigenvectors(
            real: TransposedMatrix(transposed: realRows),
            imaginary: TransposedMatrix(transposed: imaginaryRows))
    }
}
