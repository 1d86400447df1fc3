// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Sums over groups of rows and distances between rows, in `Double` only: what is summed so must
/// not lose digits.
extension Double {
    /// Adds `weights[i]` times row `i` to row `groups[i]` of `sums`.
    static func _addGroupedRows(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>, _ groups: UnsafePointer<Int>,
        _ weights: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
    ) {
        credit_add_grouped_rows_f64(count, columns, rows, groups, weights, sums)
    }

    /// Adds `weights[i]` times the squared differences of row `i` and row `groups[i]` of `means` to
    /// row `groups[i]` of `sums`.
    static func _addGroupedSquares(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>, _ groups: UnsafePointer<Int>,
        _ weights: UnsafePointer<Double>, _ means: UnsafePointer<Double>,
        _ sums: UnsafeMutablePointer<Double>
    ) {
        credit_add_grouped_squares_f64(count, columns, rows, groups, weights, means, sums)
    }

    /// The products of every row's difference to `centre` with `x`.
    static func _centredProducts(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>,
        _ centre: UnsafePointer<Double>, _ x: UnsafePointer<Double>,
        _ products: UnsafeMutablePointer<Double>
    ) {
        credit_centred_products_f64(count, columns, rows, centre, x, products)
    }

    /// Adds `weights[i]` times the difference of row `i` to `centre`.
    static func _addCentredRows(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>,
        _ centre: UnsafePointer<Double>, _ weights: UnsafePointer<Double>,
        _ sums: UnsafeMutablePointer<Double>
    ) {
        credit_add_centred_rows_f64(count, columns, rows, centre, weights, sums)
    }

    /// The rows of the matrix of sums that ``_addCentredMoments`` adds to.
    static func _momentStride(_ columns: Int) -> Int { credit_moment_stride(columns) }

    /// Adds the lower triangle of `sum of weight d dᵀ`, with `d` a row's difference to `centre`; in
    /// row `columns` the sums of `weight d` and `weight`, in the next those of `residual d` and
    /// `residual`.
    static func _addCentredMoments(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>,
        _ centre: UnsafePointer<Double>, _ weights: UnsafePointer<Double>,
        _ residuals: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>
    ) {
        let scratch = 2 * Int(CREDIT_MOMENT_ROWS) * _momentStride(columns)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: scratch) { scratch in
            credit_add_centred_moments_f64(
                count, columns, rows, centre, weights, residuals, scratch.baseAddress, sums)
        }
    }

    /// The scaled squared distances of every row to every centre (rows x groups).
    static func _scaledDistances(
        _ count: Int, _ columns: Int, _ groups: Int, _ rows: UnsafePointer<Double>,
        _ centres: UnsafePointer<Double>, _ scales: UnsafePointer<Double>,
        _ distances: UnsafeMutablePointer<Double>
    ) {
        credit_scaled_distances_f64(count, columns, groups, rows, centres, scales, distances)
    }

    /// The sum of squared differences, in a fixed order.
    static func _squaredDistance(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>
    ) -> Double {
        credit_squared_distance_f64(count, a, b)
    }

    /// The sum of absolute differences, in a fixed order.
    static func _manhattanDistance(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>
    ) -> Double {
        credit_manhattan_distance_f64(count, a, b)
    }

    /// The largest absolute difference.
    static func _chebyshevDistance(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>
    ) -> Double {
        credit_chebyshev_distance_f64(count, a, b)
    }
}
