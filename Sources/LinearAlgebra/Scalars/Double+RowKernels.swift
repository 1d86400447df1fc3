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

    /// `scales[i]` times the difference of row `i` to `centre`, in rows of `stride` elements.
    static func _scaleCentredRows(
        _ count: Int, _ columns: Int, _ stride: Int, _ rows: UnsafePointer<Double>,
        _ centre: UnsafePointer<Double>, _ scales: UnsafePointer<Double>,
        _ scaled: UnsafeMutablePointer<Double>
    ) {
        credit_scale_centred_rows_f64(count, columns, stride, rows, centre, scales, scaled)
    }

    /// Adds the lower triangle of `rowsᵀ rows`; `columns` is a multiple of 8.
    static func _addGram(
        _ count: Int, _ columns: Int, _ rows: UnsafePointer<Double>,
        _ gram: UnsafeMutablePointer<Double>
    ) {
        credit_add_gram_f64(count, columns, rows, gram)
    }

    /// The scaled squared distances of every row to every centre (rows x groups).
    static func _scaledDistances(
        _ count: Int, _ columns: Int, _ groups: Int, _ rows: UnsafePointer<Double>,
        _ centres: UnsafePointer<Double>, _ scales: UnsafePointer<Double>,
        _ distances: UnsafeMutablePointer<Double>
    ) {
        credit_scaled_distances_f64(count, columns, groups, rows, centres, scales, distances)
    }

    /// The first position from `start` on where `a + b` is not above `limit`; `count` if there is
    /// none.
    static func _nextNotAbove(
        _ start: Int, _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        _ limit: Double
    ) -> Int {
        credit_next_not_above_f64(start, count, a, b, limit)
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
