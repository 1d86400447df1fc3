// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import RealModule

/// The population stability index: how far a distribution has moved from a reference.
///
/// `PSI = sum over bins of (a - e) log(a / e)` with the shares a of the current rows and e of the
/// reference, a symmetrised Kullback-Leibler divergence. Applied to a variable in place of a score
/// it is called the characteristic stability index.
///
/// The rule of thumb (0.1 and 0.25) knows neither the number of rows nor that of bins. If nothing
/// has moved, `PSI / (1/n + 1/m)` is chi-square with one degree fewer than bins for n and m rows,
/// which gives ``pValue`` and ``criticalValue(level:)``. B. Yurdakul, *Statistical Properties of
/// Population Stability Index* (2018), https://scholarworks.wmich.edu/dissertations/3208.
public struct StabilityIndex: Hashable, Codable, Sendable {
    /// What becomes of a bin that holds rows on one side only, where the logarithm is infinite.
    public enum EmptyBinRule: Hashable, Codable, Sendable {
        /// Shares are raised to at least this, a number in `0...0.1` other than 0.
        case floor(Double)
        /// This weight is added to every bin on both sides, a positive number; 0.5 is Jeffreys'.
        case pseudoCount(Double)
    }

    /// The verdict of the rule of thumb.
    public enum Verdict: String, Hashable, Codable, Sendable {
        /// Below 0.1.
        case stable
        /// From 0.1 to 0.25.
        case moving
        /// From 0.25 on.
        case moved
    }

    /// One bin on both sides.
    public struct Bin: Hashable, Codable, Sendable {
        /// What the bin holds: a category, or a stretch of numbers.
        public let name: String
        /// The share of the reference rows, as counted.
        public let referenceShare: Double
        /// The share of the current rows, as counted.
        public let currentShare: Double
        /// What the bin adds to the index, by the rule for empty bins.
        public let contribution: Double
    }

    /// The bins.
    public let bins: [Bin]
    /// The index, at least 0 and always finite.
    public let value: Double
    /// The weight of the reference rows.
    public let referenceWeight: Double
    /// The weight of the current rows.
    public let currentWeight: Double

    /// The index of two lists of weights, bin by bin.
    ///
    /// - Parameters:
    ///   - reference: The weight of the reference rows in each bin.
    ///   - current: The weight of the current rows in each bin.
    ///   - names: What the bins hold; by default their numbers.
    ///   - emptyBins: The rule for bins with rows on one side only. Bins without any rows count
    ///     nothing.
    /// - Throws: ``MetricsError`` for different lengths, fewer than two bins, a weight that is
    ///   neither 0 nor in 1e-100...1e100, a side without weight, and an invalid rule.
    /// - Complexity: O(bins).
    public init(
        reference: [Double], current: [Double], names: [String]? = nil,
        emptyBins: EmptyBinRule = .floor(1e-4)
    ) throws(MetricsError) {
        try Validation.sameCount(
            "reference bins", reference.count, "current bins", current.count)
        try Validation.sameCount(
            "bins", reference.count, "names", names?.count ?? reference.count)
        guard reference.count >= 2 else {
            throw MetricsError(.tooFewRows, "\(reference.count) bins: at least 2 are needed")
        }
        try Validation.weights(reference)
        try Validation.weights(current)
        try Self.validate(emptyBins)
        let n = reference.reduce(0, +)
        let m = current.reduce(0, +)
        let filled = reference.indices.filter { reference[$0] + current[$0] > 0 }.count
        var bins: [Bin] = []
        var sum = CompensatedSum()
        for bin in reference.indices {
            var (e, a) = (reference[bin] / n, current[bin] / m)
            let (counted, countedNow) = (e, a)
            switch emptyBins {
            case .floor(let least): (e, a) = (max(e, least), max(a, least))
            case .pseudoCount(let extra):
                e = (reference[bin] + extra) / (n + extra * Double(filled))
                a = (current[bin] + extra) / (m + extra * Double(filled))
            }
            let isEmpty = reference[bin] + current[bin] == 0
            let contribution = isEmpty || a == e ? 0 : (a - e) * Double.log(a / e)
            sum += contribution
            bins.append(
                Bin(
                    name: names?[bin] ?? "\(bin + 1)", referenceShare: counted,
                    currentShare: countedNow, contribution: contribution))
        }
        self.bins = bins
        value = sum.value
        referenceWeight = n
        currentWeight = m
    }

    private static func validate(_ rule: EmptyBinRule) throws(MetricsError) {
        switch rule {
        case .floor(let least):
            guard least > 0, least <= 0.1 else {
                throw MetricsError(.invalidParameter, "least share \(least) is not in 0...0.1")
            }
        case .pseudoCount(let extra):
            guard extra > 0, extra <= 1e6 else {
                throw MetricsError(.invalidParameter, "pseudo-count \(extra) is not in 0...1e6")
            }
        }
    }

    /// The verdict of the rule of thumb.
    public var verdict: Verdict {
        value < 0.1 ? .stable : value < 0.25 ? .moving : .moved
    }

    private var degreesOfFreedom: Double {
        Double(bins.filter { $0.referenceShare + $0.currentShare > 0 }.count - 1)
    }

    /// The probability of such an index when nothing has moved; needs some five rows in every bin.
    ///
    /// 1 when all rows of both sides lie in one bin.
    public var pValue: Double {
        guard degreesOfFreedom > 0 else { return 1 }
        return ChiSquareDistribution.survival(
            value / (1 / referenceWeight + 1 / currentWeight), degreesOfFreedom: degreesOfFreedom)
    }

    /// The index that chance exceeds with probability `1 - level` when nothing has moved.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func criticalValue(level: Double = 0.95) throws(MetricsError) -> Double {
        try Validation.level(level)
        guard degreesOfFreedom > 0 else { return 0 }
        return (1 / referenceWeight + 1 / currentWeight)
            * ChiSquareDistribution.quantile(level, degreesOfFreedom: degreesOfFreedom)
    }
}
