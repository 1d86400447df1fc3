// SPDX-License-Identifier: Apache-2.0

/// A truth value for every element of a tensor, as comparisons such as `a .> 0` give.
///
/// A mask selects elements (`a[mask]`), decides between two tensors
/// (`a.replacing(with: b, where: mask)`) and combines with others by `.&`, `.|`, `.^` and `.!`.
@frozen
public struct TensorMask<let rank: Int>: Sendable {
    /// The length of each dimension, outermost first.
    public let shape: InlineArray<rank, Int>

    @usableFromInline var storage: [Bool]

    @inlinable
    init(uncheckedShape shape: InlineArray<rank, Int>, storage: [Bool]) {
        self.shape = shape
        self.storage = storage
    }

    /// Creates a mask of `shape` from row-major `elements`.
    ///
    /// - Precondition: No dimension is negative and their product is `elements.count`.
    public init(shape: InlineArray<rank, Int>, elements: [Bool]) {
        precondition(
            elementCount(of: shape) == elements.count,
            "\(elements.count) elements do not fill a mask of shape \(describe(shape))")
        self.init(uncheckedShape: shape, storage: elements)
    }

    /// The truth values in row-major order; the array is shared, not copied.
    @inlinable
    public var elements: [Bool] { storage }

    /// The number of truth values: the product of the dimensions.
    @inlinable
    public var count: Int { storage.count }

    /// How many of them are true.
    public var trueCount: Int { storage.count { $0 } }

    /// The row-major positions of those that are true, ascending.
    public var trueIndices: [Int] { storage.indices.filter { storage[$0] } }

    /// Whether one of them is true; false for an empty mask.
    public var containsTrue: Bool { storage.contains(true) }

    /// Whether all of them are true; true for an empty mask.
    public var isAllTrue: Bool { !storage.contains(false) }
}

/// A mask of rank 1.
public typealias VectorMask = TensorMask<1>

/// A mask of rank 2, of shape (rows x columns).
public typealias MatrixMask = TensorMask<2>

extension TensorMask where rank == 1 {
    /// Creates a mask that shares `elements`.
    public init(_ elements: [Bool]) {
        self.init(uncheckedShape: [elements.count], storage: elements)
    }

    /// The truth value at `index`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    public subscript(index: Int) -> Bool {
        get { storage[index] }
        set { storage[index] = newValue }
    }
}

extension TensorMask where rank == 2 {
    /// The truth value in row `row` and column `column`.
    ///
    /// - Precondition: `row` is in `0..<shape[0]` and `column` in `0..<shape[1]`.
    public subscript(row: Int, column: Int) -> Bool {
        get { storage[offset(row, column)] }
        set { storage[offset(row, column)] = newValue }
    }

    private func offset(_ row: Int, _ column: Int) -> Int {
        precondition(
            row >= 0 && row < shape[0] && column >= 0 && column < shape[1],
            "row \(row), column \(column) of a mask of shape \(describe(shape))")
        return row * shape[1] + column
    }
}

extension TensorMask: Hashable {
    /// Whether shapes and all truth values are equal.
    public static func == (a: TensorMask, b: TensorMask) -> Bool {
        a.shape == b.shape && a.storage == b.storage
    }

    /// Feeds shape and truth values to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for axis in shape.indices { hasher.combine(shape[axis]) }
        hasher.combine(storage)
    }
}
