// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The feature columns of a logistic problem, measured from ``centre``.
///
/// The columns are kept as they are; the centre is subtracted in every operation, which keeps zeros
/// and needs no second matrix.
enum LogisticDesign {
    case dense(Matrix<Double>, centre: Vector<Double>)
    case sparse(SparseMatrix<Double>, centre: Vector<Double>)

    /// The design whose centre is the weighted mean, or zeros without an intercept.
    init(_ features: Matrix<Double>, weights: Vector<Double>, hasIntercept: Bool) {
        let zeros = Vector<Double>.zeros(features.columnCount)
        self = .dense(
            features,
            centre: hasIntercept
                ? features.centredSums(weights: weights, centre: zeros) / weights.sum() : zeros)
    }

    /// The design whose centre is the weighted mean, or zeros without an intercept.
    init(_ features: SparseMatrix<Double>, weights: Vector<Double>, hasIntercept: Bool) {
        let centre =
            hasIntercept
            ? features.transposed.matmul(weights) / weights.sum() : .zeros(features.columnCount)
        self = .sparse(features, centre: centre)
    }

    var centre: Vector<Double> {
        switch self {
        case .dense(_, let centre), .sparse(_, let centre): centre
        }
    }

    var rowCount: Int {
        switch self {
        case .dense(let features, _): features.rowCount
        case .sparse(let features, _): features.rowCount
        }
    }

    var columnCount: Int { centre.count }

    /// `(X - centre) w`.
    func product(_ coefficients: Vector<Double>) -> Vector<Double> {
        switch self {
        case .dense(let features, let centre):
            features.centredProducts(coefficients, centre: centre)
        case .sparse(let features, let centre):
            features.matmul(coefficients) - centre.orderedDot(coefficients)
        }
    }

    /// `(X - centre)ᵀ r`.
    func transposedProduct(_ rows: Vector<Double>) -> Vector<Double> {
        switch self {
        case .dense(let features, let centre):
            return features.centredSums(weights: rows, centre: centre)
        case .sparse(let features, let centre):
            var product = features.transposed.matmul(rows)
            product.add(centre, times: -rows.sum())
            return product
        }
    }

    /// `sum of v (x - mean)(x - mean)ᵀ`, where `mean` is measured from the centre.
    func gram(weights: Vector<Double>, total: Double, mean: Vector<Double>) -> Matrix<Double> {
        switch self {
        case .dense(let features, let centre):
            columnCount <= Self.ownMomentsLimit
                ? features.centredMoments(
                    weights: weights, residuals: weights, centre: centre + mean
                ).gram
                : denseGram(features, weights.squareRoot(), centre + mean)
        case .sparse(let features, let centre):
            features.gram(weights: weights, total: total, mean: centre + mean)
        }
    }

    /// The sums of `v d dᵀ`, `v d` and `r d` over the rows' differences `d` to the centre; `nil`
    /// for sparse rows and many columns, where one pass for all of them would be slower.
    func moments(weights: Vector<Double>, residuals: Vector<Double>) -> CentredMoments? {
        guard case .dense(let features, let centre) = self, columnCount <= Self.ownMomentsLimit
        else { return nil }
        return features.centredMoments(weights: weights, residuals: residuals, centre: centre)
    }

    /// Up to so many columns their products stay in a processor's own cache, beyond the BLAS is
    /// faster.
    private static let ownMomentsLimit = 128

    /// The columns measured from the centre, as a matrix of their own.
    func columns() -> Matrix<Double> {
        switch self {
        case .dense(let features, let centre): features.subtractingFromRows(centre)
        case .sparse(let features, let centre): features.dense().subtractingFromRows(centre)
        }
    }

    /// The columns in units of `scales`.
    func divided(by scales: Vector<Double>) -> LogisticDesign {
        switch self {
        case .dense:
            .dense(columns().dividingRows(by: scales), centre: .zeros(columnCount))
        case .sparse(let features, let centre):
            .sparse(features.multiplyingRows(by: 1 / scales), centre: centre / scales)
        }
    }

    /// The columns at `indices`, in that order.
    func selecting(_ indices: [Int]) -> LogisticDesign {
        let centre = Vector(indices.map { self.centre[$0] })
        switch self {
        case .dense(let features, _):
            return .dense(features.gatheringColumns(indices), centre: centre)
        case .sparse(let features, _):
            return .sparse(features.gatheringColumns(indices), centre: centre)
        }
    }

    /// `sum of v (x - mean)²` of every column, where `mean` is measured from the centre.
    func squares(weights: Vector<Double>, total: Double, mean: Vector<Double>) -> [Double] {
        switch self {
        case .dense(let features, let centre):
            return features.centredSquares(weights: weights, centre: centre + mean)
        case .sparse(let features, let centre):
            var sums = [Double](repeating: 0, count: columnCount)
            for row in weights.indices {
                for position in features.positions(ofRow: row) {
                    let value = features.values[position]
                    sums[features.columnIndices[position]] += weights[row] * value * value
                }
            }
            return sums.indices.map { column in
                let whole = centre[column] + mean[column]
                return withoutRounding(sums[column] - total * whole * whole, of: sums[column])
            }
        }
    }

    /// The difference between the largest and the smallest value of every column.
    var ranges: [Double] {
        switch self {
        case .dense(let features, _):
            return (features.max(.alongColumns) - features.min(.alongColumns)).elements
        case .sparse(let features, _):
            var lowest = [Double](repeating: 0, count: columnCount)
            var highest = lowest
            for (column, value) in zip(features.columnIndices, features.values) {
                lowest[column] = min(lowest[column], value)
                highest[column] = max(highest[column], value)
            }
            return zip(highest, lowest).map(-)
        }
    }
}

/// The Gram matrix of the scaled rows, block by block: no second copy of the matrix.
private func denseGram(
    _ features: Matrix<Double>, _ roots: Vector<Double>, _ mean: Vector<Double>
) -> Matrix<Double> {
    let (rows, columns) = (features.rowCount, features.columnCount)
    var gram = Matrix<Double>.zeros(columns, columns)
    guard columns > 0 else { return gram }
    // Half a megabyte stays in a processor's own cache.
    let blockRows = min(rows, max(64, 65_536 / columns))
    var block = Matrix<Double>.zeros(blockRows, columns)
    features.withSpan { values in
        roots.withSpan { roots in
            mean.withSpan { mean in
                for start in stride(from: 0, to: rows, by: blockRows) {
                    let count = min(blockRows, rows - start)
                    block.withMutableSpan { scaled in
                        for row in 0..<count {
                            let root = roots[start + row]
                            let (source, target) = ((start + row) * columns, row * columns)
                            for column in 0..<columns {
                                scaled[target + column] =
                                    root * (values[source + column] - mean[column])
                            }
                        }
                        // The last block may be shorter; rows of zeros add nothing.
                        for position in count * columns..<blockRows * columns {
                            scaled[position] = 0
                        }
                    }
                    gram.formGram(of: block, beta: start == 0 ? 0 : 1)
                }
            }
        }
    }
    return gram
}

extension CentredMoments {
    /// `sum of v (d - mean)(d - mean)ᵀ`, with the mean 0 where there is no intercept; `nil` where
    /// the mean is so far from the centre that the difference of sums would lose digits.
    func gramAroundMean(hasIntercept: Bool) -> Matrix<Double>? {
        guard hasIntercept else { return gram }
        guard total > 0 else { return nil }
        let mean = sums / total
        for column in 0..<gram.rowCount {
            let (square, part) = (gram[column, column], sums[column] * mean[column])
            if part > 0.99 * square { return nil }
        }
        return Matrix(rowCount: gram.rowCount, columnCount: gram.rowCount) { row, column in
            gram[row, column] - total * mean[row] * mean[column]
        }
    }
}

/// A difference of sums, or 0 where it is only the rounding error of `size`.
private func withoutRounding(_ difference: Double, of size: Double) -> Double {
    difference > 1e-13 * size ? difference : 0
}

extension SparseMatrix where Scalar == Double {
    /// `sum of v x xᵀ - total mean meanᵀ`, by the pairs of stored elements of each row.
    fileprivate func gram(
        weights: Vector<Double>, total: Double, mean: Vector<Double>
    ) -> Matrix<Double> {
        var gram = Matrix<Double>.zeros(columnCount, columnCount)
        for row in 0..<rowCount where weights[row] > 0 {
            let positions = positions(ofRow: row)
            for first in positions {
                let scaled = weights[row] * values[first]
                for second in positions.lowerBound...first {
                    gram[columnIndices[first], columnIndices[second]] += scaled * values[second]
                }
            }
        }
        var isConstant = [Bool](repeating: false, count: columnCount)
        for row in 0..<columnCount {
            let square = gram[row, row]
            gram[row, row] = withoutRounding(square - total * mean[row] * mean[row], of: square)
            isConstant[row] = gram[row, row] == 0
            for column in 0..<row {
                let value = gram[row, column] - total * mean[row] * mean[column]
                gram[row, column] = isConstant[row] || isConstant[column] ? 0 : value
                gram[column, row] = gram[row, column]
            }
        }
        return gram
    }

    /// The columns at `indices`, each once, in that order.
    fileprivate func gatheringColumns(_ indices: [Int]) -> SparseMatrix {
        var places = [Int?](repeating: nil, count: columnCount)
        for (place, column) in indices.enumerated() { places[column] = place }
        var (offsets, columns, kept): ([Int], [Int], [Double]) = ([0], [], [])
        for row in 0..<rowCount {
            let found = positions(ofRow: row).compactMap { position in
                places[columnIndices[position]].map { (place: $0, value: values[position]) }
            }.sorted { $0.place < $1.place }
            columns += found.map { $0.place }
            kept += found.map { $0.value }
            offsets.append(columns.count)
        }
        do {
            return try SparseMatrix(
                rowCount: rowCount, columnCount: indices.count, rowOffsets: offsets,
                columnIndices: columns, values: kept)
        } catch {
            preconditionFailure("columns \(indices) of \(self): \(error)")
        }
    }
}
