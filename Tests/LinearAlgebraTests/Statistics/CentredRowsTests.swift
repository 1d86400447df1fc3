// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("Products and sums of rows measured from a centre", .serialized)
struct CentredRowsTests {
    /// Several parts of several blocks, with a block that is not whole and 8k + 3 columns.
    @Test(
        "against sums of a centred copy; the same bits for every number of threads",
        arguments: [(0, 3), (1, 1), (7, 2), (2100, 11), (33_000, 35), (70_000, 3)])
    func sums(rowCount: Int, columnCount: Int) {
        var generator = TestGenerator(seed: UInt64(rowCount))
        let features = Matrix<Double>(rowCount: rowCount, columnCount: columnCount) { _, column in
            2000 + Double.random(in: -1...1, using: &generator) * Double(column + 1)
        }
        let centre = Vector((0..<columnCount).map { 2000 + Double($0 % 3) / 10 })
        let factors = Vector((0..<columnCount).map { Double($0 % 5) - 2 })
        let weights = Vector((0..<rowCount).map { Double($0 % 4) / 3 })
        let copy = features.subtractingFromRows(centre)
        let scaled = copy.multiplyingColumns(by: weights)
        let size = Double(max(rowCount, 1)) * Double(columnCount * columnCount)
        expectClose(
            features.centredProducts(factors, centre: centre).elements,
            copy.matmul(factors).elements, absolute: 1e-14 * size)
        expectClose(
            features.centredSums(weights: weights, centre: centre).elements,
            scaled.sum(.alongColumns).elements, absolute: 1e-14 * size)
        expectClose(
            features.centredSquares(weights: weights, centre: centre),
            copy.transposed.matmul(scaled).diagonal.elements, absolute: 1e-14 * size)
        let residuals = Vector((0..<rowCount).map { Double($0 % 7) - 3 })
        let moments = features.centredMoments(
            weights: weights, residuals: residuals, centre: centre)
        expectClose(
            moments.gram.elements, copy.transposed.matmul(scaled).elements, absolute: 1e-14 * size)
        expectClose(
            moments.sums.elements, scaled.sum(.alongColumns).elements, absolute: 1e-14 * size)
        expectClose(
            moments.residualSums.elements, copy.transposed.matmul(residuals).elements,
            absolute: 1e-13 * size)
        expectClose(
            [moments.total, moments.residualTotal], [weights.sum(), residuals.sum()],
            absolute: 1e-14 * size)
        let limit = LoopThreads.limit
        LoopThreads.limit = 1
        defer { LoopThreads.limit = limit }
        let alone = features.centredMoments(
            weights: weights, residuals: residuals, centre: centre)
        #expect(alone.gram == moments.gram && alone.residualSums == moments.residualSums)
        #expect(
            features.centredSums(weights: weights, centre: centre)
                == {
                    LoopThreads.limit = 2
                    return features.centredSums(weights: weights, centre: centre)
                }())
    }
}
