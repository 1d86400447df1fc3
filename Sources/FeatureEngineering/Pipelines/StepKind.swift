// SPDX-License-Identifier: Apache-2.0

/// A kind of step: its number in canonical bytes and its name in other formats.
struct StepKind: Sendable {
    /// The byte before the step's parameters.
    let tag: UInt8
    /// The key of the step's parameters in JSON.
    let name: String
    /// The type of the parameters.
    let recipe: any PreparationRecipe.Type

    init(_ tag: UInt8, _ name: String, _ recipe: any PreparationRecipe.Type) {
        self.tag = tag
        self.name = name
        self.recipe = recipe
    }

    /// Every kind of step; tags and names are part of files and never change.
    static let all: [StepKind] = [
        StepKind(0, "columnSelection", ColumnSelection.self),
        StepKind(1, "imputation", Imputation.self),
        StepKind(2, "quantileClipping", QuantileClipping.self),
        StepKind(3, "oneHotEncoding", OneHotEncoding.self),
        StepKind(4, "standardisation", Standardisation.self),
        StepKind(5, "nearestNeighbourImputation", NearestNeighbourImputation.self),
        StepKind(6, "iterativeImputation", IterativeImputation.self),
        StepKind(7, "winsorisation", Winsorisation.self),
        StepKind(8, "outlierElimination", OutlierElimination.self),
        StepKind(9, "logarithm", LogarithmTransformation.self),
        StepKind(10, "yeoJohnson", YeoJohnsonTransformation.self),
        StepKind(11, "quantileTransformation", QuantileTransformation.self),
        StepKind(12, "robustScaling", RobustScaling.self),
        StepKind(13, "rangeScaling", RangeScaling.self),
        StepKind(14, "ordinalEncoding", OrdinalEncoding.self),
        StepKind(15, "targetEncoding", TargetEncoding.self),
        StepKind(16, "hashingEncoding", HashingEncoding.self),
        StepKind(17, "rareLevelGrouping", RareLevelGrouping.self),
        StepKind(18, "featureSelection", FeatureSelection.self),
        StepKind(19, "weightOfEvidenceEncoding", WeightOfEvidenceEncoding.self),
        StepKind(20, "dateParts", DateParts.self),
        StepKind(21, "missingValueRetention", MissingValueRetention.self),
    ]

    /// The kind of a recipe, which must be in ``all``.
    static func of(_ recipe: any PreparationRecipe) -> StepKind {
        guard let kind = all.first(where: { $0.recipe == type(of: recipe) }) else {
            preconditionFailure("\(type(of: recipe)) is not in the list of steps")
        }
        return kind
    }
}

extension Pipeline {
    /// The names of all kinds of steps, for the test that every one of them is tested.
    package static var stepNames: [String] { StepKind.all.map(\.name) }
}
