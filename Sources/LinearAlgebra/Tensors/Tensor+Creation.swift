// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The tensor of `shape` whose elements are all 0.
    ///
    /// - Precondition: No dimension is negative and their product fits an `Int`.
    public static func zeros(shape: InlineArray<rank, Int>) -> Tensor {
        Tensor(shape: shape, repeating: 0)
    }

    /// The tensor of `shape` whose elements are all 1.
    ///
    /// - Precondition: No dimension is negative and their product fits an `Int`.
    public static func ones(shape: InlineArray<rank, Int>) -> Tensor {
        Tensor(shape: shape, repeating: 1)
    }

    /// Creates a tensor of `shape` from a sequence of its elements in row-major order.
    ///
    /// - Precondition: No dimension is negative and their product is the sequence's count.
    public init(shape: InlineArray<rank, Int>, elements: some Sequence<Scalar>) {
        self.init(shape: shape, elements: Array(elements))
    }

    /// Creates a tensor of `shape` by asking for each element, in row-major order.
    ///
    /// - Parameters:
    ///   - shape: The length of each dimension.
    ///   - element: Gives the element at an index, which has one number per dimension.
    /// - Precondition: No dimension is negative and their product fits an `Int`.
    public init<Failure: Error>(
        shape: InlineArray<rank, Int>,
        elementAt element: (InlineArray<rank, Int>) throws(Failure) -> Scalar
    ) throws(Failure) {
        self.init(shape: shape, repeating: 0)
        var index = InlineArray<rank, Int>(repeating: 0)
        for position in storage.indices {
            storage[position] = try element(index)
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
        }
    }

    /// Creates a tensor of `shape` that repeats a vector along all dimensions but one.
    ///
    /// The element at an index is `vector[index[axis]]`, so for a matrix axis 1 makes every row the
    /// vector and axis 0 every column. For `+ - * /` with a matrix on the left there are forms
    /// without a temporary, such as ``addToRows(_:)``.
    ///
    /// - Precondition: `axis` is in `0..<rank`, no dimension is negative and `vector.count` is
    ///   `shape[axis]`.
    public init(broadcasting vector: Vector<Scalar>, to shape: InlineArray<rank, Int>, axis: Int) {
        checkAxis(axis, shape)
        precondition(
            vector.count == shape[axis],
            "\(vector.count) elements along dimension \(axis) of a tensor of shape "
                + describe(shape))
        let (_, inner) = blocks(of: shape, axis: axis)
        let block = vector.storage.flatMap { repeatElement($0, count: inner) }
        self.init(shape: shape, repeating: 0)
        guard !block.isEmpty else { return }
        let (count, length) = (count, block.count)
        withMutablePointer { output in
            block.withUnsafeBufferPointer { block in
                guard let address = block.baseAddress else { return }
                for start in stride(from: 0, to: count, by: length) {
                    (output + start).update(from: address, count: length)
                }
            }
        }
    }
}

/// The number of blocks before, and of elements behind, one dimension: `shape` without it is
/// `outer x inner`.
func blocks<let rank: Int>(
    of shape: InlineArray<rank, Int>, axis: Int
) -> (outer: Int, inner: Int) {
    var (outer, inner) = (1, 1)
    for other in shape.indices {
        if other < axis { outer *= shape[other] }
        if other > axis { inner *= shape[other] }
    }
    return (outer, inner)
}

func checkAxis<let rank: Int>(_ axis: Int, _ shape: InlineArray<rank, Int>) {
    precondition(
        axis >= 0 && axis < rank, "dimension \(axis) of a tensor of shape \(describe(shape))")
}
