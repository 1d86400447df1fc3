// SPDX-License-Identifier: Apache-2.0

public import Behavioral
import Foundation

/// A value of xi that paper 004 prints, and what its own formula gives.
public struct PrintedValue: Hashable, Sendable {
    /// Whether the printed value follows from the formula.
    public enum Verdict: String, Hashable, Sendable {
        /// The formula's value rounds to what is printed.
        case right
        /// The formula's value, cut off instead of rounded, is what is printed.
        case cut = "cut, not rounded"
        /// It does not follow.
        case wrong
    }

    /// The performance measure of the borrower.
    public let omega: Double
    /// The exponent of gains.
    public let tau: Double
    /// The exponent of losses.
    public let chi: Double
    /// The text of the paper.
    public let printed: String

    /// `(tau Omega / chi)^(1 / (chi - tau))`.
    ///
    /// - Throws: `BehavioralError` for parameters out of range.
    public func recomputed() throws(BehavioralError) -> Double {
        let objective = try InvestmentObjective(
            omega: omega, gainExponent: tau, lossExponent: chi)
        return objective.interiorOptimum ?? .nan
    }

    /// Compares the two at the digits that are printed.
    ///
    /// - Throws: As ``recomputed()``.
    public func verdict() throws(BehavioralError) -> Verdict {
        let decimals = printed.split(separator: ".").last.map(\.count) ?? 0
        let scale = pow(10.0, Double(decimals))
        let (value, text) = (try recomputed() * scale, (Double(printed) ?? .nan) * scale)
        if value.rounded() == text.rounded() { return .right }
        return value.rounded(.down) == text.rounded() ? .cut : .wrong
    }
}

extension PrintedValue {
    /// Table I: chi 0.8, row by row of Omega.
    public static let tableI = zip(
        [0.2, 0.7, 1],
        [["0.004", "0.0005", "0.0036"], ["0.018", "0.03", "0.05"], ["0.04", "0.072", "0.1"]]
    ).flatMap { omega, row in
        zip([0.1, 0.4, 0.7], row).map {
            PrintedValue(omega: omega, tau: $0, chi: 0.8, printed: $1)
        }
    }

    /// Table II: tau 0.3, row by row of Omega.
    public static let tableII = zip(
        [0.2, 0.7, 1],
        [["0.00001", "0.005", "0.018"], ["0.016", "0.06", "0.1"], ["0.05", "0.12", "0.18"]]
    ).flatMap { omega, row in
        zip([0.5, 0.8, 1], row).map {
            PrintedValue(omega: omega, tau: 0.3, chi: $0, printed: $1)
        }
    }

    /// The values in the text of section VI, of Figures 6 to 8.
    public static let text = zip([0.2, 0.7, 1], ["0.0041", "0.094", "0.23"]).map {
        PrintedValue(omega: $0, tau: 0.5, chi: 0.9, printed: $1)
    }
}
