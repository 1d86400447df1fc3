// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

@Suite struct MaskTests {
    private let a = Vector([1.0, -2, .nan, 0, 5])

    @Test func comparisonsFollowIEEE() {
        let b = Vector([1.0, 3, .nan, -0.0, .infinity])
        #expect((a .< b).elements == [false, true, false, false, true])
        #expect((a .<= b).elements == [true, true, false, true, true])
        #expect((a .> b).elements == [false, false, false, false, false])
        #expect((a .>= b).elements == [true, false, false, true, false])
        #expect((a .== b).elements == [true, false, false, true, false])
        #expect((a .!= b).elements == [false, true, true, false, true])
        #expect((a .< 1).elements == [false, true, false, true, false])
        #expect((a .<= 1).elements == [true, true, false, true, false])
        #expect((a .> 0).elements == [true, false, false, false, true])
        #expect((a .>= 0).elements == [true, false, false, true, true])
        #expect((a .== 0).elements == [false, false, false, true, false])
        #expect((a .!= .nan).isAllTrue && !(a .== .nan).containsTrue)
        #expect(a.mask(where: \.isNaN).trueIndices == [2])
        #expect(
            (Matrix<Float>.identity(2) .== 1)
                == MatrixMask(shape: [2, 2], elements: [true, false, false, true]))
    }

    @Test func masksCombine() {
        let p = VectorMask([true, true, false, false])
        let q = VectorMask([true, false, true, false])
        #expect((p .& q).elements == [true, false, false, false])
        #expect((p .| q).elements == [true, true, true, false])
        #expect((p .^ q).elements == [false, true, true, false])
        #expect((.!p).elements == [false, false, true, true])
        #expect(p.trueCount == 2 && p.count == 4 && p.containsTrue && !p.isAllTrue)
        let empty = VectorMask([])
        #expect(empty.isAllTrue && !empty.containsTrue && (.!empty) == empty)
        #expect(
            TensorMask(shape: [1, 2], elements: [true, false])
                != TensorMask(shape: [2, 1], elements: [true, false]))
        var changed = MatrixMask(shape: [2, 2], elements: [false, false, false, false])
        changed[1, 0] = true
        #expect(changed.trueIndices == [2] && changed[1, 0])
        #expect(Set([p, q, p]).count == 2)
        #expect(changed.description == "[[false, false],\n [true, false]]")
    }

    @Test func masksSelectAndReplace() {
        var vector = a
        #expect(vector[vector .> 0] == [1, 5])
        vector[vector.mask(where: \.isNaN)] = [9]
        #expect(vector == [1, -2, 9, 0, 5])
        vector[vector .> 4] *= 10
        #expect(vector == [1, -2, 90, 0, 50])
        #expect(vector.replacing(with: 0, where: vector .< 0) == [1, 0, 90, 0, 50])
        #expect(vector.replacing(with: -vector, where: vector .>= 50) == [1, -2, -90, 0, -50])
        vector.replace(with: 7, where: VectorMask([false, false, false, false, true]))
        #expect(vector == [1, -2, 90, 0, 7])
        let kept = vector[VectorMask([Bool](repeating: false, count: 5))]
        #expect(kept.isEmpty)
    }

    @Test func masksSelectRowsAndColumns() {
        var matrix = Matrix(rows: [[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
        let ends = VectorMask([true, false, true])
        #expect(matrix[rows: ends] == matrix.gatheringRows([0, 2]))
        #expect(matrix[columns: ends] == matrix.gatheringColumns([0, 2]))
        #expect(matrix[rows: matrix.column(1) .> 4] == matrix[1...])
        #expect(matrix[matrix .> 7] == [8, 9])
        matrix[rows: ends] *= 2
        matrix[columns: ends] = .zeros(3, 2)
        #expect(matrix == Matrix(rows: [[0.0, 4, 0], [0, 5, 0], [0, 16, 0]]))
        let none = Matrix<Double>.zeros(0, 3)
        #expect(none[rows: VectorMask([])] == none && none[none .> 0].isEmpty)
    }

    @Test func elementsAreZippedAndReduced() throws {
        let m = Matrix(rows: [[1.0, 2, 3], [4, 5, 6]])
        #expect(m.zip(with: 2 * m) { $1 - $0 } == m)
        var changed = m
        changed.apply(with: m) { $0 * $1 }
        #expect(changed == m * m)
        #expect(m.reduce("") { $0 + "\(Int($1))" } == "123456")
        #expect(m.reduce(.alongRows, 10) { 2 * $0 + $1 } == [91, 112])
        #expect(m.reduce(.alongColumns, 0) { 10 * $0 + $1 } == [14, 25, 36])
        #expect(Matrix<Double>.zeros(2, 0).reduce(.alongRows, 3, +) == [3, 3])
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try m.zip(with: m) { _, _ throws(Refused) in throw Refused() }
        }
    }
}
