// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted naive Bayes classifier.
///
/// Probabilities have the same bits for one row, for any batch around it, for any number of threads
/// and on every machine.
public struct NaiveBayesModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: NaiveBayes

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The logarithm of the probability of each class before anything is known of a row; minus
    /// infinity for a class without weight.
    public let logPriors: [Double]

    /// What the rows have shown.
    let counts: NaiveBayesCounts

    /// One for each group of ``counts``.
    let terms: [NaiveBayesTerm]

    /// The model that the counts give.
    ///
    /// - Throws: ``ModelError`` with code `noSpread`, or `invalidRecipe` for priors that do not fit
    ///   the classes.
    init(
        recipe: NaiveBayes, classes: [String], featureNames: [String], counts: NaiveBayesCounts
    ) throws(ModelError) {
        self.recipe = recipe
        self.classes = classes
        self.featureNames = featureNames
        self.counts = counts
        let priors = try recipe.priors.probabilities(classWeights: counts.classWeights)
        logPriors =
            Vector(
                zip(priors, counts.classWeights).map { prior, weight in weight > 0 ? prior : 0 }
            ).log().elements
        var terms: [NaiveBayesTerm] = []
        for group in counts.groups {
            terms.append(
                try group.term(classWeights: counts.classWeights, names: featureNames))
        }
        self.terms = terms
    }

    /// The sum of the weights of the rows of each class that the model has seen.
    public var classWeights: [Double] { counts.classWeights }

    /// `log P(class) + log P(x | class)` of every row and class (rows x classes).
    ///
    /// The logarithm of ``classProbabilities(_:)`` but for a constant of the row. Scores of
    /// ``NaiveBayesLikelihood/complement(smoothing:normalised:)`` columns are no log-likelihoods;
    /// they are added as they are.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth`, `invalidValue`, or `nonFinite`, also for
    ///   values so large that no class has a likelihood above 0.
    /// - Complexity: O(rows * features * classes).
    public func jointLogLikelihoods(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try check(features)
        let classCount = classes.count
        var scores = [Double](repeating: 0, count: features.rowCount * classCount)
        for (group, term) in zip(counts.groups, terms) {
            try NaiveBayesGroup.check(
                features, columns: group.columns, likelihood: group.likelihood,
                names: featureNames)
            term.add(features.selecting(group.columns), to: &scores, classCount: classCount)
        }
        for row in 0..<features.rowCount {
            var isFinite = false
            for code in 0..<classCount {
                let score = scores[row * classCount + code] + logPriors[code]
                guard score < .infinity else {
                    throw ModelError(
                        .nonFinite, "row \(row): the features are too large to be summed")
                }
                scores[row * classCount + code] = score
                isFinite = isFinite || score.isFinite
            }
            guard isFinite else {
                throw ModelError(
                    .nonFinite, "row \(row): the features are too large for every class")
            }
        }
        return Matrix(
            rowCount: features.rowCount, columnCount: classCount, elements: scores)
    }

    /// The probability of every class (rows x classes).
    ///
    /// Naive Bayes probabilities lie too near 0 and 1 where features depend on each other.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` as ``jointLogLikelihoods(_:)``.
    /// - Complexity: O(rows * features * classes).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try jointLogLikelihoods(features).softmax()
    }

    /// The logarithm of the probability of every class (rows x classes), which does not underflow.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` as ``jointLogLikelihoods(_:)``.
    /// - Complexity: O(rows * features * classes).
    public func logProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try jointLogLikelihoods(features).logSoftmax()
    }
}

extension NaiveBayes.Priors {
    /// The probabilities of as many classes as have weights.
    func probabilities(classWeights: [Double]) throws(ModelError) -> [Double] {
        switch self {
        case .empirical:
            let total = classWeights.reduce(0, +)
            return classWeights.map { $0 / total }
        case .uniform:
            return classWeights.map { _ in 1 / Double(classWeights.count) }
        case .given(let priors):
            guard priors.count == classWeights.count else {
                throw ModelError(
                    .invalidRecipe, "\(priors.count) priors for \(classWeights.count) classes")
            }
            // The classes that do occur need a probability above 0 between them.
            guard zip(priors, classWeights).contains(where: { $0 > 0 && $1 > 0 }) else {
                throw ModelError(
                    .invalidRecipe, "the priors \(priors) leave no class that occurs")
            }
            return priors
        }
    }
}
