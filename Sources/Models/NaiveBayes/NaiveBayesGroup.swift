// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Columns of one likelihood, with what has been counted in them.
struct NaiveBayesGroup: Hashable, Sendable {
    /// What the fit counts, by class.
    enum Counts: Hashable, Sendable {
        /// Of Gaussian columns.
        case moments(GroupedMoments)
        /// The weight above the threshold, or the weighted counts (classes x columns).
        case sums(Matrix<Double>)
        /// The weight of every category of each column (categories x classes).
        case categories([Matrix<Double>])
    }

    /// Never ``NaiveBayesLikelihood/automatic``.
    let likelihood: NaiveBayesLikelihood
    /// Ascending.
    let columns: [Int]
    var counts: Counts
}

extension NaiveBayesGroup {
    /// Counts rows whose values the likelihood takes.
    init(
        _ likelihood: NaiveBayesLikelihood, columns: [Int], features: Matrix<Double>,
        codes: [Int], classCount: Int, weights: [Double]
    ) throws(ModelError) {
        self.likelihood = likelihood
        self.columns = columns
        switch likelihood {
        case .automatic, .gaussian:
            counts = .moments(
                GroupedMoments(
                    of: features.selecting(columns), groups: codes, groupCount: classCount,
                    weights: weights))
        case .bernoulli(let threshold, _):
            let isAbove = features.selecting(columns).map { $0 > threshold ? 1 : 0 }
            counts = .sums(
                isAbove.groupedSums(groups: codes, groupCount: classCount, weights: weights))
        case .multinomial, .complement:
            let sums = features.selecting(columns)
                .groupedSums(groups: codes, groupCount: classCount, weights: weights)
            guard sums.sum().isFinite else {
                throw ModelError(.nonFinite, "the counts are too large to be summed")
            }
            counts = .sums(sums)
        case .categorical:
            counts = .categories(
                columns.map { column in
                    Self.categories(
                        of: features.column(column).elements, codes: codes,
                        classCount: classCount, weights: weights)
                })
        }
    }

    private static func categories(
        of values: [Double], codes: [Int], classCount: Int, weights: [Double]
    ) -> Matrix<Double> {
        // Rows of weight 0 are not there, so they show no category either.
        let last = zip(values, weights).lazy.filter { $0.1 > 0 }.map(\.0).max() ?? 0
        var sums = [Double](repeating: 0, count: (Int(last) + 1) * classCount)
        for (row, value) in values.enumerated() where weights[row] > 0 {
            sums[Int(value) * classCount + codes[row]] += weights[row]
        }
        return Matrix(rowCount: Int(last) + 1, columnCount: classCount, elements: sums)
    }

    /// Takes in what another group of the same columns and likelihood has counted.
    mutating func add(_ other: NaiveBayesGroup) {
        switch (counts, other.counts) {
        case (.moments(var own), .moments(let others)):
            own.add(others)
            counts = .moments(own)
        case (.sums(let own), .sums(let others)):
            counts = .sums(own + others)
        case (.categories(let own), .categories(let others)):
            counts = .categories(zip(own, others).map { Self.sum($0, $1) })
        default:
            preconditionFailure("groups of \(likelihood) and of \(other.likelihood)")
        }
    }

    /// The sum of two tables of which one may have more rows.
    private static func sum(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
        var (long, short) = a.rowCount < b.rowCount ? (b, a) : (a, b)
        for row in 0..<short.rowCount {
            for column in 0..<short.columnCount { long[row, column] += short[row, column] }
        }
        return long
    }

    /// Refuses rows with a value that the likelihood does not take.
    static func check(
        _ features: Matrix<Double>, columns: [Int], likelihood: NaiveBayesLikelihood,
        names: [String]
    ) throws(ModelError) {
        guard likelihood.objection(to: -1) != nil else { return }
        for row in 0..<features.rowCount {
            for column in columns {
                guard let objection = likelihood.objection(to: features[row, column]) else {
                    continue
                }
                throw ModelError(
                    .invalidValue,
                    "row \(row), column \(column) (\(names[column])) is \(features[row, column]), "
                        + objection)
            }
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// The columns `columns`, without a copy where these are all.
    func selecting(_ columns: [Int]) -> Matrix<Double> {
        columns.count == columnCount ? self : gatheringColumns(columns)
    }
}
