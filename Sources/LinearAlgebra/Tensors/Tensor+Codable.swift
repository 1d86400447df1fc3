// SPDX-License-Identifier: Apache-2.0

extension Tensor: Codable {
    private enum CodingKeys: String, CodingKey {
        case shape
        case elements
    }

    /// Writes `shape` and the row-major `elements`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shape.indices.map { shape[$0] }, forKey: .shape)
        try container.encode(storage, forKey: .elements)
    }

    /// Reads and checks a tensor.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the number of dimensions is not `rank`, or when
    ///   the dimensions do not multiply to the number of elements.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let dimensions = try container.decode([Int].self, forKey: .shape)
        guard dimensions.count == rank else {
            throw DecodingError.dataCorruptedError(
                forKey: .shape, in: container,
                debugDescription: "\(dimensions.count) dimensions instead of \(rank)")
        }
        let shape = InlineArray<rank, Int> { dimensions[$0] }
        let elements = try container.decode([Scalar].self, forKey: .elements)
        guard elementCount(of: shape) == elements.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .elements, in: container,
                debugDescription: "\(elements.count) elements do not fill \(describe(shape))")
        }
        self.init(uncheckedShape: shape, storage: elements)
    }
}
