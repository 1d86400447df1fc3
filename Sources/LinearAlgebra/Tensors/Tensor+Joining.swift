// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The tensors one behind the other along dimension `axis`; 0 puts matrices below each other.
    ///
    /// - Precondition: There is a tensor, `axis` is in `0..<rank`, and all shapes agree in every
    ///   other dimension.
    /// - Complexity: O(n) in the number of elements of the result.
    public static func concatenated(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
        guard let first = tensors.first else {
            preconditionFailure("concatenation of no tensors has no shape")
        }
        checkAxis(axis, first.shape)
        var shape = first.shape
        shape[axis] = 0
        for tensor in tensors {
            for other in shape.indices where other != axis {
                precondition(
                    tensor.shape[other] == shape[other],
                    "concatenation along dimension \(axis) of shapes \(describe(first.shape)) "
                        + "and \(describe(tensor.shape))")
            }
            shape[axis] += tensor.shape[axis]
        }
        return Tensor(
            shape: shape,
            elements: interleaved(tensors, outer: blocks(of: shape, axis: axis).outer))
    }

    /// The tensors between `positions` along dimension `axis`, in order.
    ///
    /// `v.split(at: [2, 5])` is `[v[..<2], v[2..<5], v[5...]]`; with no position, the tensor alone.
    ///
    /// - Precondition: `axis` is in `0..<rank`, and `positions` ascend within `0...shape[axis]`.
    public func split(at positions: [Int], axis: Int = 0) -> [Tensor] {
        checkAxis(axis, shape)
        let ends = positions + [shape[axis]]
        let (outer, inner) = blocks(of: shape, axis: axis)
        var start = 0
        return ends.map { end in
            precondition(
                end >= start && end <= shape[axis],
                "split at \(positions) along dimension \(axis) of shape \(describe(shape))")
            var part = shape
            part[axis] = end - start
            var elements: [Scalar] = []
            elements.reserveCapacity(outer * part[axis] * inner)
            for block in 0..<outer {
                let origin = block * shape[axis]
                elements += storage[(origin + start) * inner..<(origin + end) * inner]
            }
            start = end
            return Tensor(uncheckedShape: part, storage: elements)
        }
    }

    /// The tensor in `count` parts along dimension `axis` whose lengths differ by at most 1, the
    /// longer ones first.
    ///
    /// - Precondition: `axis` is in `0..<rank` and `count` at least 1.
    public func split(into count: Int, axis: Int = 0) -> [Tensor] {
        checkAxis(axis, shape)
        precondition(count > 0, "a tensor of shape \(describe(shape)) split into \(count) parts")
        let (length, longer) = shape[axis].quotientAndRemainder(dividingBy: count)
        return split(at: (1..<count).map { $0 * length + Swift.min($0, longer) }, axis: axis)
    }
}

extension Tensor where rank == 2 {
    /// The matrix whose rows (`axis` 0) or columns (`axis` 1) are the vectors.
    ///
    /// - Precondition: There is a vector, all have the same count, and `axis` is 0 or 1.
    public static func stacked(_ vectors: [Vector<Scalar>], axis: Int = 0) -> Tensor {
        stack(vectors, axis: axis)
    }
}

extension Tensor where rank == 3 {
    /// The tensor of rank 3 whose slices along dimension `axis` are the matrices.
    ///
    /// - Precondition: There is a matrix, all have the same shape, and `axis` is in `0..<3`.
    public static func stacked(_ matrices: [Matrix<Scalar>], axis: Int = 0) -> Tensor {
        stack(matrices, axis: axis)
    }
}

extension Tensor where rank == 4 {
    /// The tensor of rank 4 whose slices along dimension `axis` are the tensors.
    ///
    /// - Precondition: There is a tensor, all have the same shape, and `axis` is in `0..<4`.
    public static func stacked(_ tensors: [Tensor<3, Scalar>], axis: Int = 0) -> Tensor {
        stack(tensors, axis: axis)
    }
}

/// Equally shaped tensors as slices of one whose rank is larger by 1.
private func stack<let rank: Int, let newRank: Int, Scalar>(
    _ tensors: [Tensor<rank, Scalar>], axis: Int
) -> Tensor<newRank, Scalar> {
    guard let first = tensors.first else {
        preconditionFailure("a stack of no tensors has no shape")
    }
    for tensor in tensors {
        precondition(
            tensor.shape == first.shape,
            "a stack of shapes \(describe(first.shape)) and \(describe(tensor.shape))")
    }
    precondition(
        axis >= 0 && axis < newRank,
        "a stack along dimension \(axis) of shapes \(describe(first.shape))")
    let shape = InlineArray<newRank, Int> {
        $0 == axis ? tensors.count : first.shape[$0 < axis ? $0 : $0 - 1]
    }
    let outer = blocks(of: shape, axis: axis).outer
    return Tensor(shape: shape, elements: interleaved(tensors, outer: outer))
}

/// For each of `outer` blocks, the block of each tensor in turn.
private func interleaved<let rank: Int, Scalar>(
    _ tensors: [Tensor<rank, Scalar>], outer: Int
) -> [Scalar] {
    var elements: [Scalar] = []
    elements.reserveCapacity(tensors.reduce(0) { $0 + $1.count })
    for block in 0..<outer {
        for tensor in tensors {
            let length = tensor.count / outer
            elements += tensor.storage[block * length..<(block + 1) * length]
        }
    }
    return elements
}
