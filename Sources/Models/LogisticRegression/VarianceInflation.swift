// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension ClassificationData {
    /// The variance inflation factor of every feature, `1 / (1 - R²)` of
    /// its regression on the others.
    ///
    /// 1 means that the others say nothing about the feature; above 5 or 10 its coefficient is hard
    /// to tell from theirs. Infinite for a feature that is constant or linear in others.
    ///
    /// - Complexity: O(rows * features² + features³).
    public func varianceInflationFactors() -> [Double] {
        let columns = StandardisedColumns(.dense(features), weights: Vector(weights))
        let curvature = LogisticCurvature(
            gram: columns.gram(weights: Vector(weights)),
            total: weights.reduce(0, +), mean: .zeros(features.columnCount),
            centre: columns.centre / columns.scales)
        let dependent = Set(curvature.dependentFeatures())
        // The others' factors stay what they are without the features that add nothing to them.
        let kept = features.columnCount == dependent.count ? [] : independent(of: curvature)
        var factors = [Double](repeating: .infinity, count: features.columnCount)
        let gram = curvature.gram.gatheringRows(kept).gatheringColumns(kept)
        guard let inverse = try? gram.cholesky().inverse() else { return factors }
        for (place, column) in kept.enumerated() where !dependent.contains(column) {
            factors[column] = gram[place, place] * inverse[place, place]
        }
        return factors
    }

    /// Features in column order, without those that earlier ones explain.
    private func independent(of curvature: LogisticCurvature) -> [Int] {
        var kept: [Int] = []
        for column in 0..<features.columnCount {
            let chosen = kept + [column]
            let part = LogisticCurvature(
                gram: curvature.gram.gatheringRows(chosen).gatheringColumns(chosen),
                total: curvature.total, mean: .zeros(chosen.count),
                centre: Vector(chosen.map { curvature.centre[$0] }))
            if part.dependentFeatures().isEmpty { kept = chosen }
        }
        return kept
    }
}
