// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

@Suite struct JoiningTests {
    private let cube = Vector<Double>(0..<24).reshaped(to: [2, 3, 4])

    @Test func joiningMatchesNumPy() throws {
        let golden = try NumPyGolden.load()
        let parts = [cube, cube + 100]
        for axis in 0..<4 {
            let stacked = Tensor<4, Double>.stacked(parts, axis: axis)
            #expect(stacked.elements == golden.stacked[axis].map(Double.init))
            #expect(stacked.shape[axis] == 2)
        }
        for axis in 0..<3 {
            let joined = Tensor.concatenated(parts, axis: axis)
            #expect(joined.elements == golden.concatenated[axis].map(Double.init))
            #expect(joined.shape[axis] == 2 * cube.shape[axis])
            let split = cube.split(into: 3, axis: axis)
            #expect(split.map { $0.elements } == golden.split[axis].map { $0.map(Double.init) })
            #expect(Tensor.concatenated(split, axis: axis) == cube)
        }
    }

    @Test func vectorsStackToRowsAndColumns() {
        let vectors = [Vector([1.0, 2, 3]), [4, 5, 6]]
        #expect(Matrix.stacked(vectors) == Matrix(rows: [[1.0, 2, 3], [4, 5, 6]]))
        #expect(Matrix.stacked(vectors, axis: 1) == Matrix(columns: [[1.0, 2, 3], [4, 5, 6]]))
        #expect(Vector.concatenated(vectors) == [1, 2, 3, 4, 5, 6])
        #expect(Matrix.stacked([Vector<Double>([])], axis: 1) == .zeros(0, 1))
        let matrices = [Matrix<Float>.identity(2), .zeros(2, 2)]
        #expect(Tensor<3, Float>.stacked(matrices)[0] == .identity(2))
    }

    @Test func emptyPartsJoin() {
        let none = Matrix<Double>.zeros(0, 3)
        let rows = Matrix(rows: [[1.0, 2, 3]])
        #expect(Matrix.concatenated([none, rows, none]) == rows)
        #expect(Matrix.concatenated([none, none], axis: 1) == .zeros(0, 6))
        #expect(rows.split(at: [0, 1, 1]).map { $0.rowCount } == [0, 1, 0, 0])
        #expect(none.split(into: 2, axis: 1).map { $0.columnCount } == [2, 1])
    }

    @Test func splitsFollowPositions() {
        let v = Vector<Double>(0..<7)
        #expect(v.split(at: [2, 5]) == [v[..<2], v[2..<5], v[5...]])
        #expect(v.split(at: []) == [v])
        #expect(v.split(into: 3).map { $0.count } == [3, 2, 2])
        let m = Matrix<Double>(rowCount: 2, columnCount: 5) { Double(10 * $0 + $1) }
        #expect(m.split(at: [1], axis: 1) == [m[0..., ..<1], m[0..., 1...]])
    }
}
