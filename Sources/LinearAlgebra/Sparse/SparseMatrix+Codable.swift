// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix: Codable {
    private enum CodingKeys: String, CodingKey {
        case rowCount
        case columnCount
        case rowOffsets
        case columnIndices
        case values
    }

    /// Writes both counts and the three arrays of the CSR format.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rowCount, forKey: .rowCount)
        try container.encode(columnCount, forKey: .columnCount)
        try container.encode(rowOffsets, forKey: .rowOffsets)
        try container.encode(columnIndices, forKey: .columnIndices)
        try container.encode(values, forKey: .values)
    }

    /// Reads and checks a matrix.
    ///
    /// - Throws: `DecodingError.dataCorrupted`, with a ``SparseMatrixError`` underneath, when the
    ///   arrays do not describe a matrix.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let rowCount = try container.decode(Int.self, forKey: .rowCount)
        let columnCount = try container.decode(Int.self, forKey: .columnCount)
        let rowOffsets = try container.decode([Int].self, forKey: .rowOffsets)
        let columnIndices = try container.decode([Int].self, forKey: .columnIndices)
        let values = try container.decode([Scalar].self, forKey: .values)
        do {
            try self.init(
                rowCount: rowCount, columnCount: columnCount, rowOffsets: rowOffsets,
                columnIndices: columnIndices, values: values)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: error.description,
                    underlyingError: error))
        }
    }
}
