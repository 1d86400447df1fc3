// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The matrix of `m[i, j] + v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func addingToColumns(_ v: Vector<Scalar>) -> Tensor {
        var result = self
        result.addToColumns(v)
        return result
    }

    /// The matrix of `m[i, j] - v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func subtractingFromColumns(_ v: Vector<Scalar>) -> Tensor {
        var result = self
        result.subtractFromColumns(v)
        return result
    }

    /// The matrix of `m[i, j] * v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func multiplyingColumns(by v: Vector<Scalar>) -> Tensor {
        var result = self
        result.multiplyColumns(by: v)
        return result
    }

    /// The matrix of `m[i, j] / v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func dividingColumns(by v: Vector<Scalar>) -> Tensor {
        var result = self
        result.divideColumns(by: v)
        return result
    }

    /// `m[i, j] += v[i]` in place.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public mutating func addToColumns(_ v: Vector<Scalar>) {
        combineEachColumn(.add, v)
    }

    /// `m[i, j] -= v[i]` in place.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public mutating func subtractFromColumns(_ v: Vector<Scalar>) {
        combineEachColumn(.subtract, v)
    }

    /// `m[i, j] *= v[i]` in place.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public mutating func multiplyColumns(by v: Vector<Scalar>) {
        combineEachColumn(.multiply, v)
    }

    /// `m[i, j] /= v[i]` in place.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public mutating func divideColumns(by v: Vector<Scalar>) {
        combineEachColumn(.divide, v)
    }

    private mutating func combineEachColumn(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) {
        precondition(
            v.count == rowCount,
            "\(v.count) elements for every column of a matrix of shape \(describe(shape))")
        let (rows, columns) = (rowCount, columnCount)
        withMutablePointer { elements in
            for row in 0..<rows {
                let start = elements + row * columns
                Scalar._combine(operation, columns, start, scalar: v[row], start)
            }
        }
    }
}
