// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct GeneralEigenTests {
    /// `norm(A V - V diag(values)) / (n eps norm(A))` of complex columns.
    private func residual<Scalar: LinearAlgebraScalar>(
        _ a: some MatrixOperand<Scalar>, _ vectors: Eigenvectors<Scalar>,
        _ real: Vector<Scalar>, _ imaginary: Vector<Scalar>
    ) -> Scalar {
        let (x, y) = (vectors.real.materialized(), vectors.imaginary.materialized())
        let left = (a.matmul(x), a.matmul(y))
        let right = (
            x.multiplyingRows(by: real) - y.multiplyingRows(by: imaginary),
            x.multiplyingRows(by: imaginary) + y.multiplyingRows(by: real)
        )
        let size = Scalar(real.count) * Scalar.ulpOfOne * Swift.max(a._base.norm(), 1e-30)
        return ((left.0 - right.0).norm() + (left.1 - right.1).norm()) / size
    }

    private func check<Scalar: LinearAlgebraScalar>(_ a: Matrix<Scalar>) throws {
        let n = a.rowCount
        let eigen = try a.generalEigen(left: true)
        let values = eigen.values
        let left = try #require(eigen.left)
        #expect(
            eigen.count == n
                && values.magnitudes.elements == values.magnitudes.elements.sorted(by: >))
        #expect(residual(a, eigen.right, values.real, values.imaginary) <= 50)
        // Left vectors are right ones of the transpose with the conjugate values.
        #expect(residual(a.transposed, left, values.real, -values.imaginary) <= 50)
        for vectors in [eigen.right, left] {
            for column in 0..<n {
                let (x, y) = (
                    vectors.real.transposed.row(column), vectors.imaginary.transposed.row(column)
                )
                expectClose(Double(x.dot(x) + y.dot(y)), 1, relative: 20 * Double(Scalar.ulpOfOne))
                if values.imaginary[column] == 0 { #expect(y == .zeros(n)) }
                // The second of a pair is the conjugate of the first.
                guard values.imaginary[column] > 0,
                    values.imaginary[column + 1] == -values.imaginary[column]
                else { continue }
                #expect(vectors.real.transposed.row(column + 1) == x)
                #expect(vectors.imaginary.transposed.row(column + 1) == -y)
            }
        }
        #expect(try a.generalEigen().left == nil)
    }

    @Test(arguments: [1, 2, 3, 8, 40])
    func vectorsSatisfyTheirEquations(n: Int) throws {
        for kind in MatrixKind.allCases {
            try check(kind.matrix(n, n, as: Double.self))
            try check(kind.matrix(n, n, as: Float.self))
        }
    }

    @Test func closedForms() throws {
        // A rotation by 90 degrees: values i and -i, vectors (1, -i) and (1, i).
        let rotation = try Matrix(rows: [[0.0, -1], [1, 0]]).generalEigen(left: true)
        #expect(rotation.values.real == [0, 0] && rotation.values.imaginary == [1, -1])
        for vectors in [rotation.right, try #require(rotation.left)] {
            let (x, y) = (vectors.real.materialized(), vectors.imaginary.materialized())
            // (a + bi) / (c + di) of the two components of the first vector is i.
            let (a, b, c, d) = (x[0, 0], y[0, 0], x[1, 0], y[1, 0])
            let size = c * c + d * d
            expectClose((a * c + b * d) / size, 0, absolute: 1e-15)
            expectClose((b * c - a * d) / size, 1, relative: 1e-15)
        }
        // A matrix that has one eigenvector only.
        let jordan = try Matrix(rows: [[2.0, 1], [0, 2]]).generalEigen()
        expectClose(abs(jordan.right.real[0, 0]), 1, relative: 1e-15)
        expectClose(abs(jordan.right.real[0, 1]), 1, relative: 1e-15)
        let empty = try Matrix<Double>.zeros(0, 0).generalEigen(left: true)
        #expect(empty.count == 0 && empty.right.real.rowCount == 0 && empty.left != nil)
        expectError(.notFinite(row: 1, column: 0)) {
            try Matrix(rows: [[1.0, 0], [.nan, 1]]).generalEigen()
        }
    }

    /// Three rating classes and default: what is left of the good ones in the long run.
    @Test func stationaryDistributionOfTransitions() throws {
        let transitions = Matrix(rows: [[0.9, 0.1, 0], [0.3, 0.6, 0.1], [0.2, 0.3, 0.5]])
        let eigen = try transitions.generalEigen(left: true)
        expectClose(eigen.values.real[0], 1, relative: 1e-14)
        let w = try #require(eigen.left).real.transposed.row(0)
        let stationary = w / w.sum()
        var power = transitions
        for _ in 0..<8 { power = power.matmul(power) }
        expectClose(stationary.elements, power.row(2).elements, relative: 1e-13)
    }

    @Test(arguments: propertySeeds(3))
    func decompositionIsComplete(seed: UInt64) throws {
        let n = 12
        let a = Matrix<Double>.random(.normal, shape: [n, n], seed: seed)
        let eigen = try a.generalEigen(left: true)
        let values = try a.eigenvalues()
        expectClose(eigen.values.real.elements, values.real.elements, absolute: 1e-12)
        expectClose(eigen.values.imaginary.elements, values.imaginary.elements, absolute: 1e-12)
        // Left and right vectors of different values are orthogonal: wᴴ v = 0.
        let left = try #require(eigen.left)
        let (x, y) = (left.real.materialized(), left.imaginary.materialized())
        let (u, v) = (eigen.right.real.materialized(), eigen.right.imaginary.materialized())
        let real = x.transposed.matmul(u) + y.transposed.matmul(v)
        let imaginary = x.transposed.matmul(v) - y.transposed.matmul(u)
        for i in 0..<n {
            for j in 0..<n where i != j {
                expectClose(real[i, j], 0, absolute: 1e-10)
                expectClose(imaginary[i, j], 0, absolute: 1e-10)
            }
        }
    }
}
