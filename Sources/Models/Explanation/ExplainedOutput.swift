// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The number of a model that is explained.
public enum ExplainedOutput: String, Codable, Hashable, Sendable, CaseIterable {
    /// The probability of the positive class, within 0...1.
    case probability
    /// Its log-odds, `log(p / (1 - p))`, in which linear models are sums.
    case logOdds

    /// The explained numbers of `probabilities`.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite` for the log-odds of 0 and 1.
    func values(of probabilities: [Double]) throws(ModelError) -> [Double] {
        guard self == .logOdds else { return probabilities }
        if let row = probabilities.firstIndex(where: { !($0 > 0 && $0 < 1) }) {
            throw ModelError(
                .nonFinite,
                "row \(row) has the probability \(probabilities[row]), whose log-odds are infinite")
        }
        let odds = Vector(probabilities) / (1 - Vector(probabilities))
        return odds.log().elements
    }
}
