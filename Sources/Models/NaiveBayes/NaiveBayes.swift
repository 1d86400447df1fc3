// SPDX-License-Identifier: Apache-2.0

/// Naive Bayes of any number of classes, with a distribution of its own for every feature.
///
/// Features are taken as independent within a class, so that the log-odds are sums:
///
/// `log P(class | x) = log P(class) + sum over j of log P(x[j] | class) + constant`.
///
/// One recipe covers the Gaussian, Bernoulli, multinomial, complement and categorical forms, and
/// any mixture of them by column:
///
/// ```swift
/// let gaussian = NaiveBayes(.gaussian())
/// let counts = NaiveBayes(.complement(), priors: .uniform)
/// let mixed = NaiveBayes(
///     .gaussian(),
///     except: [.init(["job", "purpose"], .categorical()), .init(["phone"], .bernoulli())])
/// let risk = try mixed.fit(data).probabilities(x)
/// ```
///
/// The fit reads the rows once. A model keeps what it has counted, so more rows can be added to it
/// (``NaiveBayesModel/updated(with:labels:weights:)``), and models of parts of the data can be
/// merged (``NaiveBayesModel/merged(with:)``). Fits and probabilities have the same bits on every
/// machine and for any number of threads.
///
/// References: Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008,
/// doi:10.1017/CBO9780511809071; Rennie, Shih, Teevan and Karger, Tackling the Poor Assumptions of
/// Naive Bayes Text Classifiers, ICML 2003.
public struct NaiveBayes: Classifier {
    /// The probability of each class before anything is known of a row.
    public enum Priors: Codable, Hashable, Sendable {
        /// The share of the class in the weight of the rows.
        case empirical
        /// The same for every class.
        case uniform
        /// One for each class in their order, from 0 to 1, with the sum 1.
        case given([Double])
    }

    /// Columns that have a likelihood of their own.
    public struct Columns: Codable, Hashable, Sendable {
        /// The names of the columns.
        public var names: [String]

        /// The form of their distribution.
        public var likelihood: NaiveBayesLikelihood

        /// Gives the columns `names` the distribution `likelihood`.
        public init(_ names: [String], _ likelihood: NaiveBayesLikelihood) {
            self.names = names
            self.likelihood = likelihood
        }
    }

    /// The form of the distribution of all columns that ``exceptions`` does not name.
    public var likelihood: NaiveBayesLikelihood

    /// Columns with another form.
    public var exceptions: [Columns]

    /// The probability of each class before anything is known of a row.
    public var priors: Priors

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ likelihood: NaiveBayesLikelihood = .automatic, except exceptions: [Columns] = [],
        priors: Priors = .empirical
    ) {
        self.likelihood = likelihood
        self.exceptions = exceptions
        self.priors = priors
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try likelihood.validate()
        var named: Set<String> = []
        for columns in exceptions {
            try columns.likelihood.validate()
            for name in columns.names where !named.insert(name).inserted {
                throw ModelError(.invalidRecipe, "column '\(name)' has two likelihoods")
            }
        }
        guard case .given(let priors) = priors else { return }
        guard priors.count >= 2, priors.allSatisfy({ (0...1).contains($0) }),
            abs(priors.reduce(0, +) - 1) <= 1e-8
        else {
            throw ModelError(
                .invalidRecipe, "the priors \(priors), not two or more of 0 to 1 with the sum 1")
        }
    }
}
