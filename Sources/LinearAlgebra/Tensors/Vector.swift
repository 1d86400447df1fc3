// SPDX-License-Identifier: Apache-2.0

/// A tensor of rank 1.
public typealias Vector<Scalar: LinearAlgebraScalar> = Tensor<1, Scalar>

extension Tensor where rank == 1 {
    /// Creates a vector that shares `elements`.
    public init(_ elements: [Scalar]) {
        self.init(uncheckedShape: [elements.count], storage: elements)
    }

    /// Creates a vector of a sequence's elements.
    public init(_ elements: some Sequence<Scalar>) {
        self.init(Array(elements))
    }

    /// Creates a vector of `count` elements equal to `value`.
    ///
    /// - Precondition: `count` is not negative.
    public init(count: Int, repeating value: Scalar) {
        self.init(repeated(value, count))
    }

    /// A vector of `count` zeros.
    ///
    /// - Precondition: `count` is not negative.
    public static func zeros(_ count: Int) -> Tensor { Tensor(count: count, repeating: 0) }

    /// A vector of `count` ones.
    ///
    /// - Precondition: `count` is not negative.
    public static func ones(_ count: Int) -> Tensor { Tensor(count: count, repeating: 1) }

    /// The positions of the elements: `0..<count`.
    @inlinable
    public var indices: Range<Int> { storage.indices }

    /// The element at `index`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    @inlinable
    public subscript(index: Int) -> Scalar {
        get { storage[index] }
        set { storage[index] = newValue }
    }
}
