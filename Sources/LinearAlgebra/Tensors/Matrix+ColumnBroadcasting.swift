// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The matrix of `m[i, j] + v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func addingToColumns(_ v: Vector<Scalar>) -> Tensor {
        combiningEachColumn(.add, v)
    }

    /// The matrix of `m[i, j] - v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func subtractingFromColumns(_ v: Vector<Scalar>) -> Tensor {
        combiningEachColumn(.subtract, v)
    }

    /// The matrix of `m[i, j] * v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func multiplyingColumns(by v: Vector<Scalar>) -> Tensor {
        combiningEachColumn(.multiply, v)
    }

    /// The matrix of `m[i, j] / v[i]`: the vector is combined with every column.
    ///
    /// - Precondition: `v.count` is `rowCount`.
    public func dividingColumns(by v: Vector<Scalar>) -> Tensor {
        combiningEachColumn(.divide, v)
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

    /// `self[i, j] = m[i, j] + v[i]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `rowCount`.
    public mutating func formAddingToColumns(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachColumn(.add, m, v)
    }

    /// `self[i, j] = m[i, j] - v[i]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `rowCount`.
    public mutating func formSubtractingFromColumns(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachColumn(.subtract, m, v)
    }

    /// `self[i, j] = m[i, j] * v[i]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `rowCount`.
    public mutating func formMultiplyingColumns(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachColumn(.multiply, m, v)
    }

    /// `self[i, j] = m[i, j] / v[i]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `rowCount`.
    public mutating func formDividingColumns(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachColumn(.divide, m, v)
    }

    private func combiningEachColumn(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) -> Tensor {
        requireOnePerRow(v)
        let (rows, columns) = (rowCount, columnCount)
        return mapStorage { _, input, output in
            Tensor.combineEachColumn(operation, rows, columns, input, v, output)
        }
    }

    private mutating func combineEachColumn(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) {
        requireOnePerRow(v)
        let (rows, columns) = (rowCount, columnCount)
        withMutablePointer {
            Tensor.combineEachColumn(operation, rows, columns, $0, v, $0)
        }
    }

    private mutating func formEachColumn(
        _ operation: _ElementwiseOperation, _ m: Tensor, _ v: Vector<Scalar>
    ) {
        Tensor.requireSameShape(self, m)
        m.requireOnePerRow(v)
        let (rows, columns) = (rowCount, columnCount)
        withMutablePointer { output in
            m.withPointer {
                Tensor.combineEachColumn(operation, rows, columns, $0, v, output)
            }
        }
    }

    private func requireOnePerRow(_ v: Vector<Scalar>) {
        precondition(
            v.count == rowCount,
            "\(v.count) elements for every column of a matrix of shape \(describe(shape))")
    }

    /// `output` may be `input`.
    private static func combineEachColumn(
        _ operation: _ElementwiseOperation, _ rows: Int, _ columns: Int,
        _ input: UnsafePointer<Scalar>, _ v: Vector<Scalar>,
        _ output: UnsafeMutablePointer<Scalar>
    ) {
        v.withPointer { v in
            concurrently(rows, minimum: 8 * threadedRows(columns), block: 1) {
                for row in $0..<$0 + $1 {
                    let start = row * columns
                    Scalar._combine(
                        operation, columns, input + start, scalar: v[row], output + start)
                }
            }
        }
    }
}
