// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// Forms that write into existing storage: the bits of the forms that give new tensors, in the same
/// storage.
@Suite struct FormTests {
    @Test(arguments: propertySeeds(3))
    func elementwise(seed: UInt64) {
        check(seed, as: Double.self)
        check(seed, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(_ seed: UInt64, as: Scalar.Type) {
        let shape: InlineArray<2, Int> = [7, 11]
        let x = Matrix<Scalar>.random(.normal, shape: shape, seed: seed)
        let y = Matrix<Scalar>.random(.normal, shape: shape, seed: seed &+ 1)
        let z = Matrix<Scalar>.random(.normal, shape: shape, seed: seed &+ 2)
        let p = x.absoluteValue()
        expectForm(x.exp()) { $0.formExp(of: x) }
        expectForm(x.expm1()) { $0.formExpm1(of: x) }
        expectForm(p.log()) { $0.formLog(of: p) }
        expectForm(p.log1p()) { $0.formLog1p(of: p) }
        expectForm(x.tanh()) { $0.formTanh(of: x) }
        expectForm(x.sigmoid()) { $0.formSigmoid(of: x) }
        expectForm(x.softplus()) { $0.formSoftplus(of: x) }
        expectForm(x.erf()) { $0.formErf(of: x) }
        expectForm(x.relu()) { $0.formRelu(of: x) }
        expectForm(x.sign()) { $0.formSign(of: x) }
        expectForm(p.squareRoot()) { $0.formSquareRoot(of: p) }
        expectForm(p) { $0.formAbsoluteValue(of: x) }
        expectForm(x.clipped(to: -1...0.5)) { $0.formClipped(of: x, to: -1...0.5) }
        expectForm(p.pow(0.3)) { $0.formPow(of: p, 0.3) }
        expectForm(p.pow(y)) { $0.formPow(of: p, y) }
        expectForm(.pow(2.5, x)) { $0.formPow(of: 2.5, x) }
        expectForm(x + y) { $0.formSum(x, y) }
        expectForm(x + 3) { $0.formSum(x, 3) }
        expectForm(3 - x) { $0.formDifference(3, x) }
        expectForm(x - y) { $0.formDifference(x, y) }
        expectForm(x * y) { $0.formElementwiseProduct(x, y) }
        expectForm(x / y) { $0.formQuotient(x, y) }
        expectForm(2 / x) { $0.formQuotient(2, x) }
        expectForm(z.addingProduct(x, y)) { $0.formAddingProduct(z, x, y) }
        let combination = 1.5 * x + (-0.25 * y)
        expectForm(combination) { $0.formLinearCombination(1.5, x, -0.25, y) }
        expectForm(combination, from: y) { $0.rescale(by: -0.25, adding: x, times: 1.5) }
        expectForm(y + x, from: y) { $0.rescale(by: 1, adding: x) }
        expectForm(x.softmax()) { $0.formSoftmax(of: x) }
        expectForm(x.logSoftmax()) { $0.formLogSoftmax(of: x) }
        expectForm(x.cumulativeSum()) { $0.formCumulativeSum(of: x) }
    }

    @Test(arguments: [(1, 1), (3, 2), (5, 300), (300, 5), (129, 130), (0, 4), (4, 0)])
    func rowsAndColumns(rows: Int, columns: Int) {
        check(rows, columns, as: Double.self)
        check(rows, columns, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(
        _ rows: Int, _ columns: Int, as: Scalar.Type
    ) {
        let m = Matrix<Scalar>.random(.normal, shape: [rows, columns], seed: 3)
        let across = Vector<Scalar>.random(.normal, shape: [columns], seed: 4)
        let down = Vector<Scalar>.random(.normal, shape: [rows], seed: 5)
        let wide = Matrix(broadcasting: across, to: [rows, columns], axis: 1)
        let tall = Matrix(broadcasting: down, to: [rows, columns], axis: 0)
        expectForm(m + wide) { $0.formAddingToRows(m, across) }
        expectForm(m - wide) { $0.formSubtractingFromRows(m, across) }
        expectForm(m * wide) { $0.formMultiplyingRows(m, across) }
        expectForm(m / wide) { $0.formDividingRows(m, across) }
        expectForm(m + tall) { $0.formAddingToColumns(m, down) }
        expectForm(m - tall) { $0.formSubtractingFromColumns(m, down) }
        expectForm(m * tall) { $0.formMultiplyingColumns(m, down) }
        expectForm(m / tall) { $0.formDividingColumns(m, down) }
        #expect(m.addingToRows(across) == m + wide && m.dividingColumns(by: down) == m / tall)
        let transposed = Matrix<Scalar>(rowCount: columns, columnCount: rows) { m[$1, $0] }
        expectForm(transposed) { $0.formTransposition(of: m) }
        #expect(m.transposed.materialized() == transposed)
        for axis in [ReductionAxis.alongRows, .alongColumns] {
            expectForm(m.sum(axis)) { $0.formSum(of: m, axis) }
            expectForm(m.norm(.one, axis)) { $0.formNorm(.one, of: m, axis) }
            expectForm(m.norm(axis)) { $0.formNorm(of: m, axis) }
            if m.isEmpty { continue }
            expectForm(m.mean(axis)) { $0.formMean(of: m, axis) }
            expectForm(m.min(axis)) { $0.formMin(of: m, axis) }
            expectForm(m.max(axis)) { $0.formMax(of: m, axis) }
        }
        if m.isEmpty { return }
        let chosen = [rows - 1, 0, rows / 2, 0]
        expectForm(m.gatheringRows(chosen)) { $0.formGatheringRows(of: m, chosen) }
        let some = [columns - 1, columns / 2]
        let gathered = Matrix<Scalar>(rowCount: rows, columnCount: 2) { m[$0, some[$1]] }
        expectForm(gathered) { $0.formGatheringColumns(of: m, some) }
        #expect(m.gatheringColumns(some) == gathered)
    }

    /// A copy keeps its elements, and an input may be a copy of the output.
    @Test func copiesAreKept() {
        var v: Vector<Double> = [1, 2, 3]
        let copy = v
        v.formSum(copy, copy)
        #expect(copy == [1, 2, 3] && v == [2, 4, 6])
        let again = v
        v.formLinearCombination(2, again, -1, copy)
        #expect(v == [3, 6, 9])
    }

    @Test func scaledByOneKeepsNegativeZero() {
        var v = Vector<Double>.zeros(1)
        v.formAddingProduct([-0.0], [-0.0], [1])
        #expect(v[0] == 0 && v[0].sign == .minus)
    }

    /// `form` gives `expected` from elements that it does not read, without moving them.
    private func expectForm<let rank: Int, Scalar: LinearAlgebraScalar>(
        _ expected: Tensor<rank, Scalar>, from start: Tensor<rank, Scalar>? = nil,
        _ form: (inout Tensor<rank, Scalar>) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var actual = start.map { $0 * 1 } ?? Tensor(shape: expected.shape, repeating: .nan)
        let before = actual.address
        form(&actual)
        #expect(actual == expected, sourceLocation: sourceLocation)
        #expect(actual.address == before, sourceLocation: sourceLocation)
    }
}

extension Tensor {
    /// Where the elements lie.
    fileprivate var address: UInt {
        withSpan { span in
            span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        }
    }
}
