// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

@Suite struct TensorTests {
    @Test func elementsLieRowMajor() {
        let matrix = Matrix(rows: [[1.0, 2, 3], [4, 5, 6]])
        #expect(matrix.elements == [1, 2, 3, 4, 5, 6])
        #expect(matrix.rowCount == 2 && matrix.columnCount == 3 && matrix.count == 6)
        #expect(matrix[1, 0] == 4)
        #expect(matrix.row(1) == Vector([4.0, 5, 6]))
        #expect(matrix.column(2) == Vector([3.0, 6]))
        #expect(matrix.gatheringRows([1, 1, 0]).elements == [4, 5, 6, 4, 5, 6, 1, 2, 3])
        #expect(matrix.gatheringColumns([2, 0]).elements == [3, 1, 6, 4])
        #expect(matrix.diagonal == Vector([1.0, 5]))
        #expect(matrix.transposed.materialized() == Matrix(rows: [[1.0, 4], [2, 5], [3, 6]]))
        #expect(matrix.transposed[2, 1] == 6)
        let cube = Tensor<3, Float>(shape: [2, 2, 1], elements: [1, 2, 3, 4])
        #expect(cube.shape[2] == 1 && cube.count == 4)
    }

    @Test func tensorsAreValues() {
        var changed = Vector([1.0, 2])
        let kept = changed
        changed[0] = 9
        changed += 1
        #expect(kept.elements == [1, 2] && changed.elements == [10, 3])
        var matrix = Matrix<Double>.identity(2)
        matrix.setRow(1, to: [5, 6])
        matrix[0, 1] = 7
        #expect(matrix.elements == [1, 7, 5, 6])
        #expect(Matrix<Double>.diagonal([1, 2]).elements == [1, 0, 0, 2])
    }

    @Test func vectorsHaveCollectionsConveniences() {
        let vector: Vector<Double> = [3, 1, 2]
        #expect(vector[1...] == [1, 2])
        #expect(vector[0..<0].isEmpty)
        #expect(vector.gathering([2, 2, 0]) == [2, 2, 3])
        #expect(Vector(stride(from: 0.0, to: 3, by: 1)) == [0, 1, 2])
    }

    @Test func equalityIsThatOfShapesAndElements() {
        #expect(Matrix<Double>.zeros(0, 3) != Matrix<Double>.zeros(3, 0))
        #expect(Matrix<Double>.zeros(2, 3) != Matrix<Double>.zeros(3, 2))
        #expect(Vector([Double.nan]) != Vector([Double.nan]))
        #expect(Vector([0.0]) == Vector([-0.0]))
        #expect(Vector([0.0]).hashValue == Vector([-0.0]).hashValue)
    }

    @Test func spansReadAndWriteWithoutACopy() throws {
        var vector = Vector([1.0, 2, 3])
        vector.withMutableSpan { span in
            for index in span.indices { span[index] *= 2 }
        }
        #expect(vector.withSpan { $0[2] } == 6)
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try vector.withSpan { _ throws(Refused) in throw Refused() }
        }
        let empty = Vector<Double>([])
        #expect(empty.withSpan { $0.count } == 0)
    }

    @Test func codingRoundTripsAndRefusesAWrongShape() throws {
        let matrix = Matrix<Float>(rows: [[1.5, -2], [0, 0x1p-140]])
        let data = try JSONEncoder().encode(matrix)
        #expect(try JSONDecoder().decode(Matrix<Float>.self, from: data) == matrix)
        for text in [
            #"{"shape":[2],"elements":[1,2]}"#, #"{"shape":[2,2],"elements":[1,2,3]}"#,
            #"{"shape":[-1,-2],"elements":[1,2]}"#, #"{"shape":[0,5],"elements":[1]}"#,
            #"{"shape":[4611686018427387904,4],"elements":[]}"#,
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Matrix<Double>.self, from: Data(text.utf8))
            }
        }
    }

    @Test func descriptionIsReadable() {
        #expect(Vector([1.0, 2]).description == "[1.0, 2.0]")
        #expect(Matrix(rows: [[1.0, 2], [3, 4]]).description == "[[1.0, 2.0],\n [3.0, 4.0]]")
        #expect(
            Vector(count: 1000, repeating: 0.5).description
                == "1000\n[0.5, 0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5, 0.5]")
        #expect(Matrix<Double>.zeros(0, 3).description == "0 x 3\n[]")
        #expect(
            Tensor<3, Double>(shape: [2, 1, 1], elements: [1, 2]).description
                == "[[[1.0]],\n [[2.0]]]")
        #expect(Matrix<Double>.zeros(50, 2).description.contains("...,\n"))
        let large = Tensor<4, Float>.zeros(shape: [20, 20, 20, 20]).description
        #expect(large.hasPrefix("20 x 20 x 20 x 20\n[[[[0.0, 0.0, ..., 0.0, 0.0],\n"))
        #expect(large.count { $0 == "." } == 256 + 3 * (1 + 4 + 16 + 64))
    }

    @Test func emptyTensorsWorkEverywhere() throws {
        let empty = Matrix<Double>.zeros(0, 3)
        #expect((empty + empty).isEmpty && (2 * empty - 1).shape[1] == 3)
        #expect(empty.exp() == empty && empty.sum() == 0 && empty.norm() == 0)
        #expect(empty.mean().isNaN)
        #expect(empty.sum(.alongColumns) == .zeros(3) && empty.sum(.alongRows) == .zeros(0))
        #expect(empty.max(.alongRows) == .zeros(0))
        #expect(empty.matmul(Matrix<Double>.zeros(3, 2)) == .zeros(0, 2))
        #expect(empty.transposed.matmul(empty) == .zeros(3, 3))
        #expect(empty.gram() == .zeros(3, 3) && empty.gram(weights: []) == .zeros(3, 3))
        #expect(empty.matmul(Vector([1.0, 2, 3])) == [])
        #expect(empty.transposed.matmul(Vector([])) == .zeros(3))
        #expect(Vector<Float>([]).dot([]) == 0)
        let none = Matrix<Double>.identity(0)
        #expect(try none.cholesky().solve(Vector([])) == [])
        #expect(try none.lu().inverse() == none)
        #expect(try none.lu().determinant == 1)
        #expect(try Matrix<Double>.identity(2).lu().solve(Matrix.zeros(2, 0)) == .zeros(2, 0))
    }
}
