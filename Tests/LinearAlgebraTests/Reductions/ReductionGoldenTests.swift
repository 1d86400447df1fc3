// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// NumPy's and SciPy's results, as Scripts/golden/linear_algebra_reductions.py writes them.
private struct ReductionGolden: Decodable {
    struct Along: Decodable {
        var varianceOfPopulation, varianceOfSample, norm1, norm2, normInfinity: [Double]
        var argmin, argmax: [Int]
        var logSumExp, quantiles, softmax, logSoftmax, cumulativeSum: [Double]
    }

    var rowCount, columnCount: Int
    var elements, probabilities: [Double]
    var rows, columns: Along
    var counts: [Int]
    var edges: [Double]
    var countsOfRange: [Int]
    var edgesOfRange: [Double]
}

@Suite struct ReductionGoldenTests {
    @Test(arguments: [ReductionAxis.alongRows, .alongColumns])
    func matricesAgreeWithNumPy(axis: ReductionAxis) throws {
        let file: ReductionGolden = try golden("reductions")
        let want = axis == .alongRows ? file.rows : file.columns
        check(file, axis, want, as: Double.self, tolerance: 4e-15)
        check(file, axis, want, as: Float.self, tolerance: 4e-6)
    }

    private func check<Scalar: LinearAlgebraScalar>(
        _ file: ReductionGolden, _ axis: ReductionAxis, _ want: ReductionGolden.Along,
        as: Scalar.Type, tolerance: Scalar
    ) {
        let m = Matrix(
            rowCount: file.rowCount, columnCount: file.columnCount,
            elements: file.elements.map { Scalar($0) })
        func expect(_ got: [Scalar], _ want: [Double], _ name: String) {
            expectClose(
                got, want.map { Scalar($0) }, relative: tolerance, absolute: tolerance, name)
        }
        expect(m.variance(axis, ddof: 0).elements, want.varianceOfPopulation, "variance, 0")
        expect(m.variance(axis).elements, want.varianceOfSample, "variance, 1")
        expect(
            m.standardDeviation(axis).elements, want.varianceOfSample.map { $0.squareRoot() },
            "standard deviation")
        expect(m.norm(.one, axis).elements, want.norm1, "norm 1")
        expect(m.norm(axis).elements, want.norm2, "norm 2")
        expect(m.norm(.infinity, axis).elements, want.normInfinity, "infinity norm")
        #expect(m.argmin(axis) == want.argmin && m.argmax(axis) == want.argmax)
        expect(m.logSumExp(axis).elements, want.logSumExp, "logSumExp")
        expect(m.quantiles(file.probabilities, axis).elements, want.quantiles, "quantiles")
        expect(m.median(axis).elements, Array(want.quantiles[medians(want, file)]), "median")
        expect(m.softmax(axis).elements, want.softmax, "softmax")
        expect(m.logSoftmax(axis).elements, want.logSoftmax, "logSoftmax")
        expect(m.cumulativeSum(axis).elements, want.cumulativeSum, "cumulativeSum")
    }

    private func medians(_ want: ReductionGolden.Along, _ file: ReductionGolden) -> Range<Int> {
        let (count, row) = (want.norm1.count, file.probabilities.firstIndex(of: 0.5)!)
        return row * count..<(row + 1) * count
    }

    @Test func histogramsAgreeWithNumPy() throws {
        let file: ReductionGolden = try golden("reductions")
        let v = Vector(file.elements)
        let all = v.histogram(binCount: 13)
        #expect(all.counts == file.counts && all.belowCount + all.aboveCount + all.nanCount == 0)
        expectClose(all.edges.elements, file.edges, relative: 1e-15, absolute: 1e-15)
        let part = v.histogram(binCount: 8, over: -2.5...4)
        #expect(part.counts == file.countsOfRange)
        #expect(part.edges.elements == file.edgesOfRange)
        #expect(part.belowCount == v.elements.count { $0 < -2.5 })
        #expect(part.aboveCount == v.elements.count { $0 > 4 })
        #expect(v.histogram(edges: part.edges) == part)
    }
}
