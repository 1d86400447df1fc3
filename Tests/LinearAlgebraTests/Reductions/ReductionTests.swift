// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct ReductionTests {
    /// Counts around the lanes and blocks of the kernels.
    static let counts = [1, 2, 15, 16, 17, 100, 1023, 1024, 1025, 2048, 3071, 5000]

    @Test(arguments: counts)
    func sumsOfIntegersAreExact(count: Int) {
        let vector = Vector((1...count).map(Double.init))
        #expect(vector.sum() == Double(count * (count + 1) / 2))
        #expect(vector.mean() == Double(count + 1) / 2)
        #expect(vector.orderedDot(vector) == Double(count * (count + 1) * (2 * count + 1) / 6))
        #expect(vector.dot(vector) == vector.orderedDot(vector))
        #expect(vector.min() == 1 && vector.max() == Double(count))
    }

    @Test func sumsAreMoreAccurateThanALoop() {
        let vector = Vector(count: 1_000_000, repeating: Float(0.1))
        let exact = Float(Double(Float(0.1)) * 1_000_000)
        #expect(abs(vector.sum() - exact) / exact <= 8 * Float.ulpOfOne)
        #expect(abs(vector.elements.reduce(0, +) - exact) / exact > 1e-4)
    }

    /// The order of additions is part of the interface: scores that machines agree on depend on it.
    @Test func theOrderOfAdditionsIsFixed() {
        for count in Self.counts {
            var stream = RandomStream(seed: 3)
            let vector = Vector((0..<count).map { _ in stream.normal() })
            #expect(vector.sum() == reference(vector.elements))
            let squares = vector * vector
            #expect(vector.orderedDot(vector) == reference(squares.elements))
        }
    }

    private func reference(_ elements: [Double]) -> Double {
        var blocks = stride(from: 0, to: elements.count, by: 1024).map { start in
            var lanes = [Double](repeating: 0, count: 16)
            for (index, element) in elements[start...].prefix(1024).enumerated() {
                lanes[index % 16] += element
            }
            while lanes.count > 1 {
                let half = lanes.count / 2
                lanes = (0..<half).map { lanes[$0] + lanes[$0 + half] }
            }
            return lanes[0]
        }
        // Equal halves first: the tree over a power of two of blocks is complete.
        func tree(_ blocks: ArraySlice<Double>) -> Double {
            if blocks.count == 1 { return blocks.first! }
            var half = 1
            while half * 2 < blocks.count { half *= 2 }
            return tree(blocks.prefix(half)) + tree(blocks.dropFirst(half))
        }
        blocks = blocks.isEmpty ? [0] : blocks
        return tree(blocks[...])
    }

    @Test(arguments: [0, 1, 15, 16, 40])
    func extremesPropagateNaN(position: Int) {
        var elements = (0..<41).map { Double(($0 * 17) % 41) }
        #expect(Vector(elements).min() == 0 && Vector(elements).max() == 40)
        elements[position] = .nan
        #expect(Vector(elements).min().isNaN && Vector(elements).max().isNaN)
        elements[position] = -.infinity
        #expect(Vector(elements).min() == -.infinity)
        elements[position] = .infinity
        #expect(Vector(elements).max() == .infinity)
    }

    @Test func normsNeitherOverflowNorUnderflow() {
        #expect(Vector([3.0, 4]).norm() == 5)
        #expect(Vector([3e300, 4e300]).norm() == 5e300)
        expectClose(Vector([3e-300, 4e-300]).norm(), 5e-300, relative: 1e-15)
        #expect(Vector([Double.infinity, 1]).norm() == .infinity)
        #expect(Vector([Double.nan, 1]).norm().isNaN)
        #expect(Vector([Double.infinity, .nan]).norm().isNaN)
        #expect(Vector([0.0, 0]).norm() == 0)
        #expect(Matrix(rows: [[1.0, 1], [1, 1]]).norm() == 2)
    }

    @Test func matricesReduceAlongRowsAndColumns() {
        let m = Matrix(rows: [[1.0, -2, 3], [4, 5, -6]])
        #expect(m.sum(.alongRows) == [2, 3] && m.sum(.alongColumns) == [5, 3, -3])
        #expect(m.mean(.alongColumns) == [2.5, 1.5, -1.5])
        #expect(m.min(.alongRows) == [-2, -6] && m.min(.alongColumns) == [1, -2, -6])
        #expect(m.max(.alongRows) == [3, 5] && m.max(.alongColumns) == [4, 5, 3])
        #expect(Matrix(rows: [[3.0, 4], [0, 0]]).norm(.alongRows) == [5, 0])
        #expect(Matrix(rows: [[3.0, 0], [4, 0]]).norm(.alongColumns) == [5, 0])
    }
}
