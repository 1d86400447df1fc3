// SPDX-License-Identifier: Apache-2.0

extension Pipeline {
    /// One step of a pipeline.
    public enum Step: Sendable, Hashable, Codable {
        /// Keeps or leaves out columns.
        case columnSelection(ColumnSelection)
        /// Replaces missing values.
        case imputation(Imputation)
        /// Clips numbers to quantiles.
        case quantileClipping(QuantileClipping)
        /// Turns levels into columns of 0 and 1.
        case oneHotEncoding(OneHotEncoding)
        /// Brings numbers to mean 0 and deviation 1.
        case standardisation(Standardisation)
    }
}

extension Pipeline.Step {
    /// Leaves the named columns out; at the start of a pipeline, columns of any kind.
    public static func exclude(_ names: String...) -> Self {
        .columnSelection(ColumnSelection(names: names, isExclusion: true))
    }

    /// Leaves the named columns out; at the start of a pipeline, columns of any kind.
    public static func exclude(_ names: [String]) -> Self {
        .columnSelection(ColumnSelection(names: names, isExclusion: true))
    }

    /// Keeps only the named columns, in the order they already have.
    public static func select(_ names: String...) -> Self {
        .columnSelection(ColumnSelection(names: names, isExclusion: false))
    }

    /// Keeps only the named columns, in the order they already have.
    public static func select(_ names: [String]) -> Self {
        .columnSelection(ColumnSelection(names: names, isExclusion: false))
    }

    /// Replaces missing numbers by a statistic and missing categories by a level.
    public static func impute(
        _ numeric: Imputation.NumericStatistic = .median,
        categorical: Imputation.CategoricalReplacement = .mode, indicators: Bool = false,
        only columns: [String]? = nil
    ) -> Self {
        .imputation(
            Imputation(
                numeric: numeric, categorical: categorical, addsIndicators: indicators,
                columns: columns))
    }

    /// Moves numbers outside two quantiles of the training rows to the nearer quantile.
    public static func clip(
        quantiles: ClosedRange<Double>, only columns: [String]? = nil
    ) -> Self {
        .quantileClipping(
            QuantileClipping(
                lower: quantiles.lowerBound, upper: quantiles.upperBound, columns: columns))
    }

    /// Turns each categorical column into one column of 0 and 1 per level.
    public static func oneHot(
        dropFirst: Bool = false, unknown: OneHotEncoding.UnknownLevelPolicy = .error,
        only columns: [String]? = nil
    ) -> Self {
        .oneHotEncoding(
            OneHotEncoding(dropsFirst: dropFirst, unknown: unknown, columns: columns))
    }

    /// Brings numeric columns to mean 0 and standard deviation 1 over the training rows.
    public static func standardise(
        deviation: Standardisation.Deviation = .population, only columns: [String]? = nil
    ) -> Self {
        .standardisation(Standardisation(deviation: deviation, columns: columns))
    }
}

extension Pipeline.Step {
    var isSelection: Bool {
        if case .columnSelection = self { true } else { false }
    }

    var recipe: any PreparationRecipe {
        switch self {
        case .columnSelection(let recipe): recipe
        case .imputation(let recipe): recipe
        case .quantileClipping(let recipe): recipe
        case .oneHotEncoding(let recipe): recipe
        case .standardisation(let recipe): recipe
        }
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedStep {
        switch self {
        case .columnSelection(let recipe): .columnSelection(try recipe.fit(table))
        case .imputation(let recipe): .imputation(try recipe.fit(table))
        case .quantileClipping(let recipe): .quantileClipping(try recipe.fit(table))
        case .oneHotEncoding(let recipe): .oneHotEncoding(try recipe.fit(table))
        case .standardisation(let recipe): .standardisation(try recipe.fit(table))
        }
    }
}
