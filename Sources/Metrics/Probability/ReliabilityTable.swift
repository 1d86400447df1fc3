// SPDX-License-Identifier: Apache-2.0

/// Predicted probabilities against observed rates, bin by bin: the table of a calibration chart.
///
/// ```swift
/// let table = try ReliabilityTable(labels: defaulted, probabilities: risk, bins: .equalCount(10))
/// for bin in table.bins { plot(x: bin.meanProbability, y: bin.observedRate) }
/// ```
public struct ReliabilityTable: Hashable, Codable, Sendable {
    /// How the probabilities are cut into bins.
    public enum Binning: Hashable, Codable, Sendable {
        /// This many bins of the same width over `0...1`; each holds its lower edge, the last one
        /// also 1.
        case equalWidth(Int)
        /// This many bins of nearly the same weight; rows of equal probability stay together, so
        /// ties may leave fewer bins.
        case equalCount(Int)
    }

    /// The rows whose probabilities fall in one bin.
    public struct Bin: Hashable, Codable, Sendable {
        /// The lower edge: the cut, or for equal counts the smallest probability in the bin.
        public let lowerBound: Double
        /// The upper edge: the cut, or for equal counts the greatest probability in the bin.
        public let upperBound: Double
        /// The number of rows with positive weight, at least 1.
        public let rowCount: Int
        /// The sum of the rows' weights.
        public let weight: Double
        /// The mean predicted probability, in `0...1`.
        public let meanProbability: Double
        /// The share of positives, in `0...1`.
        public let observedRate: Double
    }

    /// The bins that hold rows, by ascending probability; empty ones are left out.
    public let bins: [Bin]

    /// Bins the rows.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - binning: How the probabilities are cut; 1 to 1,000,000 bins.
    /// - Throws: ``MetricsError`` for different lengths, no rows, a probability outside `0...1`, an
    ///   invalid weight and an invalid number of bins.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil,
        bins binning: Binning = .equalWidth(10)
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        // Grouping equal probabilities first makes the table independent of the row order.
        let groups = try RankedOutcomes(labels: labels, scores: probabilities, weights: weights)
        bins = try Self.bins(of: groups, binning)
    }

    /// The expected calibration error: the mean of `|observed - predicted|`, weighted by the bins.
    ///
    /// In `0...1`. It depends on the binning and falls short of the true error within wide bins.
    public var expectedCalibrationError: Double {
        var total = CompensatedSum()
        var weight = CompensatedSum()
        for bin in bins {
            total += bin.weight * abs(bin.observedRate - bin.meanProbability)
            weight += bin.weight
        }
        return total.value / weight.value
    }

    /// The greatest `|observed - predicted|` of any bin, in `0...1`.
    public var maximumCalibrationError: Double {
        bins.reduce(0) { max($0, abs($1.observedRate - $1.meanProbability)) }
    }
}
