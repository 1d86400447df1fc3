// SPDX-License-Identifier: Apache-2.0

extension Tensor: CustomStringConvertible {
    /// The elements in nested brackets, one row per line; long dimensions keep both ends.
    ///
    /// What is abbreviated starts with its shape, such as `1000 x 50`.
    public var description: String { describe(shape) { "\(storage[$0])" } }
}

extension TensorMask: CustomStringConvertible {
    /// The truth values in nested brackets, as a tensor's elements.
    public var description: String { describe(shape) { "\(storage[$0])" } }
}

/// The elements, given by row-major position, in nested brackets.
private func describe<let rank: Int>(
    _ shape: InlineArray<rank, Int>, _ element: (Int) -> String
) -> String {
    // How many are shown at each end of a long dimension: not thousands at high ranks.
    let edge = rank > 2 ? 2 : 4
    let dimensions = shape.indices.map { shape[$0] }

    func text(axis: Int, offset: Int) -> String {
        guard axis < rank else { return element(offset) }
        let length = dimensions[axis]
        let stride = dimensions[(axis + 1)...].reduce(1, *)
        var parts: [String] = []
        var index = 0
        while index < length {
            if length > 2 * edge && index == edge {
                parts.append("...")
                index = length - edge
            }
            parts.append(text(axis: axis + 1, offset: offset + index * stride))
            index += 1
        }
        let separator = axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }

    let body = text(axis: 0, offset: 0)
    let isAbbreviated = dimensions.contains { $0 > 2 * edge }
    let needsShape = isAbbreviated || (dimensions.contains(0) && rank > 1)
    return needsShape ? "\(describe(shape))\n\(body)" : body
}
