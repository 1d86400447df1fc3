// SPDX-License-Identifier: Apache-2.0

extension Tensor: CustomStringConvertible {
    /// The elements in nested brackets, one row per line; long dimensions keep both ends.
    ///
    /// What is abbreviated starts with its shape, such as `1000 x 50`.
    public var description: String {
        let dimensions = shape.indices.map { shape[$0] }
        let shown = dimensions.map { Swift.min($0, 2 * Self.edge) }
        let body = text(axis: 0, offset: 0, dimensions)
        let needsShape = dimensions != shown || (isEmpty && rank > 1)
        return needsShape ? "\(describe(shape))\n\(body)" : body
    }

    /// How many elements are shown at each end of a long dimension.
    private static var edge: Int { 4 }

    private func text(axis: Int, offset: Int, _ dimensions: [Int]) -> String {
        guard axis < rank else { return "\(storage[offset])" }
        let length = dimensions[axis]
        let stride = dimensions[(axis + 1)...].reduce(1, *)
        var parts: [String] = []
        var index = 0
        while index < length {
            if length > 2 * Self.edge && index == Self.edge {
                parts.append("...")
                index = length - Self.edge
            }
            parts.append(text(axis: axis + 1, offset: offset + index * stride, dimensions))
            index += 1
        }
        let separator = axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }
}
