// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing

@Suite struct ArithmeticTests {
    @Test(arguments: [0, 1, 7, 16, 100])
    func operatorsWorkElementByElement(count: Int) {
        check(count, as: Double.self)
        check(count, as: Float.self)
    }

    /// Generic code takes the generic operators, the concrete ones are tested below.
    private func check<Scalar: LinearAlgebraScalar>(_ count: Int, as: Scalar.Type) {
        let a = Vector((0..<count).map { Scalar($0) * 0.7 - 3 })
        let b = Vector((0..<count).map { Scalar($0) * -1.3 + 0.9 })
        let s: Scalar = 1.7
        func all(_ f: (Scalar, Scalar) -> Scalar) -> [Scalar] {
            zip(a.elements, b.elements).map(f)
        }
        #expect((a + b).elements == all { x, y in x + y })
        #expect((a - b).elements == all { x, y in x - y })
        #expect((a * b).elements == all { x, y in x * y })
        #expect((a / b).elements == all { x, y in x / y })
        #expect((a + s).elements == all { x, _ in x + s })
        #expect((a - s).elements == all { x, _ in x - s })
        #expect((a * s).elements == all { x, _ in x * s })
        #expect((a / s).elements == all { x, _ in x / s })
        #expect((s + b).elements == all { _, y in s + y })
        #expect((s - b).elements == all { _, y in s - y })
        #expect((s * b).elements == all { _, y in s * y })
        #expect((s / b).elements == all { _, y in s / y })
        #expect((-a).elements == all { x, _ in -x })
        var c = a
        c += b
        c -= s
        c *= b
        c /= s
        c -= b
        c += s
        c *= s
        c /= b
        #expect(
            c.elements
                == all { x, y in
                    var z = ((x + y - s) * y) / s
                    z = (z - y + s) * s
                    return z / y
                })
        var d = a
        d.add(b, times: s)
        #expect(d.elements == all { x, y in x + s * y })
    }

    @Test func concreteOperatorsAgreeWithScalars() {
        let a: Vector<Double> = [1, -2.5]
        let b: Vector<Float> = [3, 0.25]
        #expect(a + a == [2, -5] && a - a == [0, 0] && a * a == [1, 6.25] && a / a == [1, 1])
        #expect(
            a + 1 == [2, -1.5] && a - 1 == [0, -3.5] && a * 2 == [2, -5] && a / 2 == [0.5, -1.25])
        #expect(
            1 + a == [2, -1.5] && 1 - a == [0, 3.5] && 2 * a == [2, -5] && 1 / a == [1, -0.4])
        #expect(b + b == [6, 0.5] && b - b == [0, 0] && b * b == [9, 0.0625] && b / b == [1, 1])
        #expect(
            b + 1 == [4, 1.25] && b - 1 == [2, -0.75] && b * 2 == [6, 0.5] && b / 2 == [1.5, 0.125])
        #expect(
            1 + b == [4, 1.25] && 1 - b == [-2, 0.75] && 2 * b == [6, 0.5] && 1 / b == [1 / 3, 4])
    }

    @Test func ieeeSpecialValues() {
        let quotient = Vector([1.0, -1, 0, .infinity]) / Vector([0.0, 0, 0, .infinity])
        #expect(quotient[0] == .infinity && quotient[1] == -.infinity)
        #expect(quotient[2].isNaN && quotient[3].isNaN)
        let root = Vector([4.0, -1, -0.0, .infinity]).squareRoot()
        #expect(root[0] == 2 && root[1].isNaN && root[2].sign == .minus && root[3] == .infinity)
        #expect(Vector([-3.0, 2]).absoluteValue() == [3, 2])
        #expect((-Vector([0.0]))[0].sign == .minus)
    }

    @Test func mapsAreInRowMajorOrder() {
        let matrix = Matrix(rows: [[1.0, 2], [3, 4]])
        var seen: [Double] = []
        let doubled = matrix.map { element in
            seen.append(element)
            return element * 2
        }
        #expect(seen == [1, 2, 3, 4] && doubled.elements == [2, 4, 6, 8])
        var applied = matrix
        applied.apply { $0 + 1 }
        #expect(applied.elements == [2, 3, 4, 5])
    }

    @Test func broadcastingMeetsRowsAndColumns() {
        let m = Matrix(rows: [[1.0, 2, 4], [8, 16, 32]])
        let r: Vector<Double> = [1, 2, 4]
        let c: Vector<Double> = [2, 4]
        #expect(m.addingToRows(r).elements == [2, 4, 8, 9, 18, 36])
        #expect(m.subtractingFromRows(r).elements == [0, 0, 0, 7, 14, 28])
        #expect(m.multiplyingRows(by: r).elements == [1, 4, 16, 8, 32, 128])
        #expect(m.dividingRows(by: r).elements == [1, 1, 1, 8, 8, 8])
        #expect(m.addingToColumns(c).elements == [3, 4, 6, 12, 20, 36])
        #expect(m.subtractingFromColumns(c).elements == [-1, 0, 2, 4, 12, 28])
        #expect(m.multiplyingColumns(by: c).elements == [2, 4, 8, 32, 64, 128])
        #expect(m.dividingColumns(by: c).elements == [0.5, 1, 2, 2, 4, 8])
    }
}
