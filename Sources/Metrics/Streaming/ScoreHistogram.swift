// SPDX-License-Identifier: Apache-2.0

/// Scores counted in bins, row by row, that merge: ranking measures and drift without the rows.
///
/// What is lost is the order within bins; ``aucBounds()`` says exactly how much that may matter.
/// More bins make it less: with 1000 the bounds are usually some 0.001 apart.
public struct ScoreHistogram: Hashable, Codable, Sendable {
    /// The ascending finite cuts; a bin holds its lower cut, and the outer bins are open.
    public let cuts: [Double]
    /// The weight of the positives in each bin, one more than cuts.
    public private(set) var positives: [Double]
    /// The weight of the negatives in each bin.
    public private(set) var negatives: [Double]

    /// A histogram without rows.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the cuts are finite and
    ///   ascending and there is one at least.
    public init(cuts: [Double]) throws(MetricsError) {
        guard !cuts.isEmpty, cuts.allSatisfy(\.isFinite), zip(cuts, cuts.dropFirst()).allSatisfy(<)
        else {
            throw MetricsError(
                .invalidParameter, "\(cuts.count) cuts are no ascending finite numbers")
        }
        self.cuts = cuts
        positives = [Double](repeating: 0, count: cuts.count + 1)
        negatives = positives
    }

    /// A histogram of probabilities in bins of equal width.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless there are 2 to 1,000,000 bins.
    public init(probabilityBins count: Int) throws(MetricsError) {
        guard (2...1_000_000).contains(count) else {
            throw MetricsError(.invalidParameter, "\(count) bins: not in 2...1000000")
        }
        try self.init(cuts: (1..<count).map { Double($0) / Double(count) })
    }

    mutating func restore(positives: [Double], negatives: [Double]) {
        self.positives = positives
        self.negatives = negatives
    }

    /// The bin of a score, 0 to the number of cuts.
    private func bin(_ score: Double) -> Int {
        var lower = 0
        var upper = cuts.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if cuts[middle] <= score { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }

    /// Adds a row.
    ///
    /// - Throws: ``MetricsError`` for a score that is not finite and an invalid weight; nothing is
    ///   added then.
    /// - Complexity: O(log bins).
    public mutating func add(
        label: Bool, score: Double, weight: Double = 1
    ) throws(MetricsError) {
        guard score.isFinite else {
            throw MetricsError(.invalidScore, "score \(score) is not finite")
        }
        guard weight == 0 || (weight >= 1e-100 && weight <= 1e100) else {
            throw MetricsError(
                .invalidWeight, "weight \(weight) is neither 0 nor in 1e-100...1e100")
        }
        if label { positives[bin(score)] += weight } else { negatives[bin(score)] += weight }
    }

    /// Takes in the rows of another histogram.
    ///
    /// - Throws: ``MetricsError`` of code `countMismatch` for other cuts.
    public mutating func merge(_ other: ScoreHistogram) throws(MetricsError) {
        guard cuts == other.cuts else {
            throw MetricsError(
                .countMismatch,
                "histograms of \(cuts.count) and \(other.cuts.count) cuts that are not the same")
        }
        for bin in positives.indices {
            positives[bin] += other.positives[bin]
            negatives[bin] += other.negatives[bin]
        }
    }

    /// The area under the ROC curve as if the rows of a bin were tied.
    ///
    /// - Throws: ``MetricsError`` of code `oneClass` unless there are rows of both classes.
    public func auc() throws(MetricsError) -> Double {
        let bounds = try aucBounds()
        return (bounds.lowerBound + bounds.upperBound) / 2
    }

    /// What the area can be at least and at most, whatever the order within the bins.
    ///
    /// - Throws: ``MetricsError`` of code `oneClass` unless there are rows of both classes.
    public func aucBounds() throws(MetricsError) -> ClosedRange<Double> {
        let (m, n) = try totals()
        var least = CompensatedSum()
        var open = CompensatedSum()
        var negativesBelow = 0.0
        for bin in positives.indices {
            least += positives[bin] * negativesBelow
            open += positives[bin] * negatives[bin]
            negativesBelow += negatives[bin]
        }
        let lower = min(least.value / (m * n), 1)
        return lower...max(lower, min((least.value + open.value) / (m * n), 1))
    }

    /// The greatest distance of the two classes at a cut, at most the KS of the rows.
    ///
    /// - Throws: ``MetricsError`` of code `oneClass` unless there are rows of both classes.
    public func kolmogorovSmirnov() throws(MetricsError) -> Double {
        let (m, n) = try totals()
        var (found, mistaken, greatest) = (0.0, 0.0, 0.0)
        for bin in positives.indices {
            found += positives[bin]
            mistaken += negatives[bin]
            greatest = max(greatest, abs(found / m - mistaken / n))
        }
        return greatest
    }

    /// The stability index of another histogram with this one as the reference.
    ///
    /// - Throws: ``MetricsError`` of code `countMismatch` for other cuts, and as
    ///   ``StabilityIndex/init(reference:current:names:emptyBins:)``.
    public func stability(
        of current: ScoreHistogram, emptyBins: StabilityIndex.EmptyBinRule = .floor(1e-4)
    ) throws(MetricsError) -> StabilityIndex {
        guard cuts == current.cuts else {
            throw MetricsError(
                .countMismatch,
                "histograms of \(cuts.count) and \(current.cuts.count) cuts that are not the same")
        }
        return try StabilityIndex(
            reference: zip(positives, negatives).map(+),
            current: zip(current.positives, current.negatives).map(+), emptyBins: emptyBins)
    }

    private func totals() throws(MetricsError) -> (positives: Double, negatives: Double) {
        let (m, n) = (positives.reduce(0, +), negatives.reduce(0, +))
        guard m > 0, n > 0 else {
            throw MetricsError(.oneClass, "\(m) positives and \(n) negatives")
        }
        return (m, n)
    }
}
