// SPDX-License-Identifier: Apache-2.0

extension Pipeline {
    /// One step of a pipeline, made by a static method such as `.impute(.median)`.
    public struct Step: Sendable {
        let recipe: any PreparationRecipe

        init(_ recipe: any PreparationRecipe) { self.recipe = recipe }

        /// The kind of the step, such as `imputation`.
        public var name: String { StepKind.of(recipe).name }

        /// The step's parameters, such as an ``Imputation``.
        public var parameters: any (Codable & Hashable & Sendable) { recipe }
    }
}

extension Pipeline.Step: Hashable {
    /// Whether kind and parameters are equal.
    public static func == (left: Self, right: Self) -> Bool {
        AnyHashable(left.recipe) == AnyHashable(right.recipe)
    }

    /// Feeds kind and parameters to `hasher`.
    public func hash(into hasher: inout Hasher) { AnyHashable(recipe).hash(into: &hasher) }
}

extension Pipeline.Step: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads an object of one key, the step's name, with its parameters.
    ///
    /// - Throws: `DecodingError` for an unknown name, and as the parameters do.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let names = container.allKeys.map(\.stringValue)
        guard names.count == 1, let kind = StepKind.all.first(where: { $0.name == names[0] })
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath,
                    debugDescription: "\(names.sorted()) is not the name of one step"))
        }
        recipe = try container.decode(kind.recipe, forKey: Key(stringValue: kind.name))
    }

    /// Writes an object of one key, the step's name, with its parameters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(recipe, forKey: Key(stringValue: name))
    }
}

extension Pipeline.Step {
    /// Leaves the named columns out; at the start of a pipeline, columns of any kind.
    public static func exclude(_ names: String...) -> Self { exclude(names) }

    /// Leaves the named columns out; at the start of a pipeline, columns of any kind.
    public static func exclude(_ names: [String]) -> Self {
        Self(ColumnSelection(names: names, isExclusion: true))
    }

    /// Keeps only the named columns, in the order they already have.
    public static func select(_ names: String...) -> Self { select(names) }

    /// Keeps only the named columns, in the order they already have.
    public static func select(_ names: [String]) -> Self {
        Self(ColumnSelection(names: names, isExclusion: false))
    }

    /// Replaces missing numbers by a statistic and missing categories by a level.
    public static func impute(
        _ numeric: Imputation.NumericStatistic = .median,
        categorical: Imputation.CategoricalReplacement = .mode, indicators: Bool = false,
        only columns: [String]? = nil
    ) -> Self {
        Self(
            Imputation(
                numeric: numeric, categorical: categorical, addsIndicators: indicators,
                columns: columns))
    }

    /// Moves numbers outside two quantiles of the training rows to the nearer quantile.
    public static func clip(
        quantiles: ClosedRange<Double>, only columns: [String]? = nil
    ) -> Self {
        Self(
            QuantileClipping(
                lower: quantiles.lowerBound, upper: quantiles.upperBound, columns: columns))
    }

    /// Turns each categorical column into one column of 0 and 1 per level.
    public static func oneHot(
        dropFirst: Bool = false, unknown: OneHotEncoding.UnknownLevelPolicy = .error,
        only columns: [String]? = nil
    ) -> Self {
        Self(OneHotEncoding(dropsFirst: dropFirst, unknown: unknown, columns: columns))
    }

    /// Brings numeric columns to mean 0 and standard deviation 1 over the training rows.
    public static func standardise(
        deviation: Standardisation.Deviation = .population, only columns: [String]? = nil
    ) -> Self {
        Self(Standardisation(deviation: deviation, columns: columns))
    }
}
