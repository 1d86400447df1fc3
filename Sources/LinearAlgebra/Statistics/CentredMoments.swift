// SPDX-License-Identifier: Apache-2.0

/// Weighted sums over the differences `d` of rows to a centre; see
/// ``Tensor/centredMoments(weights:residuals:centre:)``.
package struct CentredMoments: Sendable {
    /// `sum of v d dᵀ` (columns x columns).
    package let gram: Matrix<Double>
    /// `sum of v d` (columns).
    package let sums: Vector<Double>
    /// `sum of v`.
    package let total: Double
    /// `sum of r d` (columns).
    package let residualSums: Vector<Double>
    /// `sum of r`.
    package let residualTotal: Double

    init(_ sums: [Double], columnCount: Int, stride: Int) {
        gram = Matrix(rowCount: columnCount, columnCount: columnCount) { row, column in
            sums[max(row, column) * stride + min(row, column)]
        }
        let (first, second) = (columnCount * stride, (columnCount + 1) * stride)
        self.sums = Vector(sums[first..<first + columnCount])
        total = sums[first + columnCount]
        residualSums = Vector(sums[second..<second + columnCount])
        residualTotal = sums[second + columnCount]
    }
}
