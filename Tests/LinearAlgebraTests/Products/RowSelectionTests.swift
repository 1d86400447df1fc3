// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct RowSelectionTests {
    @Test(arguments: propertySeeds(4), [0, 1, 3, 17, 40])
    func selectionsAgreeWithSorting(seed: UInt64, count: Int) {
        var generator = TestGenerator(seed: seed)
        // Few distinct values, so that there are ties.
        let elements = (0..<200).map { _ in Float(Int.random(in: -6...6, using: &generator)) }
        let a = Matrix(rowCount: 5, columnCount: 40, elements: elements)
        let (smallest, largest) = (a.smallestInRows(count), a.largestInRows(count))
        #expect(smallest.count == count && smallest.values.rowCount == 5)
        for row in 0..<5 {
            let ascending = (0..<40).sorted { (a[row, $0], $0) < (a[row, $1], $1) }
            let descending = (0..<40).sorted { (-a[row, $0], $0) < (-a[row, $1], $1) }
            #expect(smallest.columns(inRow: row) == Array(ascending.prefix(count)))
            #expect(largest.columns(inRow: row) == Array(descending.prefix(count)))
            #expect(
                smallest.values.row(row).elements == ascending.prefix(count).map { a[row, $0] })
            #expect(
                largest.values.row(row).elements == descending.prefix(count).map { a[row, $0] })
        }
    }

    @Test func specialValues() {
        let a = Matrix(rows: [[.nan, 2.0, -.infinity, .nan, .infinity, -0.0, 0]])
        #expect(a.smallestInRows(7).columns == [2, 5, 6, 1, 4, 0, 3])
        #expect(a.largestInRows(7).columns == [4, 1, 5, 6, 2, 0, 3])
        #expect(a.largestInRows(2).values == Matrix(rows: [[.infinity, 2]]))
        #expect(Matrix<Double>.zeros(0, 4).smallestInRows(2).columns.isEmpty)
        #expect(Matrix<Double>.zeros(3, 0).largestInRows(0).values == .zeros(3, 0))
    }
}
