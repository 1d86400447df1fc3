// SPDX-License-Identifier: Apache-2.0

/// How much the rows of each class count, besides their own weights.
///
/// Other than equal weights move the intercept, so that probabilities are no longer those of the
/// population that the rows were drawn from; calibrate them afterwards.
public enum ClassWeighting: Codable, Hashable, Sendable {
    /// Every class counts by its rows.
    case equal
    /// All classes count the same: a row's factor is `total / (classes * classTotal)`, from the
    /// sums of the weights.
    case balanced
    /// One factor per class, in the order of the classes; each finite and above 0.
    case factors([Double])

    /// Checks the factors.
    func validate() throws(ModelError) {
        guard case .factors(let factors) = self else { return }
        guard factors.count >= 2, factors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw ModelError(
                .invalidRecipe, "the class weights are \(factors), not finite numbers above 0")
        }
    }

    /// The factor of every class, from the sums of the weights.
    func factors(_ classWeights: [Double]) throws(ModelError) -> [Double] {
        switch self {
        case .equal: return classWeights.map { _ in 1 }
        case .balanced:
            let present = classWeights.filter { $0 > 0 }
            let share = classWeights.reduce(0, +) / Double(present.count)
            return classWeights.map { $0 > 0 ? share / $0 : 1 }
        case .factors(let factors):
            guard factors.count == classWeights.count else {
                throw ModelError(
                    .invalidRecipe,
                    "\(factors.count) class weights for \(classWeights.count) classes")
            }
            return factors
        }
    }
}
