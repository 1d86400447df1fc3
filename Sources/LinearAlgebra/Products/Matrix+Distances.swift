// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The squared Euclidean distances of every row to every row of `other`: (m x k) and (n x k)
    /// give (m x n).
    ///
    /// One BLAS product of the centred rows gives `norm(a)² + norm(b)² - 2 a·b`; where that cancels
    /// or overflows, the difference is summed instead. So the relative error stays within about
    /// `32 (k + 4) eps`, equal rows are at distance exactly 0, and none is negative. NaN and
    /// infinity follow IEEE 754 and stay with their row. The last bits depend on the BLAS in use.
    ///
    /// - Precondition: Both column counts are equal; dimensions fit 32 bits.
    /// - Complexity: O(m n k).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func pairwiseSquaredDistances(to other: Tensor) -> Tensor {
        precondition(
            columnCount == other.columnCount,
            "distances of rows of shapes \(describe(shape)) and \(describe(other.shape))")
        let shift = centre()
        let (a, b) = (subtractingFromRows(shift), other.subtractingFromRows(shift))
        var distances = a.matmul(b.transposed)
        let (normsA, normsB) = (a.squaredRowNorms(), b.squaredRowNorms())
        for row in 0..<rowCount {
            for column in 0..<other.rowCount {
                distances[row, column] = squaredDistance(
                    normsA[row], normsB[column], distances[row, column]
                ) { squaredDistance(self, row, other, column) }
            }
        }
        return distances
    }

    /// The squared Euclidean distances of every row to every row (m x m), exactly symmetric.
    ///
    /// See ``pairwiseSquaredDistances(to:)``.
    ///
    /// - Precondition: Dimensions fit 32 bits.
    /// - Complexity: O(m² k), half of the general form.
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func pairwiseSquaredDistances() -> Tensor {
        let a = subtractingFromRows(centre())
        var distances = Tensor(unwrittenShape: [rowCount, rowCount])
        distances.formGram(of: a.transposed)
        let norms = a.squaredRowNorms()
        for row in 0..<rowCount {
            for column in 0...row {
                distances[row, column] = squaredDistance(
                    norms[row], norms[column], distances[row, column]
                ) { squaredDistance(self, row, self, column) }
            }
        }
        distances.mirrorLowerTriangle()
        return distances
    }

    /// The mean of each column where it is finite, else 0.
    private func centre() -> Vector<Scalar> {
        guard rowCount > 0 else { return .zeros(columnCount) }
        return mean(.alongColumns).map { $0.isFinite ? $0 : 0 }
    }

    private func squaredRowNorms() -> [Scalar] {
        withPointer { elements in
            (0..<rowCount).map {
                let row = elements + $0 * columnCount
                return Scalar._orderedDot(columnCount, row, row)
            }
        }
    }
}

/// The distance from both squared norms and the product, or `summed` where that is inaccurate.
private func squaredDistance<Scalar: LinearAlgebraScalar>(
    _ normA: Scalar, _ normB: Scalar, _ product: Scalar, summed: () -> Scalar
) -> Scalar {
    let sum = normA + normB
    let distance = sum - 2 * product
    // A NaN fails both comparisons. Below the 16th part more than 4 bits would be lost.
    return distance > sum / 16 && distance < .infinity ? distance : summed()
}

private func squaredDistance<Scalar>(
    _ a: Matrix<Scalar>, _ row: Int, _ b: Matrix<Scalar>, _ other: Int
) -> Scalar {
    let count = a.columnCount
    return a.withPointer { a in
        b.withPointer { b in
            let (x, y) = (a + row * count, b + other * count)
            var sum: Scalar = 0
            for index in 0..<count {
                let difference = x[index] - y[index]
                sum += difference * difference
            }
            return sum
        }
    }
}
