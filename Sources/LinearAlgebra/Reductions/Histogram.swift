// SPDX-License-Identifier: Apache-2.0

/// How many elements fall between neighbouring edges.
public struct Histogram<Scalar: LinearAlgebraScalar>: Sendable, Hashable, Codable {
    /// The edges in ascending order, one more than bins.
    public let edges: Vector<Scalar>

    /// The elements of each bin: its lower edge belongs to it, its upper edge only in the last bin.
    public let counts: [Int]

    /// The elements below the first edge, -infinity included.
    public let belowCount: Int

    /// The elements above the last edge, infinity included.
    public let aboveCount: Int

    /// The elements that are NaN.
    public let nanCount: Int

    /// Counts `elements` between `edges`.
    fileprivate init(_ elements: [Scalar], _ edges: Vector<Scalar>) {
        let last = edges.count - 1
        var counts = [Int](repeating: 0, count: last)
        var (below, above, nan) = (0, 0, 0)
        for element in elements {
            if element.isNaN {
                nan += 1
            } else if element < edges[0] {
                below += 1
            } else if element > edges[last] {
                above += 1
            } else {
                // The last edge at or below the element.
                var (low, high) = (0, last)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if element >= edges[middle] { low = middle } else { high = middle }
                }
                counts[low] += 1
            }
        }
        (self.edges, self.counts) = (edges, counts)
        (belowCount, aboveCount, nanCount) = (below, above, nan)
    }
}

extension Tensor {
    /// Counts the elements between neighbouring `edges`.
    ///
    /// - Precondition: There are at least two edges, they are numbers and do not descend.
    /// - Complexity: O(n log bins).
    public func histogram(edges: Vector<Scalar>) -> Histogram<Scalar> {
        precondition(edges.count >= 2, "a histogram with \(edges.count) edges")
        for index in 1..<edges.count {
            precondition(
                edges[index - 1] <= edges[index],
                "edges \(edges[index - 1]) and \(edges[index]) of a histogram")
        }
        return Histogram(storage, edges)
    }

    /// Counts the elements in `binCount` bins of equal width over `range`.
    ///
    /// Without a range, over the finite elements; when these are all equal, half a unit to both
    /// sides, and 0...1 when there are none.
    ///
    /// - Precondition: `binCount` is positive and the range is finite.
    /// - Complexity: O(n log bins).
    public func histogram(
        binCount: Int, over range: ClosedRange<Scalar>? = nil
    ) -> Histogram<Scalar> {
        precondition(binCount > 0, "a histogram with \(binCount) bins")
        var (low, high) = range.map { ($0.lowerBound, $0.upperBound) } ?? finiteBounds()
        precondition(low.isFinite && high.isFinite, "a histogram over \(low)...\(high)")
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        let bins = Scalar(binCount)
        let width = high - low
        let step = width.isFinite ? width / bins : high / bins - low / bins
        var edges = Vector((0...binCount).map { low + Scalar($0) * step })
        // Rounding must not exclude the largest element, nor let an edge pass the last one.
        edges.clip(to: low...high)
        edges[binCount] = high
        return Histogram(storage, edges)
    }

    private func finiteBounds() -> (Scalar, Scalar) {
        let finite = storage.lazy.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return (0, 1) }
        return (low, high)
    }
}
