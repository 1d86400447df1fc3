// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The matrix of `m[i, j] + v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func addingToRows(_ v: Vector<Scalar>) -> Tensor {
        var result = self
        result.addToRows(v)
        return result
    }

    /// The matrix of `m[i, j] - v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func subtractingFromRows(_ v: Vector<Scalar>) -> Tensor {
        var result = self
        result.subtractFromRows(v)
        return result
    }

    /// The matrix of `m[i, j] * v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func multiplyingRows(by v: Vector<Scalar>) -> Tensor {
        var result = self
        result.multiplyRows(by: v)
        return result
    }

    /// The matrix of `m[i, j] / v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func dividingRows(by v: Vector<Scalar>) -> Tensor {
        var result = self
        result.divideRows(by: v)
        return result
    }

    /// `m[i, j] += v[j]` in place.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public mutating func addToRows(_ v: Vector<Scalar>) {
        combineEachRow(.add, v)
    }

    /// `m[i, j] -= v[j]` in place.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public mutating func subtractFromRows(_ v: Vector<Scalar>) {
        combineEachRow(.subtract, v)
    }

    /// `m[i, j] *= v[j]` in place.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public mutating func multiplyRows(by v: Vector<Scalar>) {
        combineEachRow(.multiply, v)
    }

    /// `m[i, j] /= v[j]` in place.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public mutating func divideRows(by v: Vector<Scalar>) {
        combineEachRow(.divide, v)
    }

    private mutating func combineEachRow(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) {
        precondition(
            v.count == columnCount,
            "\(v.count) elements for every row of a matrix of shape \(describe(shape))")
        let (rows, columns) = (rowCount, columnCount)
        withMutablePointer { elements in
            v.withPointer { v in
                for row in 0..<rows {
                    let start = elements + row * columns
                    Scalar._combine(operation, columns, start, v, start)
                }
            }
        }
    }
}
