// SPDX-License-Identifier: Apache-2.0

/// How the decision values of a support vector machine become probabilities.
///
/// The maps are fitted to decision values of rows that were held out, so that they do not inherit
/// the machine's confidence in the rows it was fitted to.
public enum SupportVectorProbabilities: Codable, Hashable, Sendable {
    /// The logistic function of the decision value. It ranks rows as the decision does and costs
    /// nothing, but it is no calibrated probability.
    case logistic
    /// ``PlattScaling`` of held-out decision values from a number of stratified folds.
    case platt(folds: Int = 5)
    /// ``IsotonicRegression`` on held-out decision values from a number of stratified folds; for a
    /// thousand rows and more.
    case isotonic(folds: Int = 5)

    var foldCount: Int? {
        switch self {
        case .logistic: nil
        case .platt(let folds), .isotonic(let folds): folds
        }
    }

    /// Checks the number of folds.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError) {
        if let foldCount, foldCount < 2 {
            throw ModelError(
                .invalidRecipe, "\(foldCount) folds for the probabilities, not 2 or more")
        }
    }
}

/// Which class a machine predicts.
public enum SupportVectorPrediction: String, Codable, Hashable, Sendable, CaseIterable {
    /// The most probable one, so that predictions agree with the probabilities.
    case mostProbable
    /// The one that most of the machines of two classes vote for, of equal ones the first; of two
    /// classes the side of the decision value. Predictions may then differ from the probabilities.
    case votes
}
