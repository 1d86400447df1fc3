// SPDX-License-Identifier: Apache-2.0

// Along the first dimension: the elements of a vector, the rows of a matrix, the matrices of a
// tensor of rank 3.
extension Tensor {
    /// The slices at the positions of `range` along the first dimension; on writing, replaces them.
    ///
    /// `v[2..<5]` are elements of a vector, `m[2...]` rows of a matrix.
    ///
    /// - Precondition: `rank` is at least 1, `range` lies in `0...shape[0]`, and what is written
    ///   has the shape of what is read.
    /// - Complexity: O(n) in the number of elements read or written.
    public subscript(range: some RangeExpression<Int>) -> Tensor {
        get {
            let range = resolve(range, axis: 0)
            let elements = Array(storage[elementRange(of: range)])
            return Tensor(uncheckedShape: slicedShape(range.count), storage: elements)
        }
        set {
            let range = resolve(range, axis: 0)
            requireSlices(newValue, range.count)
            copy(newValue, from: 0, to: elementRange(of: range))
        }
    }

    /// The slices at `indices` along the first dimension, in that order; an index may repeat.
    ///
    /// - Precondition: `rank` is at least 1 and every index is in `0..<shape[0]`.
    /// - Complexity: O(n) in the number of elements of the result.
    public func gathering(_ indices: [Int]) -> Tensor {
        let gathered = uninitialized(indices.count * sliceCount) { gather(indices, into: $0) }
        return Tensor(uncheckedShape: slicedShape(indices.count), storage: gathered)
    }

    /// `self = source.gathering(indices)`, into the existing elements.
    ///
    /// - Precondition: `rank` is at least 1, every index is in `0..<source.shape[0]`, and this
    ///   tensor has one slice of `source` per index.
    public mutating func formGathering(of source: Tensor, _ indices: [Int]) {
        checkAxis(0, shape)
        precondition(
            shape == source.slicedShape(indices.count),
            "\(indices.count) slices of a tensor of shape \(describe(source.shape)) into one of "
                + "shape \(describe(shape))")
        withMutablePointer { source.gather(indices, into: $0) }
    }

    private func gather(_ indices: [Int], into output: UnsafeMutablePointer<Scalar>) {
        let length = sliceCount
        for index in indices { _ = sliceRange(index) }
        withPointer { input in
            for (position, index) in indices.enumerated() {
                (output + position * length).update(from: input + index * length, count: length)
            }
        }
    }

    /// Replaces the slices at `indices` along the first dimension by those of `slices`.
    ///
    /// Where an index repeats, its last slice stays.
    ///
    /// - Precondition: `rank` is at least 1, every index is in `0..<shape[0]`, and `slices` has
    ///   one slice of this tensor's per index.
    public mutating func scatter(_ slices: Tensor, at indices: [Int]) {
        requireSlices(slices, indices.count)
        let length = sliceCount
        for (position, index) in indices.enumerated() {
            copy(slices, from: position * length, to: sliceRange(index))
        }
    }

    /// Adds each slice of `slices` to the one at its index along the first dimension.
    ///
    /// Where an index repeats, all its slices are added, in order.
    ///
    /// - Precondition: `rank` is at least 1, every index is in `0..<shape[0]`, and `slices` has
    ///   one slice of this tensor's per index.
    public mutating func scatterAdd(_ slices: Tensor, at indices: [Int]) {
        requireSlices(slices, indices.count)
        let ranges = indices.map { sliceRange($0) }
        withMutablePointer { output in
            slices.withPointer { input in
                var start = input
                for range in ranges {
                    let target = output + range.lowerBound
                    Scalar._combine(.add, range.count, target, start, target)
                    start += range.count
                }
            }
        }
    }

    /// Replaces the elements of `range` by those of `source` from `start` on.
    mutating func copy(_ source: Tensor, from start: Int, to range: Range<Int>) {
        withMutablePointer { output in
            source.withPointer {
                (output + range.lowerBound).update(from: $0 + start, count: range.count)
            }
        }
    }

    /// `range` within dimension `axis`.
    func resolve(_ range: some RangeExpression<Int>, axis: Int) -> Range<Int> {
        checkAxis(axis, shape)
        let resolved = range.relative(to: 0..<shape[axis])
        precondition(
            resolved.lowerBound >= 0 && resolved.upperBound <= shape[axis],
            "range \(resolved) along dimension \(axis) of a tensor of shape \(describe(shape))")
        return resolved
    }

    /// The number of elements at one position of the first dimension.
    var sliceCount: Int {
        checkAxis(0, shape)
        return blocks(of: shape, axis: 0).inner
    }

    /// Where the slice at `index` lies.
    func sliceRange(_ index: Int) -> Range<Int> {
        precondition(
            rank > 0 && index >= 0 && index < shape[0],
            "position \(index) along the first dimension of a tensor of shape \(describe(shape))")
        return elementRange(of: index..<index + 1)
    }

    private func elementRange(of range: Range<Int>) -> Range<Int> {
        let length = sliceCount
        return range.lowerBound * length..<range.upperBound * length
    }

    private func slicedShape(_ length: Int) -> InlineArray<rank, Int> {
        var shape = shape
        shape[0] = length
        return shape
    }

    private func requireSlices(_ slices: Tensor, _ length: Int) {
        checkAxis(0, shape)
        precondition(
            slices.shape == slicedShape(length),
            "\(length) slices of a tensor of shape \(describe(shape)) from one of shape "
                + describe(slices.shape))
    }
}
