// SPDX-License-Identifier: Apache-2.0

/// The form of a feature's distribution within a class.
///
/// Columns with equal values of this type are one group: they share the largest variance of
/// ``gaussian(varianceSmoothing:)`` and the total of ``multinomial(smoothing:)`` and
/// ``complement(smoothing:normalised:)``.
public enum NaiveBayesLikelihood: Codable, Hashable, Sendable {
    /// ``bernoulli(threshold:smoothing:)`` with the threshold 0.5 for a column of zeros and ones
    /// alone, ``gaussian(varianceSmoothing:)`` for any other, as the rows of the fit decide.
    case automatic

    /// A normal distribution.
    ///
    /// To every variance is added `varianceSmoothing` (0 or more) times the largest variance over
    /// all rows among the group's columns, so that it is above 0 where all values of a class are
    /// equal.
    case gaussian(varianceSmoothing: Double = 1e-9)

    /// Whether the value is above `threshold`: `(n + smoothing) / (N + 2 smoothing)`.
    case bernoulli(threshold: Double = 0, smoothing: Double = 1)

    /// Counts, 0 or more: a row is drawn from the group's columns with the probabilities
    /// `(n[j] + smoothing) / (n + columns * smoothing)`.
    case multinomial(smoothing: Double = 1)

    /// Counts, 0 or more: the log-odds of each column come from all other classes, which suits
    /// classes of unequal size.
    ///
    /// With `normalised`, the weights of a class are divided by their sum. Rennie et al. use this
    /// with ``NaiveBayes/Priors/uniform`` priors.
    case complement(smoothing: Double = 1, normalised: Bool = false)

    /// Categories numbered 0, 1 and so on: `(n[k] + smoothing) / (N + categories * smoothing)`.
    ///
    /// There are as many categories as the rows show, at least `minimumCount`. When predicting, one
    /// that no row had shown speaks for no class.
    case categorical(smoothing: Double = 1, minimumCount: Int = 1)

    /// A density of any shape: a normal kernel on every value that the class has shown.
    ///
    /// The model keeps these values.
    case kernel(_ bandwidth: KernelBandwidth = .range)

    /// Intervals that the fit cuts so that they tell the classes apart (Fayyad and Irani's minimum
    /// description length), each with the probability `(n[k] + smoothing) / (N + intervals *
    /// smoothing)`; a column without a cut that is worth it speaks for no class.
    ///
    /// Updates keep the cuts of the first fit.
    ///
    /// Source: Fayyad and Irani, IJCAI 1993, https://hdl.handle.net/2014/35171; Dougherty, Kohavi
    /// and Sahami, Supervised and unsupervised discretization of continuous features, ICML 1995,
    /// doi:10.1016/B978-1-55860-377-6.50032-3.
    case discretised(smoothing: Double = 1)

    /// The smallest smoothing: with 0, one unseen value would forbid a class.
    static let leastSmoothing = 1e-10

    /// The largest number of categories of a column.
    static let categoryLimit = 1 << 16

    func validate() throws(ModelError) {
        switch self {
        case .automatic: break
        case .gaussian(let smoothing):
            guard smoothing >= 0, smoothing.isFinite else {
                throw ModelError(
                    .invalidRecipe, "the variance smoothing is \(smoothing), not 0 or more")
            }
        case .bernoulli(let threshold, let smoothing):
            guard threshold.isFinite else {
                throw ModelError(.invalidRecipe, "the threshold is \(threshold)")
            }
            try Self.check(smoothing: smoothing)
        case .multinomial(let smoothing), .discretised(let smoothing):
            try Self.check(smoothing: smoothing)
        case .kernel(let bandwidth): try bandwidth.validate()
        case .complement(let smoothing, _): try Self.check(smoothing: smoothing)
        case .categorical(let smoothing, let count):
            try Self.check(smoothing: smoothing)
            guard (1...Self.categoryLimit).contains(count) else {
                throw ModelError(
                    .invalidRecipe, "\(count) categories, not 1 to \(Self.categoryLimit)")
            }
        }
    }

    private static func check(smoothing: Double) throws(ModelError) {
        guard smoothing >= leastSmoothing, smoothing.isFinite else {
            throw ModelError(
                .invalidRecipe, "the smoothing is \(smoothing), not at least \(leastSmoothing)")
        }
    }

    /// What keeps a value from being a count or a category; `nil` where nothing does.
    func objection(to value: Double) -> String? {
        switch self {
        case .automatic, .gaussian, .bernoulli, .kernel, .discretised: nil
        case .multinomial, .complement: value >= 0 ? nil : "not a count of 0 or more"
        case .categorical:
            value >= 0 && value < Double(Self.categoryLimit) && value == value.rounded()
                ? nil : "not a category number from 0 to \(Self.categoryLimit - 1)"
        }
    }
}
