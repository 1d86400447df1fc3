// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The matrix of `m[i, j] + v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func addingToRows(_ v: Vector<Scalar>) -> Tensor {
        combiningEachRow(.add, v)
    }

    /// The matrix of `m[i, j] - v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func subtractingFromRows(_ v: Vector<Scalar>) -> Tensor {
        combiningEachRow(.subtract, v)
    }

    /// The matrix of `m[i, j] * v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func multiplyingRows(by v: Vector<Scalar>) -> Tensor {
        combiningEachRow(.multiply, v)
    }

    /// The matrix of `m[i, j] / v[j]`: the vector is combined with every row.
    ///
    /// - Precondition: `v.count` is `columnCount`.
    public func dividingRows(by v: Vector<Scalar>) -> Tensor {
        combiningEachRow(.divide, v)
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

    /// `self[i, j] = m[i, j] + v[j]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `columnCount`.
    public mutating func formAddingToRows(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachRow(.add, m, v)
    }

    /// `self[i, j] = m[i, j] - v[j]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `columnCount`.
    public mutating func formSubtractingFromRows(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachRow(.subtract, m, v)
    }

    /// `self[i, j] = m[i, j] * v[j]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `columnCount`.
    public mutating func formMultiplyingRows(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachRow(.multiply, m, v)
    }

    /// `self[i, j] = m[i, j] / v[j]`, into the existing elements.
    ///
    /// - Precondition: Both matrices have the same shape and `v.count` is `columnCount`.
    public mutating func formDividingRows(_ m: Tensor, _ v: Vector<Scalar>) {
        formEachRow(.divide, m, v)
    }

    private func combiningEachRow(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) -> Tensor {
        requireOnePerColumn(v)
        let (rows, columns) = (rowCount, columnCount)
        return mapStorage { _, input, output in
            Tensor.combineEachRow(operation, rows, columns, input, v, output)
        }
    }

    private mutating func combineEachRow(
        _ operation: _ElementwiseOperation, _ v: Vector<Scalar>
    ) {
        requireOnePerColumn(v)
        let (rows, columns) = (rowCount, columnCount)
        withMutablePointer {
            Tensor.combineEachRow(operation, rows, columns, $0, v, $0)
        }
    }

    private mutating func formEachRow(
        _ operation: _ElementwiseOperation, _ m: Tensor, _ v: Vector<Scalar>
    ) {
        Tensor.requireSameShape(self, m)
        m.requireOnePerColumn(v)
        let (rows, columns, exceedsCaches) = (rowCount, columnCount, exceedsCaches)
        withMutablePointer { output in
            m.withPointer {
                Tensor.combineEachRow(
                    operation, rows, columns, $0, v, output, streaming: exceedsCaches)
            }
        }
    }

    private func requireOnePerColumn(_ v: Vector<Scalar>) {
        precondition(
            v.count == columnCount,
            "\(v.count) elements for every row of a matrix of shape \(describe(shape))")
    }

    /// `output` may be `input`, but not when it is streamed to.
    private static func combineEachRow(
        _ operation: _ElementwiseOperation, _ rows: Int, _ columns: Int,
        _ input: UnsafePointer<Scalar>, _ v: Vector<Scalar>,
        _ output: UnsafeMutablePointer<Scalar>, streaming: Bool = false
    ) {
        // A kernel takes its time to start, more when it streams: short rows go to it several at a
        // time.
        let elementsAtATime = streaming ? 1 << 13 : 1 << 8
        let rowsAtATime = Swift.max(1, Swift.min(elementsAtATime / Swift.max(columns, 1), rows))
        let repeated =
            rowsAtATime == 1
            ? v.storage
            : uninitialized(rowsAtATime * columns) { elements in
                for row in 0..<rowsAtATime {
                    (elements + row * columns).initialize(from: v.storage, count: columns)
                }
            }
        Vector(repeated).withPointer { v in
            concurrently(
                rows, minimum: 8 * threadedRows(columns), block: rowsAtATime, streaming: streaming
            ) {
                for row in stride(from: $0, to: $0 + $1, by: rowsAtATime) {
                    let count = Swift.min(rowsAtATime, $0 + $1 - row) * columns
                    let start = row * columns
                    Scalar._combine(
                        operation, count, input + start, v, output + start, streaming: streaming)
                }
            }
        }
    }
}
