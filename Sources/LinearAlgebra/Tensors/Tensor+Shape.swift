// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The same row-major elements under another shape, which may have another rank.
    ///
    /// - Precondition: No dimension is negative and their product is `count`.
    /// - Complexity: O(1); the elements are shared until one of both tensors changes.
    public func reshaped<let newRank: Int>(
        to newShape: InlineArray<newRank, Int>
    ) -> Tensor<newRank, Scalar> {
        precondition(
            elementCount(of: newShape) == count,
            "a tensor of shape \(describe(shape)) as one of \(describe(newShape))")
        return Tensor<newRank, Scalar>(uncheckedShape: newShape, storage: storage)
    }

    /// The row-major elements as one vector.
    ///
    /// - Complexity: O(1); the elements are shared until one of both tensors changes.
    public var flattened: Vector<Scalar> { Vector(storage) }

    /// The tensor whose dimension k is dimension `order[k]` of this one.
    ///
    /// Order `[1, 0]` transposes a matrix; in products ``transposed`` does that without moving
    /// anything.
    ///
    /// - Precondition: `order` has each of `0..<rank` once.
    /// - Complexity: O(count).
    public func permutingAxes(_ order: InlineArray<rank, Int>) -> Tensor {
        var positions = InlineArray<rank, Int>(repeating: -1)
        for axis in order.indices {
            precondition(
                order[axis] >= 0 && order[axis] < rank && positions[order[axis]] < 0,
                "dimensions \(describe(order)) of a tensor of shape \(describe(shape))")
            positions[order[axis]] = axis
        }
        var newShape = shape
        var strides = InlineArray<rank, Int>(repeating: 0)
        for axis in order.indices {
            newShape[axis] = shape[order[axis]]
            strides[axis] = blocks(of: shape, axis: order[axis]).inner
        }
        let moved = uninitialized(count) { (output: UnsafeMutablePointer<Scalar>) in
            withPointer { input in
                var index = InlineArray<rank, Int>(repeating: 0)
                var offset = 0
                for position in 0..<count {
                    output[position] = input[offset]
                    for axis in index.indices.reversed() {
                        index[axis] += 1
                        offset += strides[axis]
                        if index[axis] < newShape[axis] { break }
                        offset -= index[axis] * strides[axis]
                        index[axis] = 0
                    }
                }
            }
        }
        return Tensor(uncheckedShape: newShape, storage: moved)
    }
}
