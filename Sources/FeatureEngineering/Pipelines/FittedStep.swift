// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes

/// What one step of a pipeline learnt.
struct FittedStep: Sendable {
    let transformation: any FittedTransformation
}

extension FittedStep: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        left.transformation.isEqual(to: right.transformation)
    }

    func hash(into hasher: inout Hasher) { transformation.hash(into: &hasher) }
}

extension PreparationRecipe {
    /// Learns from the training rows and puts what becomes of them in their place.
    func fittedStep(_ table: inout WorkingTable) throws(FeatureError) -> FittedStep {
        FittedStep(transformation: try fitTransform(&table))
    }

    /// Reads what a recipe like this learnt.
    func fittedStep(
        from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) -> FittedStep {
        let fitted = try Fitted(from: &decoder)
        guard accepts(fitted) else { throw decoder.error("a fitted step contradicts its recipe") }
        return FittedStep(transformation: fitted)
    }
}
