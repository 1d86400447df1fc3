// SPDX-License-Identifier: Apache-2.0

/// A threshold on probabilities of the positive class.
public struct DecisionThreshold: Hashable, Sendable {
    /// The probability from which on a row is taken for positive; 0 for all rows, above 1 for none.
    public let value: Double

    /// A given threshold.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` for NaN and values below 0.
    public init(_ value: Double) throws(ModelError) {
        guard value >= 0, value <= 1.0.nextUp else {
            throw ModelError(.invalidRecipe, "the threshold \(value), not within 0...1")
        }
        self.value = value
    }

    init(checked value: Double) { self.value = value }

    /// Whether each row is taken for positive.
    public func decisions(_ probabilities: [Double]) -> [Bool] {
        probabilities.map { $0 >= value }
    }
}
