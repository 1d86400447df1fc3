// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// McNemar's test that two classifiers are wrong equally often on the same rows.
///
/// Only rows on which one is right and the other wrong tell anything.
///
/// Source: McNemar, 1947, doi:10.1007/BF02295996; Fagerland, Lydersen and Laake, 2013,
/// doi:10.1186/1471-2288-13-91 (mid-p).
public struct McNemarTest: Codable, Hashable, Sendable {
    /// The rows on which only the first classifier is right.
    public let onlyFirstRight: Int

    /// The rows on which only the second classifier is right.
    public let onlySecondRight: Int

    /// A test of two counts.
    ///
    /// - Throws: ``ModelError`` with code `invalidValue` for a negative count.
    public init(onlyFirstRight: Int, onlySecondRight: Int) throws(ModelError) {
        guard onlyFirstRight >= 0, onlySecondRight >= 0 else {
            throw ModelError(
                .invalidValue, "the counts \(onlyFirstRight) and \(onlySecondRight)")
        }
        self.onlyFirstRight = onlyFirstRight
        self.onlySecondRight = onlySecondRight
    }

    /// A test of the classes that two classifiers gave to the same rows.
    ///
    /// - Throws: ``ModelError`` with code `invalidLabels` where the counts differ.
    public init<Label: Equatable>(
        labels: [Label], first: [Label], second: [Label]
    ) throws(ModelError) {
        guard labels.count == first.count, labels.count == second.count else {
            throw ModelError(
                .invalidLabels,
                "\(first.count) and \(second.count) predictions for \(labels.count) labels")
        }
        var counts = (first: 0, second: 0)
        for (label, guess) in zip(labels, zip(first, second)) where guess.0 != guess.1 {
            if guess.0 == label { counts.first += 1 }
            if guess.1 == label { counts.second += 1 }
        }
        try self.init(onlyFirstRight: counts.first, onlySecondRight: counts.second)
    }

    private var total: Double { Double(onlyFirstRight + onlySecondRight) }
    private var smaller: Double { Double(min(onlyFirstRight, onlySecondRight)) }

    /// The exact p-value, twice the tail of a fair binomial; 1 where no row tells anything.
    public var exactPValue: Double { total > 0 ? min(1, 2 * tail(smaller)) : 1 }

    /// The exact p-value less half the probability of the counts themselves, which is closer to the
    /// nominal size.
    public var midPValue: Double {
        guard total > 0, onlyFirstRight != onlySecondRight else { return 1 }
        let own = tail(smaller) - (smaller > 0 ? tail(smaller - 1) : 0)
        return 2 * tail(smaller) - own
    }

    /// The chi-square test with one degree of freedom, for many rows.
    ///
    /// - Parameter continuityCorrection: whether the difference of the counts is lowered by 1.
    public func chiSquare(continuityCorrection: Bool = true) -> ChiSquareTest {
        let difference = abs(Double(onlyFirstRight - onlySecondRight))
        let gap = continuityCorrection ? max(0, difference - 1) : difference
        return ChiSquareTest(
            statistic: total > 0 ? gap * gap / total : 0, degreesOfFreedom: 1)
    }

    /// `P(X <= count)` of a binomial of ``total`` fair coins.
    private func tail(_ count: Double) -> Double {
        count >= total ? 1 : IncompleteBeta.lower(0.5, total - count, count + 1)
    }
}
