// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How strange a row looks under a class, from the class probabilities.
public enum ConformalScore: String, Codable, Hashable, Sendable, CaseIterable {
    /// `1 - p[class]`: the smallest sets on average; a set may be empty where nothing fits.
    case probability
    /// The sum of the probabilities of the classes that are as likely as this one or likelier:
    /// sets adapt to how hard a row is and are never empty.
    case cumulative

    /// The scores of every class of every row (rows x classes).
    func values(_ probabilities: Matrix<Double>) -> Matrix<Double> {
        switch self {
        case .probability: return probabilities.map { 1 - $0 }
        case .cumulative:
            var result = probabilities
            for row in 0..<probabilities.rowCount {
                for column in 0..<probabilities.columnCount {
                    let own = probabilities[row, column]
                    result[row, column] = (0..<probabilities.columnCount).reduce(0) {
                        let other = probabilities[row, $1]
                        return other >= own ? $0 + other : $0
                    }
                }
            }
            return result
        }
    }
}
