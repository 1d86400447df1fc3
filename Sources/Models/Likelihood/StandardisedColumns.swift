// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Features measured from their weighted means in units of their standard deviations.
struct StandardisedColumns {
    let matrix: Matrix<Double>
    let centre: Vector<Double>
    /// The standard deviations; 1 for a constant feature.
    let scales: Vector<Double>
    private let weights: Vector<Double>

    init(_ features: Matrix<Double>, weights: Vector<Double>) {
        let total = weights.sum()
        centre = features.transposed.matmul(weights) / total
        var columns = features.subtractingFromRows(centre)
        let squares = (columns * columns).transposed.matmul(weights) / total
        // What centring leaves of a constant is rounding error.
        scales = Vector(
            zip(squares.elements, centre.elements).map { square, mean in
                let deviation = square.squareRoot()
                return deviation > 1e-12 * abs(mean) ? deviation : 1
            })
        columns.divideRows(by: scales)
        matrix = columns
        self.weights = weights
    }

    /// Refuses features that are constant or linear in others.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient`.
    func requireFullRank(_ names: [String]) throws(ModelError) {
        let curvature = LogisticCurvature(
            gram: matrix.gram(weights: weights), total: weights.sum(),
            mean: .zeros(centre.count), centre: centre / scales)
        let dependent = curvature.dependentFeatures().map { names[$0] }
        guard dependent.isEmpty else {
            throw ModelError(
                .rankDeficient,
                "\(dependent.count) of \(names.count) features are constant or linear in others: "
                    + dependent.prefix(8).joined(separator: ", "))
        }
    }
}
