// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct SparseMatrixTests {
    private typealias Entry = SparseMatrix<Double>.Entry

    private static let small = SparseMatrix(
        Matrix(rows: [[0.0, 2, 0, 1], [0, 0, 0, 0], [3, 0, 4, 0]]))

    @Test func denseMatricesAreCompressed() throws {
        let matrix = Self.small
        #expect(matrix.rowOffsets == [0, 2, 2, 4])
        #expect(matrix.columnIndices == [1, 3, 0, 2])
        #expect(matrix.values == [2, 1, 3, 4])
        #expect(matrix[0, 3] == 1 && matrix[0, 2] == 0 && matrix[1, 1] == 0 && matrix[2, 3] == 0)
        #expect(matrix.dense() == Matrix(rows: [[0.0, 2, 0, 1], [0, 0, 0, 0], [3, 0, 4, 0]]))
        #expect(matrix.description == "3 x 4, 4 stored")
        let kept = SparseMatrix(Matrix(rows: [[Double.nan, -0.0]]))
        #expect(kept.storedCount == 1 && kept[0, 0].isNaN)
    }

    @Test func entriesAreSortedAndDuplicatesAdded() throws {
        let matrix = try SparseMatrix(
            rowCount: 3, columnCount: 4,
            entries: [
                Entry(row: 2, column: 2, value: 1), Entry(row: 0, column: 3, value: 1),
                Entry(row: 2, column: 0, value: 3), Entry(row: 0, column: 1, value: 5),
                Entry(row: 2, column: 2, value: 3), Entry(row: 0, column: 1, value: -3),
            ])
        #expect(matrix == Self.small)
        #expect(try SparseMatrix(rowCount: 3, columnCount: 4, entries: matrix.entries) == matrix)
        // The order of the summands decides the rounding.
        let summands = [1e16, 1, -1e16].map { Entry(row: 0, column: 0, value: $0) }
        let sum = try SparseMatrix(rowCount: 1, columnCount: 1, entries: summands)
        #expect(sum[0, 0] == 0 && sum.storedCount == 1 && sum.removingZeros().storedCount == 0)
        let other = [summands[0], summands[2], summands[1]]
        #expect(try SparseMatrix(rowCount: 1, columnCount: 1, entries: other)[0, 0] == 1)
    }

    @Test(
        arguments: propertySeeds(4), [[12, 9, 7], [5, 14, 3], [0, 4, 2], [6, 0, 3], [3, 1, 0]])
    func agreesWithDenseArithmetic(seed: UInt64, shape: [Int]) throws {
        var generator = TestGenerator(seed: seed)
        let (m, k, n) = (shape[0], shape[1], shape[2])
        let (a, dense) = Self.random(m, k, &generator)
        let (b, denseB) = Self.random(k, n, &generator)
        let (c, denseC) = Self.random(m, n, &generator)
        let x = Vector((0..<k).map { _ in Double.random(in: -1...1, using: &generator) })
        let y = Vector((0..<m).map { _ in Double.random(in: -1...1, using: &generator) })
        #expect(a.dense() == dense && SparseMatrix(dense) == a.removingZeros())
        let transpose = dense.transposed.materialized()
        #expect(a.transposed.materialized().dense() == transpose)
        #expect(a.transposed.materialized().transposed.materialized() == a)
        #expect(m == 0 || k == 0 || a.transposed[k - 1, 0] == dense[0, k - 1])
        expectSame(a.matmul(x), dense.matmul(x))
        expectSame(a.transposed.matmul(y), transpose.matmul(y))
        expectSame(a.matmul(denseB), dense.matmul(denseB))
        expectSame(a.matmul(b).dense(), dense.matmul(denseB))
        expectSame(a.transposed.matmul(denseC), transpose.matmul(denseC))
        expectSame(a.transposed.materialized().matmul(c).dense(), transpose.matmul(denseC))
        #expect(a.multiplyingColumns(by: y).dense() == dense.multiplyingColumns(by: y))
        #expect(a.multiplyingRows(by: x).dense() == dense.multiplyingRows(by: x))
        #expect(a.mapStored { 3 * $0 }.dense() == dense * 3)
        expectSame(a.sum(.alongRows), dense.sum(.alongRows))
        expectSame(a.sum(.alongColumns), dense.sum(.alongColumns))
        expectSame(a.norm(.alongRows), dense.norm(.alongRows))
        expectSame(a.norm(.alongColumns), dense.norm(.alongColumns))
        let rows = (0..<(m == 0 ? 0 : 7)).map { _ in Int.random(in: 0..<m, using: &generator) }
        #expect(a.gatheringRows(rows).dense() == dense.gatheringRows(rows))
        #expect(a[rows: m / 3..<m].dense() == dense.gatheringRows(Array(m / 3..<m)))
        for row in 0..<m { #expect(a.row(row) == dense.row(row)) }
        // What was computed passes the check of the public initialiser.
        for matrix in [a.matmul(b), a.transposed.materialized(), a[rows: m / 3..<m], a] {
            let checked = try SparseMatrix(
                rowCount: matrix.rowCount, columnCount: matrix.columnCount,
                rowOffsets: matrix.rowOffsets, columnIndices: matrix.columnIndices,
                values: matrix.values)
            #expect(checked == matrix)
        }
    }

    @Test func emptyAndUnstoredMatricesWork() {
        let zeros = SparseMatrix<Float>.zeros(3, 2)
        #expect(zeros.matmul(Vector<Float>([1, .infinity])) == Vector<Float>.zeros(3))
        #expect(zeros.transposed.matmul(Vector<Float>.ones(3)) == Vector<Float>.zeros(2))
        #expect(
            zeros.matmul(Matrix(rowCount: 2, columnCount: 4, repeating: 1))
                == Matrix<Float>.zeros(3, 4))
        #expect(zeros.norm(.alongRows) == Vector<Float>.zeros(3))
        #expect(zeros[rows: 3..<3].rowCount == 0)
        #expect(SparseMatrix<Double>.zeros(0, 0).dense().isEmpty)
        #expect(
            SparseMatrix<Double>.zeros(0, 3).transposed.materialized().rowOffsets == [0, 0, 0, 0])
        #expect(SparseMatrix<Double>(Matrix(rows: [[1e300, 1e300]])).norm(.alongRows)[0].isFinite)
    }

    /// Sums may differ in their order from the BLAS and from dense kernels.
    private func expectSame<let rank: Int>(
        _ actual: Tensor<rank, Double>, _ expected: Tensor<rank, Double>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for axis in actual.shape.indices {
            #expect(
                actual.shape[axis] == expected.shape[axis], sourceLocation: sourceLocation)
        }
        expectClose(
            actual.elements, expected.elements, relative: 1e-13, absolute: 1e-14,
            sourceLocation: sourceLocation)
    }

    private static func random(
        _ rows: Int, _ columns: Int, _ generator: inout TestGenerator
    ) -> (SparseMatrix<Double>, Matrix<Double>) {
        var dense = Matrix<Double>.zeros(rows, columns)
        var entries: [Entry] = []
        for row in 0..<rows {
            for column in 0..<columns where Int.random(in: 0..<3, using: &generator) == 0 {
                let value = Double.random(in: -1...1, using: &generator)
                dense[row, column] = value
                entries.append(Entry(row: row, column: column, value: value))
            }
        }
        entries.shuffle(using: &generator)
        let sparse = try? SparseMatrix(rowCount: rows, columnCount: columns, entries: entries)
        return (sparse ?? .zeros(0, 0), dense)
    }
}
