// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A matrix in `Double` with plain loops, to check results without the library's own products.
package struct ReferenceMatrix {
    let rowCount: Int
    let columnCount: Int
    private let elements: [Double]

    package init<Scalar: BenchmarkScalar>(_ matrix: Matrix<Scalar>) {
        self.init(matrix.rowCount, matrix.columnCount, Scalar.doubles(matrix.elements))
    }

    package init(_ rowCount: Int, _ columnCount: Int, _ elements: [Double]) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    /// The product with a vector of `columnCount` elements.
    package func times(_ vector: [Double]) -> [Double] {
        (0..<rowCount).map { row in
            var sum = 0.0
            for column in 0..<columnCount {
                sum += elements[row * columnCount + column] * vector[column]
            }
            return sum
        }
    }

    /// The product of the transpose with a vector of `rowCount` elements.
    package func transposedTimes(_ vector: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: columnCount)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                sums[column] += elements[row * columnCount + column] * vector[row]
            }
        }
        return sums
    }

    /// The transpose.
    package var transposed: ReferenceMatrix {
        var moved = [Double](repeating: 0, count: elements.count)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                moved[column * rowCount + row] = elements[row * columnCount + column]
            }
        }
        return ReferenceMatrix(columnCount, rowCount, moved)
    }

    /// The matrix of absolute values.
    package var magnitudes: ReferenceMatrix {
        ReferenceMatrix(rowCount, columnCount, elements.map(abs))
    }
}

/// A fixed vector of numbers in -1..<1, with which whole products and factorisations are compared
/// in O(n²): a wrong element changes its row's result far more than rounding does.
package func probe(_ count: Int) -> [Double] {
    var stream = RandomStream(seed: 1)
    return (0..<count).map { _ in stream.uniform(in: -1..<1) }
}
