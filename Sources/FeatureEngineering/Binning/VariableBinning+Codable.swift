// SPDX-License-Identifier: Apache-2.0

extension VariableBinning: Codable {
    private enum CodingKeys: String, CodingKey {
        case variable, kind, recipe, bins, trend
    }

    /// Reads bins and checks them against each other, as fitting does.
    ///
    /// - Throws: `DecodingError` if they contradict each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                variable: try container.decode(String.self, forKey: .variable),
                kind: try container.decode(ColumnKind.self, forKey: .kind),
                recipe: try container.decode(OptimalBinning.self, forKey: .recipe),
                bins: try container.decode([Bin].self, forKey: .bins),
                trend: try container.decode(TrendReport.self, forKey: .trend))
        } catch let error as FeatureError {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: error.message))
        }
    }

    /// Writes the recipe, every bin and the trend.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(variable, forKey: .variable)
        try container.encode(kind, forKey: .kind)
        try container.encode(recipe, forKey: .recipe)
        try container.encode(bins, forKey: .bins)
        try container.encode(trend, forKey: .trend)
    }
}
