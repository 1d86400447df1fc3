// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The explicit columns of a logistic problem: the ones of the intercept, where there is one, and
/// the features in units of their standard deviation.
struct StandardisedDesign {
    let matrix: Matrix<Double>
    /// The standard deviations; 1 for a constant feature.
    let scales: Vector<Double>
    let hasIntercept: Bool

    /// - Parameter isCentred: whether the features are measured from their means, so that the
    ///   first coefficient is the log-odds there.
    init(_ problem: LogisticProblem, isCentred: Bool) {
        let design = problem.design
        let zero = Vector<Double>.zeros(design.columnCount)
        let squares = design.squares(
            weights: problem.weights, total: problem.totalWeight, mean: zero)
        scales = Vector(
            squares.map { $0 > 0 ? ($0 / problem.totalWeight).squareRoot() : 1 })
        hasIntercept = problem.hasIntercept
        var columns = design.columns()
        if !isCentred { columns.addToRows(design.centre) }
        columns.divideRows(by: scales)
        matrix =
            hasIntercept
            ? .concatenated([.ones(columns.rowCount, 1), columns], axis: 1) : columns
    }

    /// The features' coefficients per unit, from all coefficients of the design.
    func coefficients(perUnit standardised: Vector<Double>) -> Vector<Double> {
        Vector(Array(standardised.elements.dropFirst(hasIntercept ? 1 : 0))) / scales
    }
}
