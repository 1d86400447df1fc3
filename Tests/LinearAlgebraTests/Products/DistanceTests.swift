// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct DistanceTests {
    private func naive<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Matrix<Scalar> {
        var distances = Matrix<Scalar>.zeros(a.rowCount, b.rowCount)
        for i in 0..<a.rowCount {
            for j in 0..<b.rowCount {
                for k in 0..<a.columnCount {
                    let difference = a[i, k] - b[j, k]
                    distances[i, j] += difference * difference
                }
            }
        }
        return distances
    }

    @Test(arguments: [0.0, 1, 1e8], propertySeeds(2))
    func distancesAreAccurateFarFromTheOrigin(offset: Double, seed: UInt64) {
        let k = 6
        let a = Matrix<Double>.random(.normal, shape: [20, k], seed: seed) + offset
        var b = Matrix<Double>.random(.normal, shape: [13, k], seed: seed &+ 1) + offset
        // Some rows coincide or nearly so.
        b.setRow(4, to: a.row(7))
        b.setRow(5, to: a.row(8) + 1e-6)
        let tolerance = 32 * Double(k + 4) * Double.ulpOfOne
        let distances = a.pairwiseSquaredDistances(to: b)
        #expect(distances[7, 4] == 0)
        expectClose(distances.elements, naive(a, b).elements, relative: tolerance)
        let own = a.pairwiseSquaredDistances()
        expectClose(own.elements, naive(a, a).elements, relative: tolerance)
        #expect(own == own.transposed.materialized())
        #expect(own.diagonal == .zeros(20))
        let single = Matrix<Float>.random(.normal, shape: [9, k], seed: seed) + Float(offset)
        expectClose(
            single.pairwiseSquaredDistances().elements, naive(single, single).elements,
            relative: 32 * Float(k + 4) * Float.ulpOfOne)
    }

    @Test func specialValuesStayWithTheirRow() {
        let a = Matrix(rows: [[0.0, 1], [.nan, 1], [.infinity, 0], [3, 5]])
        let distances = a.pairwiseSquaredDistances()
        #expect(distances[0, 3] == 25 && distances[0, 2] == .infinity)
        #expect(distances[1, 0].isNaN && distances[1, 1].isNaN && distances[2, 2].isNaN)
        // Squared norms overflow, the distance does not.
        let large = Matrix(rows: [[1e200, 0.0], [1e200, 3], [-1e200, 0]])
        #expect(large.pairwiseSquaredDistances()[1, 0] == 9)
        #expect(large.pairwiseSquaredDistances(to: large)[0, 1] == 9)
        #expect(large.pairwiseSquaredDistances()[2, 0] == .infinity)
        #expect(Matrix<Double>.zeros(0, 3).pairwiseSquaredDistances() == .zeros(0, 0))
        #expect(
            Matrix<Double>.zeros(2, 0).pairwiseSquaredDistances(to: .zeros(3, 0)) == .zeros(2, 3))
    }
}
