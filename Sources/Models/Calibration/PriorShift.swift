// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Bayes' correction of probabilities for other shares of the classes than those of the training
/// rows: `p'[k]` is proportional to `p[k] * to[k] / from[k]`.
///
/// It holds where rows of one class look alike in both populations: after resampling, after class
/// weights, and where the default rate has moved but defaulters have not. The order of rows by risk
/// stays as it is.
///
/// ```swift
/// // Fitted to one default for each good loan, used where 2 % default.
/// let shift = try PriorShift(from: [0.5, 0.5], to: [0.98, 0.02])
/// let model = try balanced.calibrated(by: shift)
/// ```
///
/// Source: Saerens, Latinne and Decaestecker, Neural Computation 14, 2002,
/// doi:10.1162/089976602753284446.
public struct PriorShift: Hashable, Sendable {
    /// The shares of the classes that the probabilities were made for.
    public let from: [Double]

    /// The shares of the classes where they are used.
    public let to: [Double]

    /// A correction from shares to shares, in the order of the classes.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` where the shares are not of the same two
    ///   or more classes, those of `from` not above 0, those of `to` negative, or either do not sum
    ///   to 1.
    public init(from: [Double], to: [Double]) throws(ModelError) {
        guard from.count == to.count, from.count >= 2, from.allSatisfy({ $0 > 0 }),
            to.allSatisfy({ $0 >= 0 }), abs(from.reduce(0, +) - 1) <= 1e-8,
            abs(to.reduce(0, +) - 1) <= 1e-8
        else {
            throw ModelError(
                .invalidRecipe, "class shares from \(from) to \(to), not two lists that sum to 1")
        }
        self.from = from
        self.to = to
    }

    /// The corrected probabilities (rows x classes); each row sums to 1.
    ///
    /// - Precondition: there is a column for each class.
    public func classProbabilities(_ probabilities: Matrix<Double>) -> Matrix<Double> {
        precondition(
            probabilities.columnCount == from.count,
            "\(probabilities.columnCount) columns for \(from.count) classes")
        var result = probabilities
        for row in 0..<probabilities.rowCount {
            var sum = 0.0
            for column in from.indices {
                result[row, column] *= to[column] / from[column]
                sum += result[row, column]
            }
            // A row that only classes without a share can explain keeps the shares themselves.
            for column in from.indices {
                result[row, column] = sum > 0 ? result[row, column] / sum : to[column]
            }
        }
        return result
    }

    /// The corrected probability of the positive one of two classes.
    ///
    /// - Precondition: there are two classes.
    public func probabilities(_ probabilities: [Double]) -> [Double] {
        precondition(from.count == 2, "\(from.count) classes, not two")
        let factors = (to[0] / from[0], to[1] / from[1])
        return probabilities.map { probability in
            let positive = probability * factors.1
            let sum = positive + (1 - probability) * factors.0
            return sum > 0 ? positive / sum : to[1]
        }
    }

    /// The correction to shares that are estimated from the probabilities of rows without labels,
    /// by expectation maximisation.
    ///
    /// - Parameters:
    ///   - from: the shares of the classes that the probabilities were made for.
    ///   - probabilities: those of the new rows (rows x classes); calibrated, else the estimate is
    ///     biased.
    ///   - tolerance: the largest change of a share in the last step.
    ///   - iterationLimit: the largest number of steps.
    /// - Throws: ``ModelError`` with code `empty`, `wrongWidth`, `nonFinite`, `invalidValue` or
    ///   `invalidRecipe`, and `notConverged` at the limit.
    /// - Complexity: O(rows * classes) per step.
    public static func estimated(
        from: [Double], probabilities: Matrix<Double>, tolerance: Double = 1e-10,
        iterationLimit: Int = 10_000
    ) throws(ModelError) -> PriorShift {
        var shift = try PriorShift(from: from, to: from)
        guard probabilities.rowCount > 0 else { throw ModelError(.empty, "there are no rows") }
        guard probabilities.columnCount == from.count else {
            throw ModelError(
                .wrongWidth, "\(probabilities.columnCount) columns for \(from.count) classes")
        }
        try checkUnitInterval(probabilities)
        let count = Double(probabilities.rowCount)
        for iteration in 0..<iterationLimit {
            try checkCancellation("the estimate of class shares, step \(iteration)")
            let means = shift.classProbabilities(probabilities).sum(.alongColumns).elements
            let total = means.reduce(0, +)
            let next = means.map { $0 / total }
            let change = zip(next, shift.to).map { abs($0 - $1) }.max() ?? 0
            shift = try PriorShift(from: from, to: next)
            if change <= tolerance { return shift }
        }
        throw ModelError(
            .notConverged,
            "class shares \(shift.to) of \(count) rows still change after \(iterationLimit) steps")
    }
}

/// Refuses values outside 0...1, naming row and column.
func checkUnitInterval(_ probabilities: Matrix<Double>) throws(ModelError) {
    guard let index = probabilities.elements.firstIndex(where: { !(0...1).contains($0) }) else {
        return
    }
    let (row, column) = index.quotientAndRemainder(dividingBy: probabilities.columnCount)
    throw ModelError(
        probabilities.elements[index].isFinite ? .invalidValue : .nonFinite,
        "row \(row), column \(column) is the probability \(probabilities.elements[index])")
}

/// Refuses probabilities, labels and weights that do not belong together.
func checkProbabilities(
    _ probabilities: Matrix<Double>, _ labels: ClassLabels, _ weights: [Double]?
) throws(ModelError) {
    guard probabilities.rowCount > 0 else { throw ModelError(.empty, "there are no rows") }
    guard probabilities.columnCount == labels.classes.count else {
        throw ModelError(
            .wrongWidth,
            "\(probabilities.columnCount) columns for \(labels.classes.count) classes")
    }
    guard labels.count == probabilities.rowCount else {
        throw ModelError(
            .invalidLabels, "\(labels.count) labels for \(probabilities.rowCount) rows")
    }
    try ClassificationData.check(weights, rows: labels.count)
    try checkUnitInterval(probabilities)
}
