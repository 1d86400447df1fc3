// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct SliceTests {
    private let matrix = Matrix<Double>(rowCount: 4, columnCount: 3) { Double(10 * $0 + $1) }

    @Test func rangesReadBlocks() {
        #expect(matrix[1...2, 0..<2] == Matrix(rows: [[10.0, 11], [20, 21]]))
        #expect(matrix[2..., 1] == [21, 31] && matrix[0, ..<2] == [0, 1])
        #expect(matrix[0..., 2] == matrix.column(2) && matrix[3, 0...] == matrix.row(3))
        #expect(matrix[1..<3] == matrix.gatheringRows([1, 2]) && matrix[4...].rowCount == 0)
        #expect(matrix[2..<2, 0...].columnCount == 3)
        #expect(Vector([1.0, 2, 3])[..<2] == [1, 2])
    }

    @Test func rangesWriteBlocks() {
        var changed = matrix
        changed[1...2, 1...] = Matrix(rows: [[1.0, 2], [3, 4]])
        changed[0, 1...] = [-1, -2]
        changed[2..., 0] = [7, 8]
        #expect(changed.elements == [0, -1, -2, 10, 1, 2, 7, 3, 4, 8, 31, 32])
        changed[..<2] = .zeros(2, 3)
        #expect(changed.elements == [0, 0, 0, 0, 0, 0, 7, 3, 4, 8, 31, 32])
        changed[3...] += 1
        #expect(changed.row(3) == [9, 32, 33] && matrix[3, 0] == 30)
        var vector = Vector<Float>([1, 2, 3, 4])
        vector[1..<3] = [8, 9]
        vector[2...] *= 2
        #expect(vector == [1, 8, 18, 8])
        changed.setColumn(1, to: [1, 2, 3, 4])
        #expect(changed.column(1) == [1, 2, 3, 4] && changed.column(2) == [0, 0, 4, 33])
        changed.diagonal += 5
        #expect(changed.diagonal == [5, 7, 9] && changed[3, 2] == 33)
    }

    @Test(arguments: propertySeeds(20))
    func blocksMatchTheirElements(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        let (m, n) = (
            Int.random(in: 0...6, using: &generator), Int.random(in: 0...6, using: &generator)
        )
        func range(_ count: Int) -> Range<Int> {
            let low = Int.random(in: 0...count, using: &generator)
            return low..<Int.random(in: low...count, using: &generator)
        }
        let (rows, columns) = (range(m), range(n))
        let original = Matrix<Double>(rowCount: m, columnCount: n) { Double(10 * $0 + $1) }
        let block = original[rows, columns]
        #expect(block.rowCount == rows.count && block.columnCount == columns.count)
        var written = original
        written[rows, columns] = -1 - block
        for row in 0..<m {
            for column in 0..<n {
                let value = Double(10 * row + column)
                guard rows.contains(row), columns.contains(column) else {
                    #expect(written[row, column] == value)
                    continue
                }
                #expect(block[row - rows.lowerBound, column - columns.lowerBound] == value)
                #expect(written[row, column] == -1 - value)
            }
        }
    }

    @Test func higherRanksHaveSlices() {
        var cube = Tensor<3, Double>(shape: [2, 2, 3]) { Double(100 * $0[0] + 10 * $0[1] + $0[2]) }
        #expect(cube[1] == Matrix(rows: [[100.0, 101, 102], [110, 111, 112]]))
        cube[0] = .ones(2, 3)
        cube[1, 0, 2] = -1
        cube[1][1, 1] = -2
        #expect(cube.elements == [1, 1, 1, 1, 1, 1, 100, 101, -1, 110, -2, 112])
        #expect(cube[1...].shape[0] == 1 && cube[1...].elements == cube[1].elements)
        var four = Tensor<4, Float>.zeros(shape: [2, 2, 2, 3])
        four[1] = Tensor<3, Float>(cube)
        four[0, 1, 1, 2] = 5
        #expect(four[1, 1, 0, 1] == 101)
        #expect(four[1][1] == Matrix<Float>(cube[1]) && four[0].sum() == 5)
        #expect(four.gathering([1, 1, 0]).shape[0] == 3)
        #expect(four.gathering([1, 1, 0])[1] == four[1])
    }

    @Test func rowsAreGatheredAndScattered() {
        #expect(matrix.gathering([3, 0, 3]) == matrix.gatheringRows([3, 0, 3]))
        #expect(Vector([5.0, 6, 7]).gathering([2, 2, 0]) == [7, 7, 5])
        var changed = matrix
        changed.scatter(Matrix(rows: [[1.0, 1, 1], [2, 2, 2], [3, 3, 3]]), at: [3, 0, 3])
        #expect(changed.row(0) == [2, 2, 2] && changed.row(3) == [3, 3, 3])
        #expect(changed[1...2] == matrix[1...2])
        changed.scatterAdd(Matrix(rows: [[1.0, 2, 3], [10, 20, 30]]), at: [1, 1])
        #expect(changed.row(1) == [21, 33, 45])
        var counts = Vector<Double>.zeros(3)
        counts.scatterAdd(.ones(5), at: [0, 2, 2, 0, 2])
        #expect(counts == [2, 0, 3])
        counts.scatter([], at: [])
        #expect(counts == [2, 0, 3])
    }

    @Test func shapesChangeAndAxesMove() throws {
        let flat = Vector<Double>(0..<24)
        let cube = flat.reshaped(to: [2, 3, 4])
        #expect(cube[1, 2, 3] == 23 && cube.flattened == flat)
        #expect(cube.reshaped(to: [6, 4]) == Matrix(shape: [6, 4], elements: flat.elements))
        #expect(Vector([3.0]).reshaped(to: []) == Tensor<0, Double>(shape: [], elements: [3]))
        #expect(Vector<Double>([]).reshaped(to: [0, 7]).columnCount == 7)
        for permuted in try NumPyGolden.load().permuted {
            let order = InlineArray<3, Int> { permuted.order[$0] }
            let moved = cube.permutingAxes(order)
            #expect(moved.elements == permuted.values.map(Double.init), "\(permuted.order)")
            for axis in 0..<3 { #expect(moved.shape[axis] == cube.shape[order[axis]]) }
        }
        #expect(matrix.permutingAxes([1, 0]) == matrix.transposed.materialized())
        #expect(Matrix<Double>.zeros(0, 3).permutingAxes([1, 0]) == .zeros(3, 0))
    }
}
