// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 3 {
    /// The element at a position of each dimension.
    ///
    /// - Precondition: Each position lies in its dimension.
    @inlinable
    public subscript(i: Int, j: Int, k: Int) -> Scalar {
        get { storage[offset([i, j, k])] }
        set { storage[offset([i, j, k])] = newValue }
    }

    /// The matrix at a position of the first dimension; on writing, replaces it.
    ///
    /// - Precondition: `index` is in `0..<shape[0]`, and what is written has the shape of what is
    ///   read.
    public subscript(index: Int) -> Matrix<Scalar> {
        get {
            Matrix(
                uncheckedShape: [shape[1], shape[2]], storage: Array(storage[sliceRange(index)]))
        }
        set {
            self[index...index] = newValue.reshaped(to: [1, newValue.shape[0], newValue.shape[1]])
        }
    }
}

extension Tensor where rank == 4 {
    /// The element at a position of each dimension.
    ///
    /// - Precondition: Each position lies in its dimension.
    @inlinable
    public subscript(i: Int, j: Int, k: Int, l: Int) -> Scalar {
        get { storage[offset([i, j, k, l])] }
        set { storage[offset([i, j, k, l])] = newValue }
    }

    /// The tensor at a position of the first dimension; on writing, replaces it.
    ///
    /// - Precondition: `index` is in `0..<shape[0]`, and what is written has the shape of what is
    ///   read.
    public subscript(index: Int) -> Tensor<3, Scalar> {
        get {
            Tensor<3, Scalar>(
                uncheckedShape: [shape[1], shape[2], shape[3]],
                storage: Array(storage[sliceRange(index)]))
        }
        set {
            let shape = newValue.shape
            self[index...index] = newValue.reshaped(to: [1, shape[0], shape[1], shape[2]])
        }
    }
}

extension Tensor {
    /// Where the element at `index` lies.
    @inlinable
    func offset(_ index: InlineArray<rank, Int>) -> Int {
        var offset = 0
        for axis in index.indices {
            precondition(
                index[axis] >= 0 && index[axis] < shape[axis],
                "position \(index[axis]) along dimension \(axis) of a tensor of shape "
                    + describe(shape))
            offset = offset &* shape[axis] &+ index[axis]
        }
        return offset
    }
}
