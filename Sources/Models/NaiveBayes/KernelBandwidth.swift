// SPDX-License-Identifier: Apache-2.0

/// How wide the kernels of ``NaiveBayesLikelihood/kernel(_:)`` are.
///
/// `n` is the weight of a class. The width of ``range`` and ``scott`` is at least a sixth of the
/// mean gap between neighbouring values of the column in all classes, as in Weka, so that it is
/// above 0 where a class shows one value only; for a column of one value in all it is 0.01 / 6.
public enum KernelBandwidth: Codable, Hashable, Sendable {
    /// The range of the class's values divided by `sqrt(n)`, as in Weka.
    ///
    /// Source: John and Langley, Estimating continuous distributions in Bayesian classifiers, UAI
    /// 1995, arXiv:1302.4964, whose width is `1 / sqrt(n)` on values scaled to one unit.
    case range

    /// Scott's rule: the standard deviation of the class's values times `n^(-1/5)`.
    ///
    /// Source: Scott, Multivariate Density Estimation, 1992, doi:10.1002/9780470316849.
    case scott

    /// The same number, above 0, for every class.
    case fixed(Double)

    func validate() throws(ModelError) {
        guard case .fixed(let width) = self else { return }
        guard width > 0, width.isFinite else {
            throw ModelError(.invalidRecipe, "the kernel's width is \(width), not above 0")
        }
    }
}
