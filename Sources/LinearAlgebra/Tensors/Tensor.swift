// SPDX-License-Identifier: Apache-2.0

/// A dense array of `rank` dimensions whose rank is part of its type.
///
/// Elements lie row-major (the last index runs fastest) and contiguous in one copy-on-write array,
/// so a tensor is a value: copies are cheap until one of them is changed, and it can cross
/// concurrency domains. A dimension may be 0; the tensor is then empty, and every operation says
/// what it does with it.
@frozen
public struct Tensor<let rank: Int, Scalar: LinearAlgebraScalar>: Sendable {
    /// The length of each dimension, outermost first.
    public let shape: InlineArray<rank, Int>

    @usableFromInline var storage: [Scalar]

    /// Wraps row-major elements whose count is known to fit the shape.
    @inlinable
    init(uncheckedShape shape: InlineArray<rank, Int>, storage: [Scalar]) {
        self.shape = shape
        self.storage = storage
    }

    /// Creates a tensor of `shape` from row-major `elements`.
    ///
    /// - Precondition: No dimension is negative and their product is `elements.count`.
    /// - Complexity: O(rank); the array is shared, not copied.
    public init(shape: InlineArray<rank, Int>, elements: [Scalar]) {
        precondition(
            elementCount(of: shape) == elements.count,
            "\(elements.count) elements do not fill a tensor of shape \(describe(shape))")
        self.init(uncheckedShape: shape, storage: elements)
    }

    /// Creates a tensor of `shape` with every element equal to `value`.
    ///
    /// - Precondition: No dimension is negative and their product fits an `Int`.
    /// - Complexity: O(n) in the number of elements.
    public init(shape: InlineArray<rank, Int>, repeating value: Scalar) {
        guard let count = elementCount(of: shape) else {
            preconditionFailure("shape \(describe(shape)) has no valid element count")
        }
        self.init(uncheckedShape: shape, storage: repeated(value, count))
    }

    /// A tensor of `shape` whose elements are written before any is read.
    init(unwrittenShape shape: InlineArray<rank, Int>) {
        guard let count = elementCount(of: shape) else {
            preconditionFailure("shape \(describe(shape)) has no valid element count")
        }
        self.init(uncheckedShape: shape, storage: uninitialized(count) { _ in })
    }

    /// The elements in row-major order; the array is shared, not copied.
    @inlinable
    public var elements: [Scalar] { storage }

    /// The number of elements: the product of the dimensions.
    @inlinable
    public var count: Int { storage.count }

    /// Whether there is no element, because a dimension is 0.
    @inlinable
    public var isEmpty: Bool { storage.isEmpty }
}

/// The product of the dimensions, or nil when one is negative or the product overflows.
///
/// A dimension of 0 does not make up for others that overflow: strides must fit as well.
func elementCount<let rank: Int>(of shape: InlineArray<rank, Int>) -> Int? {
    var (count, isEmpty) = (1, false)
    for axis in shape.indices {
        if shape[axis] == 0 {
            isEmpty = true
            continue
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: shape[axis])
        if overflow || shape[axis] < 0 { return nil }
        count = product
    }
    return isEmpty ? 0 : count
}

/// The shape as `3 x 4`.
@usableFromInline
func describe<let rank: Int>(_ shape: InlineArray<rank, Int>) -> String {
    var text = rank == 0 ? "()" : ""
    for axis in shape.indices { text += (axis == 0 ? "" : " x ") + "\(shape[axis])" }
    return text
}

func == <let rank: Int>(a: InlineArray<rank, Int>, b: InlineArray<rank, Int>)
    -> Bool
{
    for axis in a.indices where a[axis] != b[axis] { return false }
    return true
}
