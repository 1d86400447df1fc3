// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Features measured from their weighted means in units of their standard deviations.
struct StandardisedColumns {
    let centre: Vector<Double>
    /// The standard deviations; 1 for a constant feature.
    let scales: Vector<Double>
    private let design: LogisticDesign
    private let weights: Vector<Double>

    init(_ features: LogisticRows.Features, weights: Vector<Double>) {
        let total = weights.sum()
        let columns =
            switch features {
            case .dense(let features):
                LogisticDesign(features, weights: weights, hasIntercept: true)
            case .sparse(let features):
                LogisticDesign(features, weights: weights, hasIntercept: true)
            }
        centre = columns.centre
        let squares = columns.squares(
            weights: weights, total: total, mean: .zeros(columns.columnCount))
        // What centring leaves of a constant is rounding error.
        scales = Vector(
            zip(squares, centre.elements).map { square, mean in
                let deviation = (square / total).squareRoot()
                return deviation > 1e-12 * abs(mean) ? deviation : 1
            })
        design = columns.divided(by: scales)
        self.weights = weights
    }

    /// The products with the coefficients of every class (classes x features), as (rows x classes).
    func products(_ coefficients: Matrix<Double>) -> Matrix<Double> {
        switch design {
        case .dense(let columns, _): return columns.matmul(coefficients.transposed)
        case .sparse(let columns, let centre):
            return columns.matmul(coefficients.transposed.materialized())
                .subtractingFromRows(coefficients.matmul(centre))
        }
    }

    /// The sums of the features times each column of `rows`, as (columns x features).
    func sums(_ rows: Matrix<Double>) -> Matrix<Double> {
        switch design {
        case .dense(let columns, _): return rows.transposed.matmul(columns)
        case .sparse(let columns, let centre):
            let products = columns.transposed.matmul(rows).transposed.materialized()
            return products - rows.sum(.alongColumns).outer(centre)
        }
    }

    /// `sum of v x xᵀ`, of weights that are all 0 or more, or all 0 or less.
    func gram(weights: Vector<Double>) -> Matrix<Double> {
        switch design {
        case .dense(let columns, _): return columns.gram(weights: weights)
        case .sparse:
            let total = weights.sum()
            guard total != 0 else { return .zeros(scales.count, scales.count) }
            let sign: Double = total < 0 ? -1 : 1
            let mean = design.transposedProduct(weights) / total
            let gram = design.gram(weights: weights * sign, total: total * sign, mean: mean)
            return gram * sign + mean.outer(mean) * total
        }
    }

    /// Refuses features that are constant or linear in others.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient`.
    func requireFullRank(_ names: [String]) throws(ModelError) {
        let curvature = LogisticCurvature(
            gram: gram(weights: weights), total: weights.sum(), mean: .zeros(centre.count),
            centre: centre / scales)
        let dependent = curvature.dependentFeatures().map { names[$0] }
        guard dependent.isEmpty else {
            throw ModelError(
                .rankDeficient,
                "\(dependent.count) of \(names.count) features are constant or linear in others: "
                    + dependent.prefix(8).joined(separator: ", "))
        }
    }
}
