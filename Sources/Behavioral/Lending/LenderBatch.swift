// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Many lenders, each with preferences of their own, whose best shares are found at once.
///
/// Values are powers and weights Tversky and Kahneman's. Vector instructions work on sixteen
/// lenders at a time, and threads share the lenders; each result has the same bits alone, in any
/// batch, and for any number of threads.
///
/// ```swift
/// let batch = try LenderBatch(
///     gainExponents: tau, lossExponents: chi, lossAversions: lambda, gainGammas: gamma,
///     lossGammas: delta, references: references)
/// let best = try batch.bestShares(
///     defaultProbabilities: probabilities, rates: rates, severities: [1, 0.5, 0.1],
///     severityProbabilities: [0.2, 0.5, 0.3], riskFreeReturn: 0.02)
/// best.shares[0]      // of the first lender's wealth
/// ```
public struct LenderBatch: Hashable, Sendable {
    /// The number of lenders.
    public let count: Int

    /// Six columns of `count`: exponents, loss aversions, gammas, references.
    private let columns: [Double]

    /// The best share of each lender, and what it is worth.
    public struct Shares: Hashable, Sendable {
        /// The share of wealth to lend, in `0...cap`.
        public let shares: [Double]

        /// V at the share.
        public let values: [Double]
    }

    /// Describes lenders by columns, one element per lender.
    ///
    /// - Parameters:
    ///   - gainExponents: Exponents of gains, positive.
    ///   - lossExponents: Exponents of losses, positive.
    ///   - lossAversions: Loss aversions lambda, positive.
    ///   - gainGammas: Tversky and Kahneman's gamma for gains, at least 0.2792043.
    ///   - lossGammas: The same for losses.
    ///   - references: The returns on wealth that are neither gain nor loss.
    /// - Throws: ``BehavioralError`` for no lender, for different counts, and for a parameter
    ///   outside its range, with its position.
    public init(
        gainExponents: [Double], lossExponents: [Double], lossAversions: [Double],
        gainGammas: [Double], lossGammas: [Double], references: [Double]
    ) throws(BehavioralError) {
        count = gainExponents.count
        guard count > 0 else { throw BehavioralError(.empty, "no lenders") }
        var columns: [Double] = []
        columns.reserveCapacity(6 * count)
        let largest = Double.greatestFiniteMagnitude
        for (name, values, range) in [
            ("gain exponent", gainExponents, Double.leastNonzeroMagnitude...largest),
            ("loss exponent", lossExponents, Double.leastNonzeroMagnitude...largest),
            ("loss aversion", lossAversions, Double.leastNonzeroMagnitude...largest),
            ("gain gamma", gainGammas, WeightingFunction.smallestGamma...largest),
            ("loss gamma", lossGammas, WeightingFunction.smallestGamma...largest),
            ("reference", references, -largest...largest),
        ] {
            try Self.check(name, values, count: count, in: range)
            columns += values
        }
        self.columns = columns
    }

    /// The best share of wealth that each lender puts into a loan, the rest earning the risk-free
    /// return.
    ///
    /// Each lender has a loan of its own; what a default costs has the same distribution for all.
    /// The search is that of ``CumulativeProspectTheory/bestShare(of:cap:riskFreeReturn:)``.
    /// - Parameters:
    ///   - defaultProbabilities: Each loan's probability of default, in `0...1`.
    ///   - rates: Each loan's return if it is repaid, at least 0.
    ///   - severities: What may be lost of one unit in a default, in
    ///     `0...1`, in any order; 1 to 63.
    ///   - severityProbabilities: Their probabilities, in `0...1` with a sum of 1.
    ///   - riskFreeReturn: The return of what is not lent.
    ///   - cap: The greatest share, at least 0.
    ///   - threads: The most threads to use; nil for the limit of the process.
    /// - Throws: ``BehavioralError`` for different counts and for a number outside its range, with
    ///   its position.
    /// - Complexity: O(n k) for n lenders and k severities.
    public func bestShares(
        defaultProbabilities: [Double], rates: [Double], severities: [Double],
        severityProbabilities: [Double], riskFreeReturn: Double = 0, cap: Double = 1,
        threads: Int? = nil
    ) throws(BehavioralError) -> Shares {
        try Self.check("default probability", defaultProbabilities, count: count, in: 0...1)
        try Self.check("rate", rates, count: count, in: 0 ... .greatestFiniteMagnitude)
        try Self.check("severity", severities, count: severities.count, in: 0...1)
        guard (1..<Int(CREDIT_MOST_OUTCOMES)).contains(severities.count) else {
            throw BehavioralError(
                .invalidParameter,
                "\(severities.count) severities, not 1 to \(CREDIT_MOST_OUTCOMES - 1)")
        }
        try Validation.finite("risk-free return", riskFreeReturn)
        try Validation.notNegative("cap", cap)
        if let threads, threads < 1 {
            throw BehavioralError(.invalidParameter, "\(threads) threads")
        }
        try Validation.count(
            "severities", severities.count, "severity probabilities",
            severityProbabilities.count)
        // Joined and sorted as any prospect.
        let severity = try Prospect(
            outcomes: severities.map { -$0 }, probabilities: severityProbabilities)
        let loans = defaultProbabilities + rates
        var values = [Double](repeating: 0, count: count)
        let shares = [Double](unsafeUninitializedCapacity: count) { shares, initialized in
            values.withUnsafeMutableBufferPointer { values in
                credit_best_shares_f64(
                    count, columns, loans, severity.outcomes.count,
                    severity.outcomes.map { -$0 }, severity.probabilities, riskFreeReturn, cap,
                    Int32(clamping: threads ?? Int(credit_thread_limit())),
                    shares.baseAddress, values.baseAddress)
            }
            initialized = count
        }
        return Shares(shares: shares, values: values)
    }

    private static func check(
        _ name: String, _ values: [Double], count: Int, in range: ClosedRange<Double>
    ) throws(BehavioralError) {
        try Validation.count("lenders", count, "values of \(name)", values.count)
        guard let index = values.firstIndex(where: { !range.contains($0) }) else { return }
        throw BehavioralError(
            .invalidParameter,
            "\(name) \(values[index]) at \(index) is not in "
                + "\(range.lowerBound)...\(range.upperBound)")
    }
}
