// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct SortingTests {
    @Test func orderMatchesNumPysStableOne() throws {
        let golden = try NumPyGolden.load()
        let keys = Vector(doubles(golden.argsortKeys))
        #expect(keys.argsort() == golden.argsort)
        #expect(bits(keys.sorted()) == bits(Vector(doubles(golden.sorted))))
        #expect(bits(keys.gathering(keys.argsort())) == bits(keys.sorted()))
    }

    @Test(arguments: propertySeeds(20))
    func orderIsStableInBothDirections(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        let values: [Float] = [-0.0, 0, 1, 1, -.infinity, .infinity, .nan, 2, -3]
        let count = Int.random(in: 0...60, using: &generator)
        let v = Vector((0..<count).map { _ in values.randomElement(using: &generator) ?? 0 })
        for descending in [false, true] {
            let order = v.argsort(descending: descending)
            #expect(order.sorted() == Array(v.indices))
            for (a, b) in zip(order, order.dropFirst()) {
                let (x, y) = (v[a], v[b])
                let isBefore = descending ? x > y : x < y
                let tied = x == y || (x.isNaN && y.isNaN)
                #expect(isBefore || (!x.isNaN && y.isNaN) || (tied && a < b))
            }
            #expect(bits(v.gathering(order)) == bits(v.sorted(descending: descending)))
            var sorted = v
            sorted.sort(descending: descending)
            #expect(bits(sorted) == bits(v.sorted(descending: descending)))
        }
    }

    @Test func rowsAndColumnsAreSortedForThemselves() {
        let m = Matrix(rows: [[3.0, 1, 2], [.nan, 6, 5]])
        #expect(m.sorted(.alongRows).row(0) == [1, 2, 3])
        #expect(m.sorted(.alongRows).elements[3...4] == [5, 6])
        #expect(m.sorted(.alongRows, descending: true).elements[3...4] == [6, 5])
        #expect(m.sorted(.alongColumns, descending: true).row(0) == [3, 6, 5])
        #expect(m.argsort(.alongRows) == [[1, 2, 0], [2, 1, 0]])
        #expect(m.argsort(.alongColumns, descending: true) == [[0, 1], [1, 0], [1, 0]])
        #expect(m.gatheringRows(m.column(1).argsort(descending: true)).row(1) == m.row(0))
        let none = Matrix<Double>.zeros(0, 3)
        #expect(none.sorted(.alongColumns) == none && none.argsort(.alongColumns) == [[], [], []])
    }

    private func bits(_ v: Vector<Double>) -> [UInt64] { v.elements.map(\.bitPattern) }
    private func bits(_ v: Vector<Float>) -> [UInt32] { v.elements.map(\.bitPattern) }
}
