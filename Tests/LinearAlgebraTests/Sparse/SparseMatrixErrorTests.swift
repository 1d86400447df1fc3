// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing

@Suite struct SparseMatrixErrorTests {
    /// Arrays of a matrix of 2 x 3 with one mistake.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows = 2
        var columns = 3
        var offsets = [0, 2, 3]
        var indices = [0, 2, 1]
        var values = [1.0, 2, 3]
        var code: SparseMatrixError.Code
        var text: String
    }

    static let mistakes = [
        Mistake(
            testDescription: "negative dimension", rows: -1,
            code: .negativeDimension(rowCount: -1, columnCount: 3), text: "-1 x 3"),
        Mistake(
            testDescription: "too few offsets", offsets: [0, 3],
            code: .rowOffsetCount(count: 2), text: "2 row offsets"),
        Mistake(
            testDescription: "no offsets", rows: 0, offsets: [], indices: [], values: [],
            code: .rowOffsetCount(count: 0), text: "0 row offsets"),
        Mistake(
            testDescription: "first offset", offsets: [1, 2, 3],
            code: .rowOffset(row: 0, offset: 1), text: "row 0 is 1"),
        Mistake(
            testDescription: "falling offsets", rows: 3, offsets: [0, 2, 1, 3],
            code: .rowOffset(row: 2, offset: 1), text: "row 2 is 1"),
        Mistake(
            testDescription: "offset beyond the end", rows: 3, offsets: [0, 9, 3, 3],
            code: .rowOffset(row: 1, offset: 9), text: "row 1 is 9"),
        Mistake(
            testDescription: "negative last offset", offsets: [0, 2, -3],
            code: .storedCounts(columnIndices: 3, values: 3, lastOffset: -3), text: "offset of -3"),
        Mistake(
            testDescription: "missing value", values: [1, 2],
            code: .storedCounts(columnIndices: 3, values: 2, lastOffset: 3), text: "2 values"),
        Mistake(
            testDescription: "column too large", indices: [0, 3, 1],
            code: .columnOutOfRange(row: 0, position: 1, column: 3), text: "column 3"),
        Mistake(
            testDescription: "negative column", indices: [0, 2, -1],
            code: .columnOutOfRange(row: 1, position: 2, column: -1), text: "column -1"),
        Mistake(
            testDescription: "unsorted", indices: [2, 0, 1],
            code: .columnsNotAscending(row: 0, position: 1, column: 0), text: "not above"),
        Mistake(
            testDescription: "repeated", indices: [2, 2, 1],
            code: .columnsNotAscending(row: 0, position: 1, column: 2), text: "not above"),
    ]

    @Test(arguments: mistakes)
    func inconsistentArraysAreRefused(_ mistake: Mistake) throws {
        let error = #expect(throws: SparseMatrixError.self) {
            try SparseMatrix(
                rowCount: mistake.rows, columnCount: mistake.columns,
                rowOffsets: mistake.offsets, columnIndices: mistake.indices,
                values: mistake.values)
        }
        #expect(error?.code == mistake.code)
        #expect(error?.description.contains(mistake.text) == true, "\(error?.description ?? "")")
    }

    @Test func entriesOutsideAreRefused() {
        for (row, column) in [(2, 0), (0, 3), (-1, 0), (0, -1)] {
            let error = #expect(throws: SparseMatrixError.self) {
                try SparseMatrix<Float>(
                    rowCount: 2, columnCount: 3,
                    entries: [
                        .init(row: 0, column: 0, value: 1),
                        .init(row: row, column: column, value: 1),
                    ])
            }
            #expect(error?.code == .entryOutOfRange(entry: 1, row: row, column: column))
        }
        #expect(throws: SparseMatrixError.self) {
            try SparseMatrix<Float>(rowCount: 2, columnCount: -1, entries: [])
        }
    }

    @Test func decodingChecksTheArrays() throws {
        let matrix = SparseMatrix(Matrix(rows: [[0.0, 1.5], [2, 0], [0, 0]]))
        let data = try JSONEncoder().encode(matrix)
        #expect(try JSONDecoder().decode(SparseMatrix<Double>.self, from: data) == matrix)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("\"columnIndices\":[1,0]"))
        for wrong in ["[1,2]", "[1]", "[-1,0]"] {
            let broken = text.replacingOccurrences(
                of: "\"columnIndices\":[1,0]", with: "\"columnIndices\":\(wrong)")
            let error = #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(SparseMatrix<Double>.self, from: Data(broken.utf8))
            }
            guard case .dataCorrupted(let context)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(context.underlyingError is SparseMatrixError)
        }
    }

    @Test func shapesMustFit() async {
        await #expect(processExitsWith: .failure) {
            _ = SparseMatrix<Double>.zeros(2, 3).matmul(Vector<Double>.zeros(2))
        }
        await #expect(processExitsWith: .failure) {
            _ = SparseMatrix<Double>.zeros(2, 3).transposed.matmul(Matrix<Double>.zeros(3, 2))
        }
        await #expect(processExitsWith: .failure) { _ = SparseMatrix<Double>.zeros(2, 3)[2, 0] }
    }
}
