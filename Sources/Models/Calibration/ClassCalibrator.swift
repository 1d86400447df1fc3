// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted map of the probabilities of two and more classes.
public enum ClassCalibrator: Hashable, Sendable {
    /// A map of the second one of two classes; the first has the rest.
    case positive(CalibrationMap)
    /// A map of each class against all others; the results are divided by their sum.
    case oneAgainstRest([CalibrationMap])
    /// One temperature for all classes.
    case temperature(TemperatureScaling)
    /// Other shares of the classes.
    case priorShift(PriorShift)

    /// The calibrated probabilities (rows x classes); each row sums to 1.
    ///
    /// A row whose maps all give 0 gets equal probabilities.
    ///
    /// - Precondition: there is a column for each class that the maps are for.
    public func classProbabilities(_ probabilities: Matrix<Double>) -> Matrix<Double> {
        switch self {
        case .positive(let map):
            precondition(
                probabilities.columnCount == 2, "\(probabilities.columnCount) columns, not 2")
            let positive = map.probabilities(probabilities.column(1).elements)
            return Matrix(columns: [positive.map { 1 - $0 }, positive])
        case .oneAgainstRest(let maps):
            precondition(
                probabilities.columnCount == maps.count,
                "\(probabilities.columnCount) columns for \(maps.count) classes")
            let columns = maps.indices.map { index in
                maps[index].probabilities(probabilities.column(index).elements)
            }
            return normalised(Matrix(columns: columns))
        case .temperature(let map): return map.classProbabilities(probabilities)
        case .priorShift(let map): return map.classProbabilities(probabilities)
        }
    }

    /// Whether probabilities of `count` classes can be mapped.
    func takes(classCount count: Int) -> Bool {
        switch self {
        case .positive: count == 2
        case .oneAgainstRest(let maps): maps.count == count
        case .temperature: true
        case .priorShift(let shift): shift.from.count == count
        }
    }
}

/// Rows divided by their sums; a row of zeros becomes one of equal shares.
func normalised(_ probabilities: Matrix<Double>) -> Matrix<Double> {
    var result = probabilities
    let count = probabilities.columnCount
    for row in 0..<probabilities.rowCount {
        let sum = (0..<count).reduce(0) { $0 + probabilities[row, $1] }
        for column in 0..<count {
            result[row, column] =
                sum > 0 ? probabilities[row, column] / sum : 1 / Double(count)
        }
    }
    return result
}

extension CalibrationMethod {
    /// The best map of class probabilities of rows that were not fitted to.
    ///
    /// - Parameters:
    ///   - classProbabilities: each within 0...1 (rows x classes).
    ///   - labels: the class of every row.
    ///   - weights: one per row; 2 means the row twice.
    /// - Throws: ``ModelError`` with the codes of ``fit(probabilities:labels:weights:)`` and
    ///   `wrongWidth`; every class must have a row.
    public func fit(
        classProbabilities: Matrix<Double>, labels: ClassLabels, weights: [Double]? = nil
    ) throws(ModelError) -> ClassCalibrator {
        try checkProbabilities(classProbabilities, labels, weights)
        if labels.classes.count == 2 {
            return .positive(
                try fit(
                    probabilities: classProbabilities.column(1).elements,
                    labels: labels.isPositive, weights: weights))
        }
        if self == .temperature {
            return .temperature(
                try TemperatureScaling(
                    classProbabilities: classProbabilities, labels: labels, weights: weights))
        }
        var maps: [CalibrationMap] = []
        for (code, name) in labels.classes.enumerated() {
            do {
                maps.append(
                    try fit(
                        probabilities: classProbabilities.column(code).elements,
                        labels: labels.codes.map { $0 == code }, weights: weights))
            } catch {
                throw ModelError(
                    error.code, "class \(name) against the rest: \(error.message)",
                    underlying: error.underlying)
            }
        }
        return .oneAgainstRest(maps)
    }
}
