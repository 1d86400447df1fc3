// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The elements where `mask` is true, in row-major order; on writing, replaces them.
    ///
    /// - Precondition: Both shapes are equal, and as many elements are written as the mask selects.
    /// - Complexity: O(count).
    public subscript(mask: TensorMask<rank>) -> Vector<Scalar> {
        get {
            requireShape(of: mask)
            return Vector(mask.trueIndices.map { storage[$0] })
        }
        set {
            requireShape(of: mask)
            let positions = mask.trueIndices
            precondition(
                newValue.count == positions.count,
                "\(newValue.count) elements written to \(positions.count) selected ones")
            for (index, position) in positions.enumerated() {
                storage[position] = newValue.storage[index]
            }
        }
    }

    /// The elements of `other` where `mask` is true and of this tensor elsewhere.
    ///
    /// - Precondition: All shapes are equal.
    public func replacing(with other: Tensor, where mask: TensorMask<rank>) -> Tensor {
        var result = self
        result.replace(with: other, where: mask)
        return result
    }

    /// `value` where `mask` is true and the elements of this tensor elsewhere.
    ///
    /// - Precondition: Both shapes are equal.
    public func replacing(with value: Scalar, where mask: TensorMask<rank>) -> Tensor {
        var result = self
        result.replace(with: value, where: mask)
        return result
    }

    /// Replaces the elements where `mask` is true by those of `other`.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func replace(with other: Tensor, where mask: TensorMask<rank>) {
        Tensor.requireSameShape(self, other)
        requireShape(of: mask)
        withMutablePointer { output in
            other.withPointer { input in
                for index in mask.storage.indices where mask.storage[index] {
                    output[index] = input[index]
                }
            }
        }
    }

    /// Replaces the elements where `mask` is true by `value`.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func replace(with value: Scalar, where mask: TensorMask<rank>) {
        requireShape(of: mask)
        withMutablePointer { output in
            for index in mask.storage.indices where mask.storage[index] { output[index] = value }
        }
    }

    private func requireShape(of mask: TensorMask<rank>) {
        precondition(
            mask.shape == shape,
            "a mask of shape \(describe(mask.shape)) on a tensor of shape \(describe(shape))")
    }
}

extension Tensor where rank == 2 {
    /// The rows where `mask` is true; on writing, replaces them.
    ///
    /// - Precondition: `mask.count` is `rowCount`, and what is written has the shape of what is
    ///   read.
    public subscript(rows mask: VectorMask) -> Tensor {
        get { gatheringRows(selected(mask, rowCount, "rows")) }
        set { scatter(newValue, at: selected(mask, rowCount, "rows")) }
    }

    /// The columns where `mask` is true; on writing, replaces them.
    ///
    /// - Precondition: `mask.count` is `columnCount`, and what is written has the shape of what is
    ///   read.
    public subscript(columns mask: VectorMask) -> Tensor {
        get { gatheringColumns(selected(mask, columnCount, "columns")) }
        set {
            let columns = selected(mask, columnCount, "columns")
            precondition(
                newValue.shape == [rowCount, columns.count],
                "a matrix of shape \(describe(newValue.shape)) written to "
                    + "\(rowCount) x \(columns.count) elements")
            for row in 0..<rowCount {
                for (index, column) in columns.enumerated() {
                    self[row, column] = newValue[row, index]
                }
            }
        }
    }

    private func selected(_ mask: VectorMask, _ count: Int, _ name: String) -> [Int] {
        precondition(
            mask.count == count,
            "a mask of \(mask.count) \(name) on a matrix of shape \(describe(shape))")
        return mask.trueIndices
    }
}
