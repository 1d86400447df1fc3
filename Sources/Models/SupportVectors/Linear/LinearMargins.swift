// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Two classes to be separated by a plane.
struct LinearMargins {
    let rows: LinearRows
    /// 1 for the class that positive decision values speak for, -1 for the other.
    let signs: [Double]
    /// The price of each row, above 0.
    let prices: [Double]
    /// The value of the intercept's column; 0 without an intercept.
    let interceptScale: Double
    let loss: LinearSupportVectorClassifier.Loss

    /// The coefficients and, where there is an intercept, its own coefficient after them.
    var parameterCount: Int { rows.columnCount + (interceptScale > 0 ? 1 : 0) }

    /// The decision values of the rows.
    func decisions(_ parameters: Vector<Double>) -> Vector<Double> {
        guard interceptScale > 0 else { return rows.product(parameters) }
        return rows.product(Vector(Array(parameters.elements.dropLast())))
            + interceptScale * parameters[rows.columnCount]
    }

    /// `Xᵀ r`, with the intercept's column.
    func transposedProduct(_ factors: Vector<Double>) -> Vector<Double> {
        let product = rows.transposedProduct(factors)
        guard interceptScale > 0 else { return product }
        return Vector(product.elements + [interceptScale * factors.sum()])
    }
}
