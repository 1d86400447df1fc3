// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// Along columns, results have the bits of the same elements as a vector.
@Suite struct ColumnReductionTests {
    /// Rows around the lanes and blocks, columns around the groups of the kernels.
    @Test(arguments: [
        (1, 1), (15, 31), (16, 32), (17, 33), (1023, 3), (1025, 34), (3200, 5), (2100, 300),
    ])
    func columnsReduceAsVectorsDo(rows: Int, columns: Int) {
        check(rows, columns, as: Double.self)
        check(rows, columns, as: Float.self)
    }

    private func check<Scalar: LinearAlgebraScalar>(
        _ rows: Int, _ columns: Int, as: Scalar.Type
    ) {
        let m = Matrix<Scalar>.random(.normal, shape: [rows, columns], seed: 5)
        let single = (0..<columns).map { m.column($0) }
        func expect(
            _ got: Vector<Scalar>, _ want: (Vector<Scalar>) -> Scalar, _ name: Comment
        ) {
            #expect(got.elements == single.map(want), name)
        }
        expect(m.sum(.alongColumns), { $0.sum() }, "sum")
        expect(m.mean(.alongColumns), { $0.mean() }, "mean")
        expect(m.min(.alongColumns), { $0.min() }, "min")
        expect(m.max(.alongColumns), { $0.max() }, "max")
        expect(m.variance(.alongColumns, ddof: 0), { $0.variance(ddof: 0) }, "variance")
        expect(m.norm(.one, .alongColumns), { $0.norm(.one) }, "norm 1")
        expect(m.norm(.two, .alongColumns), { $0.norm() }, "norm 2")
        expect(m.norm(.infinity, .alongColumns), { $0.norm(.infinity) }, "infinity norm")
        expect(m.logSumExp(.alongColumns), { $0.logSumExp() }, "logSumExp")
        #expect(m.argmin(.alongColumns) == single.map { $0.argmin() })
        #expect(m.argmax(.alongColumns) == single.map { $0.argmax() })
        for (name, got, want) in [
            ("softmax", m.softmax(.alongColumns), single.map { $0.softmax() }),
            ("logSoftmax", m.logSoftmax(.alongColumns), single.map { $0.logSoftmax() }),
            ("cumulativeSum", m.cumulativeSum(.alongColumns), single.map { $0.cumulativeSum() }),
        ] {
            #expect((0..<columns).allSatisfy { got.column($0) == want[$0] }, "\(name)")
        }
    }

    @Test func columnsKeepTheirNaN() {
        var m = Matrix<Double>.ones(40, 35)
        m[7, 2] = .nan
        m[39, 34] = .nan
        for result in [m.sum(.alongColumns), m.min(.alongColumns), m.max(.alongColumns)] {
            #expect(result.indices.filter { result[$0].isNaN } == [2, 34])
        }
        #expect(m.argmax(.alongColumns)[2] == 7 && m.argmin(.alongColumns)[34] == 39)
        let norms = m.norm(.infinity, .alongColumns)
        #expect(norms.indices.filter { norms[$0].isNaN } == [2, 34])
    }

    @Test func emptyMatrices() {
        let flat = Matrix<Double>.zeros(0, 3)
        #expect(flat.sum(.alongColumns) == [0, 0, 0] && flat.sum(.alongRows).isEmpty)
        #expect(flat.norm(.infinity, .alongColumns) == [0, 0, 0])
        #expect(flat.variance(.alongColumns).elements.allSatisfy { $0.isNaN })
        #expect(flat.logSumExp(.alongColumns).elements == [-.infinity, -.infinity, -.infinity])
        #expect(flat.median(.alongColumns).elements.allSatisfy { $0.isNaN })
        #expect(flat.softmax(.alongColumns) == flat && flat.cumulativeSum(.alongColumns) == flat)
        #expect(flat.argmax(.alongRows).isEmpty && flat.max(.alongRows).isEmpty)
        let thin = Matrix<Float>.zeros(3, 0)
        #expect(thin.sum(.alongColumns).isEmpty && thin.max(.alongColumns).isEmpty)
        #expect(thin.sum(.alongRows) == [0, 0, 0] && thin.softmax() == thin)
        #expect(thin.quantiles([0.5], .alongColumns).columnCount == 0)
    }

    @Test func higherRanksReduceTheirLastAxis() {
        let t = Tensor<3, Double>(shape: [2, 2, 3], elements: (0..<12).map(Double.init))
        let sums = t.reducingLastAxis { $0.sum(.alongRows) }
        #expect(sums == Matrix(rows: [[3, 12], [21, 30]]))
        let wide = t.reshaped(to: [1, 2, 2, 3])
        let largest = wide.reducingLastAxis { $0.max(.alongRows) }
        #expect(largest == Tensor<3, Double>(shape: [1, 2, 2], elements: [2, 5, 8, 11]))
        #expect(t.cumulativeSum().elements == [0, 1, 3, 3, 7, 12, 6, 13, 21, 9, 19, 30])
        #expect(wide.softmax().elements == t.reshaped(to: [4, 3]).softmax().elements)
    }
}
