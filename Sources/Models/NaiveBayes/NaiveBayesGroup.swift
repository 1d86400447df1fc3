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
        /// The values of each kernel column and class.
        case values([[WeightedValues]])
        /// The cuts of each discretised column and the weight of its
        /// intervals (intervals x classes).
        case intervals(cuts: [[Double]], weights: [Matrix<Double>])
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
        _ part: NaiveBayes.Layout, features: Matrix<Double>, codes: [Int], classCount: Int,
        weights: [Double]
    ) throws(ModelError) {
        likelihood = part.likelihood
        columns = part.columns
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
                    let values = features.column(column).elements
                    // Rows of weight 0 are not there, so they show no category either.
                    let last = zip(values, weights).lazy.filter { $0.1 > 0 }.map(\.0).max() ?? 0
                    return Self.table(
                        values.map { Int($0) }, Int(last) + 1, codes, classCount, weights)
                })
        case .kernel:
            counts = .values(
                columns.map { column in
                    let values = features.column(column).elements
                    return (0..<classCount).map { code in
                        WeightedValues(
                            values.indices.filter { codes[$0] == code }.map {
                                (value: values[$0], weight: weights[$0])
                            })
                    }
                })
        case .discretised:
            let cuts =
                part.cuts
                ?? columns.map { column in
                    EntropyIntervals(
                        features.column(column).elements, codes: codes, classCount: classCount,
                        weights: weights
                    ).cuts
                }
            counts = .intervals(
                cuts: cuts,
                weights: zip(columns, cuts).map { column, cuts in
                    let places = features.column(column).elements.map { cuts.interval(of: $0) }
                    return Self.table(places, cuts.count + 1, codes, classCount, weights)
                })
        }
    }

    /// The weight of every category and class (categories x classes).
    private static func table(
        _ categories: [Int], _ count: Int, _ codes: [Int], _ classCount: Int, _ weights: [Double]
    ) -> Matrix<Double> {
        var sums = [Double](repeating: 0, count: count * classCount)
        for (row, category) in categories.enumerated() where weights[row] > 0 {
            sums[category * classCount + codes[row]] += weights[row]
        }
        return Matrix(rowCount: count, columnCount: classCount, elements: sums)
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
        case (.values(let own), .values(let others)):
            counts = .values(
                zip(own, others).map { zip($0, $1).map { $0.merged(with: $1) } })
        case (.intervals(let cuts, let own), .intervals(_, let others)):
            counts = .intervals(cuts: cuts, weights: zip(own, others).map { $0 + $1 })
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

extension Array where Element == Double {
    /// The number of the interval between these cuts in which a value lies, from 0.
    func interval(of value: Double) -> Int { partitioningIndex { $0 >= value } }
}

extension Tensor where rank == 2, Scalar == Double {
    /// The columns `columns`, without a copy where these are all.
    func selecting(_ columns: [Int]) -> Matrix<Double> {
        columns.count == columnCount ? self : gatheringColumns(columns)
    }
}
