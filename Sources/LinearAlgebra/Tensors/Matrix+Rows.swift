// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// Row `index` as a vector.
    ///
    /// - Precondition: `index` is in `0..<rowCount`.
    /// - Complexity: O(columnCount).
    public func row(_ index: Int) -> Vector<Scalar> {
        checkRow(index)
        return Vector(Array(storage[index * columnCount..<(index + 1) * columnCount]))
    }

    /// Column `index` as a vector.
    ///
    /// - Precondition: `index` is in `0..<columnCount`.
    /// - Complexity: O(rowCount).
    public func column(_ index: Int) -> Vector<Scalar> {
        precondition(
            index >= 0 && index < columnCount,
            "column \(index) of a matrix of shape \(describe(shape))")
        return Vector((0..<rowCount).map { storage[$0 * columnCount + index] })
    }

    /// The diagonal, of the smaller of both counts; on writing, replaces it.
    ///
    /// - Precondition: As many elements are written as are read.
    public var diagonal: Vector<Scalar> {
        get { Vector((0..<Swift.min(rowCount, columnCount)).map { self[$0, $0] }) }
        set {
            precondition(
                newValue.count == Swift.min(rowCount, columnCount),
                "a diagonal of \(newValue.count) elements in a matrix of shape \(describe(shape))")
            for index in newValue.indices { self[index, index] = newValue[index] }
        }
    }

    /// Replaces row `index` by `values`.
    ///
    /// - Precondition: `index` is in `0..<rowCount` and `values.count` is `columnCount`.
    public mutating func setRow(_ index: Int, to values: Vector<Scalar>) {
        checkRow(index)
        precondition(
            values.count == columnCount,
            "a row of \(values.count) elements in a matrix of shape \(describe(shape))")
        storage.replaceSubrange(
            index * columnCount..<(index + 1) * columnCount, with: values.storage)
    }

    /// The matrix of the rows at `indices`, in that order; an index may repeat.
    ///
    /// - Precondition: Every index is in `0..<rowCount`.
    /// - Complexity: O(indices.count * columnCount).
    public func gatheringRows(_ indices: [Int]) -> Tensor { gathering(indices) }

    /// The matrix of the columns at `indices`, in that order; an index may repeat.
    ///
    /// - Precondition: Every index is in `0..<columnCount`.
    /// - Complexity: O(rowCount * indices.count).
    public func gatheringColumns(_ indices: [Int]) -> Tensor {
        let gathered = uninitialized(rowCount * indices.count) {
            gatherColumns(indices, into: $0)
        }
        return Tensor(uncheckedShape: [rowCount, indices.count], storage: gathered)
    }

    /// `self = matrix.gatheringRows(indices)`, into the existing elements.
    ///
    /// - Precondition: Every index is in `0..<matrix.rowCount`, and this matrix is
    ///   (indices.count x matrix.columnCount).
    public mutating func formGatheringRows(of matrix: Tensor, _ indices: [Int]) {
        formGathering(of: matrix, indices)
    }

    /// `self = matrix.gatheringColumns(indices)`, into the existing elements.
    ///
    /// - Precondition: Every index is in `0..<matrix.columnCount`, and this matrix is
    ///   (matrix.rowCount x indices.count).
    public mutating func formGatheringColumns(of matrix: Tensor, _ indices: [Int]) {
        precondition(
            rowCount == matrix.rowCount && columnCount == indices.count,
            "\(indices.count) columns of a matrix of shape \(describe(matrix.shape)) into one of "
                + "shape \(describe(shape))")
        withMutablePointer { matrix.gatherColumns(indices, into: $0) }
    }

    private func gatherColumns(_ indices: [Int], into output: UnsafeMutablePointer<Scalar>) {
        let columns = columnCount
        for index in indices {
            precondition(
                index >= 0 && index < columns,
                "column \(index) of a matrix of shape \(describe(shape))")
        }
        withPointer { input in
            indices.withUnsafeBufferPointer { indices in
                var (row, target) = (input, output)
                for _ in 0..<rowCount {
                    for position in 0..<indices.count { target[position] = row[indices[position]] }
                    row += columns
                    target += indices.count
                }
            }
        }
    }

    private func checkRow(_ index: Int) {
        precondition(
            index >= 0 && index < rowCount, "row \(index) of a matrix of shape \(describe(shape))")
    }
}
