// SPDX-License-Identifier: Apache-2.0

/// Mean and spread of every column of a matrix, from one pass over its rows.
///
/// Blocks of rows are summed by updating, relative to the first row, and blocks are merged
/// pairwise: the error grows with log n, and a large mean costs no digits of the variance. The
/// order is fixed: the bits are the same on every machine. A constant column has exactly its value
/// as mean and exactly 0 as variance; a NaN or an infinity gives NaN.
///
/// D. H. D. West, "Updating mean and variance estimates", CACM 22 (1979),
/// DOI 10.1145/359146.359153; T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing
/// the sample variance", The American Statistician 37 (1983), DOI 10.1080/00031305.1983.10483115.
public struct ColumnMoments<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The number of rows, those of weight 0 included.
    public private(set) var rowCount: Int

    /// The sum of the weights; without weights the number of rows.
    public private(set) var totalWeight: Scalar

    /// The sum of the squared weights; without weights the number of rows.
    public private(set) var totalSquaredWeight: Scalar

    /// The first row that has weight; all else is relative to it, so that a large mean costs no
    /// digits.
    private var origin: Vector<Scalar>

    /// The means minus the origin.
    private var centres: Vector<Scalar>
    private var spreads: Vector<Scalar>

    private init(
        rowCount: Int, totalWeight: Scalar, totalSquaredWeight: Scalar, origin: Vector<Scalar>,
        centres: Vector<Scalar>, spreads: Vector<Scalar>
    ) {
        self.rowCount = rowCount
        self.totalWeight = totalWeight
        self.totalSquaredWeight = totalSquaredWeight
        self.origin = origin
        self.centres = centres
        self.spreads = spreads
    }

    /// Summarises the columns of `matrix`, each row with weight 1.
    ///
    /// - Complexity: O(rowCount * columnCount).
    public init(of matrix: Matrix<Scalar>) {
        self = Self.moments(of: matrix, weights: nil)
    }

    /// Summarises the columns of `matrix`, row `i` with weight `weights[i]`.
    ///
    /// Rows of weight 0 are ignored, whatever they hold.
    ///
    /// - Precondition: `weights.count` is `matrix.rowCount`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(rowCount * columnCount).
    public init(of matrix: Matrix<Scalar>, weights: Vector<Scalar>) throws(StatisticsError) {
        precondition(
            weights.count == matrix.rowCount,
            "\(weights.count) weights for the rows of a matrix of shape \(describe(matrix.shape))")
        try requireWeights(weights)
        self = Self.moments(of: matrix, weights: weights)
    }

    private static func moments(
        of matrix: Matrix<Scalar>, weights: Vector<Scalar>?
    ) -> ColumnMoments {
        let first = (0..<matrix.rowCount).first { (weights?[$0] ?? 1) > 0 }
        let origin = first.map { matrix.row($0) } ?? .zeros(matrix.columnCount)
        return moments(0..<matrix.rowCount, of: matrix, weights: weights, origin)
    }

    private static func moments(
        _ rows: Range<Int>, of matrix: Matrix<Scalar>, weights: Vector<Scalar>?,
        _ origin: Vector<Scalar>
    ) -> ColumnMoments {
        if rows.count > 64 {
            let middle = rows.lowerBound + rows.count / 2
            var merged = moments(rows.lowerBound..<middle, of: matrix, weights: weights, origin)
            merged.add(moments(middle..<rows.upperBound, of: matrix, weights: weights, origin))
            return merged
        }
        let columnCount = matrix.columnCount
        var (totalWeight, totalSquaredWeight): (Scalar, Scalar) = (0, 0)
        var centres = Vector<Scalar>.zeros(columnCount)
        var spreads = centres
        for row in rows {
            let weight = weights?[row] ?? 1
            guard weight > 0 else { continue }
            totalWeight += weight
            totalSquaredWeight += weight * weight
            let total = totalWeight
            matrix.withPointer { elements in
                origin.withPointer { origin in
                    centres.withMutablePointer { centres in
                        spreads.withMutablePointer { spreads in
                            for column in 0..<columnCount {
                                let element =
                                    elements[row * columnCount + column] - origin[column]
                                let difference = element - centres[column]
                                centres[column] += difference * weight / total
                                spreads[column] +=
                                    weight * difference * (element - centres[column])
                            }
                        }
                    }
                }
            }
        }
        return ColumnMoments(
            rowCount: rows.count, totalWeight: totalWeight,
            totalSquaredWeight: totalSquaredWeight, origin: origin, centres: centres,
            spreads: spreads)
    }

    /// Takes in the rows that `other` summarises, as if both had been one matrix.
    ///
    /// The last bits depend on where the rows were parted.
    ///
    /// - Precondition: Both have the same number of columns.
    /// - Complexity: O(columnCount).
    public mutating func add(_ other: ColumnMoments) {
        precondition(
            columnCount == other.columnCount,
            "moments of \(columnCount) columns and of \(other.columnCount)")
        rowCount += other.rowCount
        guard other.totalWeight > 0 else { return }
        let own = totalWeight
        totalWeight += other.totalWeight
        totalSquaredWeight += other.totalSquaredWeight
        guard own > 0 else {
            (origin, centres, spreads) = (other.origin, other.centres, other.spreads)
            return
        }
        let share = other.totalWeight / totalWeight
        let differences = (other.origin - origin) + (other.centres - centres)
        centres += differences * share
        spreads += other.spreads + differences * differences * (own * share)
    }

    /// The number of columns.
    public var columnCount: Int { centres.count }

    /// The weighted mean of each column; NaN when no row has weight.
    public var means: Vector<Scalar> {
        totalWeight > 0 ? origin + centres : Vector(count: columnCount, repeating: .nan)
    }

    /// The weighted sum of squared deviations from the mean, `sum of w (x - mean)²`; 0 when no row
    /// has weight.
    public var squaredDeviations: Vector<Scalar> { spreads }

    /// The variance of each column: squared deviations divided by ``divisor(ddof:weights:)``.
    public func variances(ddof: Int = 1, weights kind: WeightKind = .frequency) -> Vector<Scalar> {
        spreads / divisor(ddof: ddof, weights: kind)
    }

    /// The square root of each column's variance.
    public func standardDeviations(
        ddof: Int = 1, weights kind: WeightKind = .frequency
    ) -> Vector<Scalar> {
        variances(ddof: ddof, weights: kind).squareRoot()
    }

    /// What a variance or covariance divides by; NaN where it would not be positive.
    ///
    /// With total weight W and total squared weight V it is `W - ddof` for frequencies and
    /// `W - ddof V / W` for reliabilities; without weights both are `rowCount - ddof`. A `ddof`
    /// (delta degrees of freedom) of 1 gives the unbiased sample variance, 0 that of a population.
    public func divisor(ddof: Int = 1, weights kind: WeightKind = .frequency) -> Scalar {
        let lost =
            switch kind {
            case .frequency: Scalar(ddof)
            case .reliability: Scalar(ddof) * (totalSquaredWeight / totalWeight)
            }
        let divisor = totalWeight - lost
        return divisor > 0 ? divisor : .nan
    }
}
