// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct StatisticTests {
    @Test func variancesStateTheirDegreesOfFreedom() {
        let v: Vector<Double> = [2, 4, 4, 4, 5, 5, 7, 9]
        #expect(v.variance(ddof: 0) == 4 && v.standardDeviation(ddof: 0) == 2)
        #expect(v.variance() == 32.0 / 7)
        #expect(Vector([3.0]).variance(ddof: 0) == 0 && Vector([3.0]).variance().isNaN)
        #expect(Vector<Double>.zeros(0).variance(ddof: 0).isNaN)
        #expect(Vector([1, .infinity]).variance().isNaN)
        // A one-pass formula would lose every digit here.
        let far = Vector((0..<1000).map { 1e9 + Double($0 % 2) })
        #expect(far.variance(ddof: 0) == 0.25)
    }

    @Test func normsOfAllOrders() {
        let v: Vector<Float> = [3, -4, 0]
        #expect(v.norm(.one) == 7 && v.norm(.two) == 5 && v.norm(.infinity) == 4)
        let empty = Vector<Float>.zeros(0)
        #expect(empty.norm(.one) == 0 && empty.norm() == 0 && empty.norm(.infinity) == 0)
        for order in [NormOrder.one, .two, .infinity] {
            #expect(Vector([1, -.infinity, 2.0]).norm(order) == .infinity)
            #expect(Vector([1, .nan, .infinity]).norm(order).isNaN)
        }
        let big = Vector<Double>(count: 9, repeating: 1e308).norm()
        #expect(big == .infinity)
        #expect(Vector<Double>(count: 4, repeating: 8e307).norm() == 1.6e308)
        let small = Double.leastNonzeroMagnitude
        #expect(Vector([3 * small, 4 * small]).norm() == 5 * small)
        #expect(Matrix(rows: [[1e300, 0], [1e300, 5]]).norm(.two, .alongColumns)[1] == 5)
    }

    @Test func positionsAreTheFirst() {
        let v: Vector<Double> = [4, 1, 9, 1, 9]
        #expect(v.argmin() == 1 && v.argmax() == 2)
        #expect(Vector([1, .nan, 9, .nan]).argmax() == 1 && Vector([1, .nan]).argmin() == 1)
        #expect(Vector([-Double.infinity, .infinity]).argmax() == 1)
        var long = Vector<Float>.zeros(1000)
        for position in [0, 15, 16, 998, 999] {
            long[position] = 1
            #expect(long.argmax() == position)
            long[position] = -1
            #expect(long.argmin() == position)
            long[position] = 0
        }
    }

    @Test func logSumExpNeitherOverflowsNorUnderflows() {
        expectClose(Vector([1000.0, 1000]).logSumExp(), 1000.6931471805599453, relative: 2e-16)
        expectClose(Vector([-1000.0, -1001]).logSumExp(), -999.6867383124818, relative: 2e-16)
        #expect(Vector<Double>.zeros(0).logSumExp() == -.infinity)
        #expect(Vector([-Double.infinity, -.infinity]).logSumExp() == -.infinity)
        #expect(Vector([1, Double.infinity]).logSumExp() == .infinity)
        #expect(Vector([.nan, Double.infinity]).logSumExp().isNaN)
        let many = Vector<Double>.zeros(5000)
        expectClose(many.logSumExp(), 8.517193191416238, relative: 1e-15)
    }

    @Test func softmaxSumsToOne() {
        let p = Vector([1e4, 1e4 - 1, -1e4]).softmax()
        expectClose(p.elements, [0.7310585786300049, 0.2689414213699951, 0], relative: 1e-15)
        let far = Vector([0.0, -800]).logSoftmax()
        #expect(far == [0, -800])
        #expect(Vector([1, Double.infinity]).softmax().elements.allSatisfy { $0.isNaN })
        #expect(Vector([1, Double.infinity]).logSoftmax().elements.allSatisfy { $0.isNaN })
        #expect(Vector([0, -Double.infinity]).softmax() == [1, 0])
        #expect(Vector([0, -Double.infinity]).logSoftmax() == [0, -.infinity])
        var m = Matrix<Float>.random(.normal, shape: [5, 300], seed: 2)
        let (value, logarithm) = (m.softmax(), m.logSoftmax())
        expectClose(
            value.sum(.alongRows).elements, [Float](repeating: 1, count: 5), relative: 3e-7)
        expectClose(logarithm.exp().elements, value.elements, relative: 2e-6)
        var other = m
        m.formSoftmax()
        other.formLogSoftmax()
        #expect(m == value && other == logarithm)
    }

    @Test func cumulativeSumsRunAlongTheLastAxis() {
        var v: Vector<Double> = [1, 2, .nan, 4]
        let sums = v.cumulativeSum()
        v.formCumulativeSum()
        #expect(sums[1] == 3 && sums[2].isNaN && sums[3].isNaN && v[1] == 3)
        let m = Matrix(rows: [[1.0, 2], [3, 4], [5, 6]])
        #expect(m.cumulativeSum() == Matrix(rows: [[1, 3], [3, 7], [5, 11]]))
        #expect(m.cumulativeSum(.alongColumns) == Matrix(rows: [[1, 2], [4, 6], [9, 12]]))
    }

    @Test func quantilesAtTheirLimits() {
        let v: Vector<Double> = [3, 1, 2]
        #expect(v.median() == 2 && v.quantile(0) == 1 && v.quantile(1) == 3)
        #expect(v.quantiles([0.25, 0.75]) == [1.5, 2.5])
        #expect(Vector([1.0, 2, 3, 4]).median() == 2.5)
        #expect(Vector<Double>.zeros(0).median().isNaN && Vector([1, .nan]).quantile(0).isNaN)
        let open: Vector<Double> = [-.infinity, 0, .infinity, .infinity]
        #expect(open.quantile(0) == -.infinity && open.quantile(0.9) == .infinity)
        #expect(Vector([5.0]).quantile(0.3) == 5)
    }

    @Test func histogramsCountEverything() {
        let v = Vector([0, 1, 1, 2, .nan, .infinity, -.infinity, 2.0])
        let h = v.histogram(binCount: 2)
        #expect(h.edges == [0, 1, 2] && h.counts == [1, 4])
        #expect(h.belowCount == 1 && h.aboveCount == 1 && h.nanCount == 1)
        #expect(Vector([7.0, 7]).histogram(binCount: 2).edges == [6.5, 7, 7.5])
        let none = Vector<Double>.zeros(0).histogram(binCount: 1)
        #expect(none.edges == [0, 1] && none.counts == [0])
        let top = Double.greatestFiniteMagnitude
        let wide = Vector([-top, 0.0, top]).histogram(binCount: 2)
        #expect(wide.counts == [1, 2] && wide.edges == [-top, 0, top])
        #expect(v.histogram(edges: [1, 1.5, 9]).counts == [2, 2])
    }
}
