// SPDX-License-Identifier: Apache-2.0

/// A loss of your own, which boosted trees lower.
///
/// It is a value with canonical bytes, so that recipes and models with it are files like all
/// others. A score is what the trees add up to.
///
/// ```swift
/// /// Losses above the prediction count `factor` times.
/// struct ShortfallLoss: BoostingLoss {
///     var factor = 3.0
///
///     func loss(target: Double, score: Double) -> Double {
///         let error = target - score
///         return (error > 0 ? factor : 1) * error * error / 2
///     }
///
///     func derivatives(target: Double, score: Double) -> (slope: Double, curvature: Double) {
///         let weight = target > score ? factor : 1
///         return (weight * (score - target), weight)
///     }
///
///     func baseScore(targets: [Double], weights: [Double]) -> Double { 0 }
///     // ... and `kind`, `canonicalBytes` and `init(canonicalBytes:)` of `ModelFileContent`.
/// }
/// ```
///
/// All functions must give the same result for the same arguments.
public protocol BoostingLoss: ModelFileContent, Codable, Hashable, Sendable {
    /// Checks the parameters; every fit does it first. Nothing is wrong where it is left out.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError)

    /// The score that every row has before the first tree, finite.
    ///
    /// - Parameters:
    ///   - targets: the targets of the training rows; 0 and 1 for two classes.
    ///   - weights: the positive weight of each.
    func baseScore(targets: [Double], weights: [Double]) -> Double

    /// The loss of a row; early stopping looks at its mean.
    func loss(target: Double, score: Double) -> Double

    /// The first and the second derivative of the loss of a row in its score, both finite, the
    /// second 0 or more.
    ///
    /// Where the second derivative is not of use, a bound on it or a constant will do.
    func derivatives(target: Double, score: Double) -> (slope: Double, curvature: Double)

    /// What is predicted of a row with a score: a number, or the probability of the second of two
    /// classes. The score itself where it is left out.
    func prediction(score: Double) -> Double
}

extension BoostingLoss {
    /// Finds nothing wrong.
    public func validate() throws(ModelError) {}

    /// The score itself.
    public func prediction(score: Double) -> Double { score }
}

/// A loss of the user's with the targets that it is asked about.
struct CustomObjective: Sendable {
    let targets: [Double]
    let loss: any BoostingLoss

    func base(_ weights: [Double]) -> Double {
        let present = weights.indices.filter { weights[$0] > 0 }
        return loss.baseScore(
            targets: present.map { targets[$0] }, weights: present.map { weights[$0] })
    }

    /// Negative slopes and curvatures, times the weights.
    func gradients(
        _ scores: [Double], weights: [Double], a: inout [Double], b: inout [Double]
    ) {
        func fill(_ loss: some BoostingLoss) {
            for row in weights.indices {
                let (slope, curvature) = loss.derivatives(
                    target: targets[row], score: scores[row])
                a[row] = -weights[row] * slope
                b[row] = weights[row] * curvature
            }
        }
        fill(loss)
    }

    /// Refuses slopes and curvatures that no tree can be grown on.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite`.
    func check(_ scores: [Double], a: [Double], b: [Double]) throws(ModelError) {
        guard
            let row = a.indices.first(where: { row in
                !(a[row].isFinite && b[row].isFinite && b[row] >= 0)
            })
        else { return }
        throw ModelError(
            .nonFinite,
            "the loss '\(type(of: loss).kind)' has the slope \(-a[row]) and the curvature "
                + "\(b[row]), times the weight, for the target \(targets[row]) and the score "
                + "\(scores[row])")
    }

    func losses(_ scores: [Double]) -> [Double] {
        func values(_ loss: some BoostingLoss) -> [Double] {
            zip(targets, scores).map { loss.loss(target: $0, score: $1) }
        }
        return values(loss)
    }
}
