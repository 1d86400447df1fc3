// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct CreationTests {
    @Test func anyRankIsFilled() {
        #expect(Tensor<3, Float>.zeros(shape: [2, 0, 4]).isEmpty)
        #expect(Tensor<4, Double>.ones(shape: [2, 3, 1, 2]).sum() == 12)
        #expect(Matrix<Double>.ones(2, 3).elements == [1, 1, 1, 1, 1, 1])
        #expect(Tensor<0, Double>.ones(shape: []).elements == [1])
        let cube = Tensor<3, Double>(shape: [2, 1, 2], elements: stride(from: 0, to: 8, by: 2))
        #expect(cube.elements == [0, 2, 4, 6])
    }

    @Test func elementsAreAskedForByIndex() throws {
        let cube = Tensor<3, Double>(shape: [2, 3, 4]) { Double(100 * $0[0] + 10 * $0[1] + $0[2]) }
        #expect(cube[1, 2, 3] == 123 && cube[0, 2, 0] == 20 && cube.elements[5] == 11)
        let matrix = Matrix<Float>(rowCount: 2, columnCount: 2) { Float(10 * $0 + $1) }
        #expect(matrix.elements == [0, 1, 10, 11])
        #expect(Matrix<Double>(rowCount: 3, columnCount: 0) { _, _ in 1 }.isEmpty)
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try Vector<Double>(shape: [2]) { _ throws(Refused) in throw Refused() }
        }
        #expect(Matrix(columns: [[1.0, 2], [3, 4], [5, 6]]).elements == [1, 3, 5, 2, 4, 6])
        #expect(Matrix<Double>(columns: []).isEmpty)
    }

    @Test func rangesBecomeVectors() {
        #expect(Vector<Double>(-1..<3) == [-1, 0, 1, 2])
        #expect(Vector<Float>(1...3) == [1, 2, 3])
        #expect(Vector<Double>(5..<5).isEmpty)
        #expect(Vector<Double>.linearlySpaced(from: 1, through: 2, count: 0).isEmpty)
        #expect(Vector<Double>.linearlySpaced(from: 1, through: 2, count: 1) == [1])
        #expect(Vector<Float>.linearlySpaced(from: 0, through: 1, count: 5)[1] == 0.25)
    }

    @Test func linearSpacingHasTheBitsOfNumPy() throws {
        for spacing in try NumPyGolden.load().linearlySpaced {
            let ours = Vector<Double>.linearlySpaced(
                from: spacing.first, through: spacing.last, count: spacing.count)
            #expect(ours.elements == doubles(spacing.values))
        }
    }

    @Test func vectorsAreBroadcastAlongAnyAxis() {
        let v = Vector([1.0, 2])
        #expect(Matrix(broadcasting: v, to: [3, 2], axis: 1).elements == [1, 2, 1, 2, 1, 2])
        #expect(Matrix(broadcasting: v, to: [2, 3], axis: 0).elements == [1, 1, 1, 2, 2, 2])
        #expect(Matrix(broadcasting: v, to: [0, 2], axis: 1).isEmpty)
        #expect(Matrix(broadcasting: v, to: [2, 0], axis: 0).shape[0] == 2)
        let m = Matrix(rows: [[1.0, 2], [3, 4]])
        #expect(Matrix(broadcasting: v, to: m.shape, axis: 1) - m == -m.subtractingFromRows(v))
        let cube = Tensor<3, Double>(broadcasting: v, to: [2, 2, 3], axis: 1)
        #expect(cube == Tensor(shape: [2, 2, 3]) { v[$0[1]] })
    }

    @Test func elementTypesConvert() {
        let doubles = Matrix(rows: [[0.1, 1e300], [1e-300, .nan]])
        let floats = Matrix<Float>(doubles)
        #expect(floats[0, 0] == 0.1 && floats[0, 1] == .infinity && floats[1, 0] == 0)
        #expect(floats[1, 1].isNaN && floats.rowCount == 2)
        let back = Matrix<Double>(floats)
        #expect(back[0, 0] == Double(Float(0.1)) && back[0, 1] == .infinity)
        #expect(Vector<Double>(Vector([1.0, 2])) == [1, 2])
        #expect(Vector<Float>(Vector<Double>([])).isEmpty)
        #expect(Vector<Double>(Vector([1.0, 2]) .> 1) == [0, 1])
    }
}
