// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The training rows of a model, prepared for searches.
///
/// The transformation and the index follow from the rest.
struct NeighbourMemory: Sendable {
    /// Enough queries at a time for all threads, few enough that their neighbours take little
    /// memory.
    private static let queriesInStep = 2048

    let search: NeighbourSearch
    let names: [String]
    /// The rows of positive weight as they were given (rows x features).
    let features: Matrix<Double>
    let weights: [Double]
    private let transformation: Transformation
    private let index: RowIndex

    /// What is done to rows before their distances are taken.
    private enum Transformation: Sendable {
        case none
        /// `(x - offset) * scale`.
        case affine(offsets: Vector<Double>, scales: Vector<Double>)
        /// The solution of `factor * result = x - offset`, for the covariance's Cholesky factor.
        case whitening(offsets: Vector<Double>, factor: Matrix<Double>)
    }

    /// - Throws: ``ModelError`` with code `rankDeficient` for a Mahalanobis distance of dependent
    ///   columns, `invalidRecipe` for a count above the weight of the rows and for a nominal column
    ///   that is not there, `nonFinite` for values whose range or distance overflows.
    init(
        _ search: NeighbourSearch, features: Matrix<Double>, weights: [Double], names: [String]
    ) throws(ModelError) {
        self.search = search
        self.names = names
        self.features = features
        self.weights = weights
        if case .count(let count) = search.neighbourhood {
            let total = weights.reduce(0, +)
            guard Double(count) <= total else {
                throw ModelError(
                    .invalidRecipe, "\(count) neighbours among rows of the weight \(total)")
            }
        }
        transformation = try Self.transformation(search, features, weights, names)
        let rows = Self.apply(transformation, features)
        guard rows.sum().isFinite else {
            throw ModelError(.nonFinite, "the features are too large for distances")
        }
        let form: RowMetric.Form =
            switch search.metric {
            case .euclidean, .mahalanobis: .euclidean
            case .manhattan: .manhattan
            case .chebyshev: .chebyshev
            case .minkowski(let power): .minkowski(power)
            case .hamming: .mixed(isNominal: names.map { _ in true })
            case .gower(let nominal): .mixed(isNominal: names.map { nominal.contains($0) })
            }
        index = RowIndex(
            rows, metric: RowMetric(form), method: search.method(columnCount: names.count),
            leafSize: search.leafSize)
    }

    /// What `body` makes of the neighbours of every row with their shares, which sum to 1; of none
    /// where the radius holds no row.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite` for a row whose distances overflow.
    func neighbours<Result>(
        of queries: Matrix<Double>, _ body: ([NeighbourShare]) -> Result
    ) throws(ModelError) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(queries.rowCount)
        for start in stride(from: 0, to: queries.rowCount, by: Self.queriesInStep) {
            let part = start..<min(start + Self.queriesInStep, queries.rowCount)
            try appendNeighbours(
                of: Self.apply(transformation, queries[part, 0...]), from: start, to: &results, body
            )
        }
        return results
    }

    private func appendNeighbours<Result>(
        of queries: Matrix<Double>, from start: Int, to results: inout [Result],
        _ body: ([NeighbourShare]) -> Result
    ) throws(ModelError) {
        var count = Double.infinity
        if case .count(let limit) = search.neighbourhood { count = Double(limit) }
        let isFinite = queries.sum().isFinite
        for (row, nearest) in found(by: queries).enumerated() {
            guard (nearest.distances.last ?? 0).isFinite,
                isFinite || queries.row(row).sum().isFinite
            else {
                throw ModelError(
                    .nonFinite, "row \(start + row): the features are too large for distances")
            }
            results.append(
                body(
                    shares(
                        nearest.rows, nearest.distances, weights: nearest.rows.map { weights[$0] },
                        count: count)))
        }
    }

    /// The rows nearest to each of `part` of the training rows but itself, nearest first.
    func others(_ count: Int, of part: Range<Int>) -> [(rows: [Int], distances: [Double])] {
        let found = index.nearest(count + 1, to: index.rows[part, 0...])
        return zip(part, found).map { row, nearest in
            // Of many equal rows it may not be among the nearest itself.
            let position = nearest.rows.firstIndex(of: row) ?? nearest.rows.count - 1
            var (rows, distances) = (nearest.rows, nearest.distances)
            rows.remove(at: position)
            distances.remove(at: position)
            return (rows, distances)
        }
    }

    private func found(by queries: Matrix<Double>) -> [NearestRows] {
        switch search.neighbourhood {
        case .radius(let radius): return index.within(radius, of: queries)
        case .count(let count):
            // With weights below 1 it takes more rows to make up the count.
            let least = weights.min() ?? 1
            let needed = least >= 1 ? count : Int(min(Double(count) / least, 1e9).rounded(.up))
            return index.nearest(min(needed, weights.count), to: queries)
        }
    }

    /// The shares of neighbours at ascending distances, of which `weights` says how often each is
    /// there.
    func shares(
        _ rows: [Int], _ distances: [Double], weights: [Double], count: Double
    ) -> [NeighbourShare] {
        var left = count
        var taken: [Double] = []
        for weight in weights {
            guard left > 0 else { break }
            taken.append(min(weight, left))
            left -= weight
        }
        let near = search.weighting.weights(distances.prefix(taken.count))
        let products = zip(near, taken).map { $0 * $1 }
        let total = products.reduce(0, +)
        return products.indices.map {
            NeighbourShare(row: rows[$0], distance: distances[$0], share: products[$0] / total)
        }
    }

    private static func apply(
        _ transformation: Transformation, _ rows: Matrix<Double>
    ) -> Matrix<Double> {
        switch transformation {
        case .none: return rows
        case .affine(let offsets, let scales):
            return rows.subtractingFromRows(offsets).multiplyingRows(by: scales)
        case .whitening(let offsets, let factor):
            var result = rows.subtractingFromRows(offsets)
            for row in 0..<rows.rowCount {
                for column in 0..<rows.columnCount {
                    var value = result[row, column]
                    for earlier in 0..<column {
                        value -= factor[column, earlier] * result[row, earlier]
                    }
                    result[row, column] = value / factor[column, column]
                }
            }
            return result
        }
    }

    private static func transformation(
        _ search: NeighbourSearch, _ features: Matrix<Double>, _ weights: [Double],
        _ names: [String]
    ) throws(ModelError) -> Transformation {
        switch search.metric {
        case .gower(let nominal):
            if let name = nominal.first(where: { !names.contains($0) }) {
                throw ModelError(.invalidRecipe, "column '\(name)' is not among the features")
            }
            return try ranges(of: features, keeping: nominal, names)
        case .hamming: return .none
        case .mahalanobis: return try whitening(features, weights)
        default:
            return search.scaling == .none ? .none : try ranges(of: features, keeping: [], names)
        }
    }

    private static func ranges(
        of features: Matrix<Double>, keeping kept: [String], _ names: [String]
    ) throws(ModelError) -> Transformation {
        var offsets = [Double](repeating: 0, count: names.count)
        var scales = [Double](repeating: 1, count: names.count)
        for (column, name) in names.enumerated() where !kept.contains(name) {
            let values = features.column(column).elements
            let (low, high) = (values.min() ?? 0, values.max() ?? 0)
            guard (high - low).isFinite else {
                throw ModelError(.nonFinite, "the range of column \(column) (\(name)) overflows")
            }
            offsets[column] = low
            scales[column] = high > low ? 1 / (high - low) : 0
        }
        return .affine(offsets: Vector(offsets), scales: Vector(scales))
    }

    private static func whitening(
        _ features: Matrix<Double>, _ weights: [Double]
    ) throws(ModelError) -> Transformation {
        let count = features.columnCount
        let total = weights.reduce(0, +)
        let moments = GroupedMoments(
            of: features, groups: weights.map { _ in 0 }, groupCount: 1, weights: weights)
        let means = moments.means.row(0)
        let centred = features.subtractingFromRows(means)
        // In a fixed order and factored here, so that distances have the same bits with every BLAS.
        var factor = Matrix<Double>.zeros(count, count)
        for row in 0..<count {
            let own = centred.column(row) * Vector(weights)
            for column in 0...row {
                factor[row, column] = own.orderedDot(centred.column(column)) / (total - 1)
            }
        }
        for row in 0..<count {
            let variance = factor[row, row]
            for column in 0...row {
                var value = factor[row, column]
                for inner in 0..<column { value -= factor[row, inner] * factor[column, inner] }
                if column < row {
                    factor[row, column] = value / factor[column, column]
                } else {
                    guard total > 1, value > variance * 1e-12 else {
                        throw ModelError(
                            .rankDeficient,
                            "column \(row) depends on those before it: no Mahalanobis distance"
                        )
                    }
                    factor[row, row] = value.squareRoot()
                }
            }
        }
        return .whitening(offsets: means, factor: factor)
    }
}

extension NeighbourMemory: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        left.search == right.search && left.names == right.names
            && left.features == right.features && left.weights == right.weights
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(search)
        hasher.combine(weights)
    }
}

extension NeighbourSearch {
    fileprivate func method(columnCount: Int) -> RowIndex.Method {
        switch algorithm {
        case .bruteForce: return .bruteForce
        case .kdTree: return .kdTree
        case .ballTree: return .ballTree
        case .automatic:
            let isEuclidean = metric == .euclidean || metric == .mahalanobis
            return columnCount <= (isEuclidean ? 8 : 15) ? .kdTree : .bruteForce
        }
    }
}
