// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension LogisticProblem {
    /// Refuses classes that a hyperplane separates: their likelihood has no finite maximum.
    ///
    /// Where the current log-odds have the right sign in every row, that estimate itself is the
    /// separating plane. Where rows lie on the plane, Newton steps turn into the direction in which
    /// the likelihood rises for ever: log-odds that grow by about 1 per step, and in the wrong
    /// direction in no row. After ``settlingSteps`` steps any other movement is below
    /// `exp(-settlingSteps)`.
    ///
    /// Source: Albert and Anderson, Biometrika 71, 1984, doi:10.1093/biomet/71.1.1.
    ///
    /// - Throws: ``ModelError`` with code `separation`; the message names the features.
    func checkSeparation(
        _ estimate: LogisticEstimate, direction: LogisticEstimate, iteration: Int
    ) throws(ModelError) {
        // Offsets are no part of the plane.
        let margins = offsets == nil ? estimate.logits : change(along: estimate)
        // A margin of rounding errors would prove nothing.
        if smallestMargin(margins) > 1e-9 * largestSize(margins) {
            throw separation("completely", along: estimate, iteration: iteration)
        }
        guard iteration >= Self.settlingSteps else { return }
        let largest = largestSize(direction.logits)
        if largest > 0.05, smallestMargin(direction.logits) >= -1e-6 * largest {
            throw separation(
                "up to rows on the boundary", along: direction, iteration: iteration)
        }
    }

    private static let settlingSteps = 15

    /// The smallest `sign * logit` of the rows that count.
    private func smallestMargin(_ logits: Vector<Double>) -> Double {
        let margins = signs * logits
        var smallest = Double.infinity
        for row in margins.indices where weights[row] > 0 { smallest = min(smallest, margins[row]) }
        return smallest
    }

    private func largestSize(_ logits: Vector<Double>) -> Double {
        max(logits.max(), -logits.min())
    }

    private func separation(
        _ extent: String, along direction: LogisticEstimate, iteration: Int
    ) -> ModelError {
        let spreads = zip(design.ranges, direction.coefficients.elements).map { abs($0 * $1) }
        let largest = spreads.max() ?? 0
        let names = spreads.indices.filter { spreads[$0] > largest / 100 }
            .sorted { spreads[$0] > spreads[$1] }
            .prefix(5).map { featureNames[$0] }
        return ModelError(
            .separation,
            "after \(iteration) iterations the classes are separated \(extent) by "
                + "\(names.joined(separator: ", ")); the maximum likelihood estimate is infinite, "
                + "a penalty (L2 or Firth's) makes it finite")
    }
}
