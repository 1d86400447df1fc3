// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Shapley values of a linear model of correlated normal columns, which are linear in the row.
struct ConditionalShares {
    private let covariance: Matrix<Double>
    private let coefficients: Vector<Double>
    private var count: Int { coefficients.count }

    /// The most columns whose sets are all looked at.
    private static let exactLimit = 12

    init(_ covariance: Matrix<Double>, _ coefficients: Vector<Double>) {
        self.covariance = covariance
        self.coefficients = coefficients
    }

    /// The matrix (columns x columns) that turns a row less the means into its Shapley values.
    func shares(
        orderCount: Int, seed: UInt64, _ progress: FitObserver?
    ) throws(ModelError) -> Matrix<Double> {
        guard orderCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(orderCount) orders of columns, not 1 or more")
        }
        return count <= Self.exactLimit
            ? try exactShares(progress) : try sampledShares(orderCount, seed, progress)
    }

    /// All sets: a set of s columns counts s! (n - s - 1)! / n! for each column that may join it.
    private func exactShares(_ progress: FitObserver?) throws(ModelError) -> Matrix<Double> {
        var slopes: [Vector<Double>] = []
        for set in 0..<1 << count {
            try report(set, of: 1 << count, progress)
            slopes.append(try expectationSlope((0..<count).filter { set >> $0 & 1 == 1 }))
        }
        var weights = [1 / Double(count)]
        for size in 1..<max(1, count) {
            weights.append(weights[size - 1] * Double(size) / Double(count - size))
        }
        var shares = Matrix<Double>.zeros(count, count)
        for set in slopes.indices {
            let weight = set.nonzeroBitCount < count ? weights[set.nonzeroBitCount] : 0
            for column in 0..<count where set >> column & 1 == 0 {
                let gain = slopes[set | 1 << column] - slopes[set]
                for index in 0..<count { shares[column, index] += weight * gain[index] }
            }
        }
        return shares
    }

    private func sampledShares(
        _ orderCount: Int, _ seed: UInt64, _ progress: FitObserver?
    ) throws(ModelError) -> Matrix<Double> {
        var generator = RandomStream(seed: seed).child("orders of columns")
        var shares = Matrix<Double>.zeros(count, count)
        let weight = 1 / Double(2 * orderCount)
        for index in 0..<orderCount {
            try report(index, of: orderCount, progress)
            let order = generator.permutation(count)
            for order in [order, order.reversed()] {
                var before = Vector<Double>.zeros(count)
                for (size, column) in order.enumerated() {
                    let after = try expectationSlope(order.prefix(size + 1).sorted())
                    for index in 0..<count {
                        shares[column, index] += weight * (after[index] - before[index])
                    }
                    before = after
                }
            }
        }
        return shares
    }

    private func report(_ index: Int, of limit: Int, _ progress: FitObserver?) throws(ModelError) {
        try checkCancellation("Shapley values of correlated columns")
        if index % 100 == 99 {
            try FitProgress(step: (index + 1) / 100, stepLimit: limit / 100, objective: nil)
                .report(to: progress)
        }
    }

    /// The slope of the expected output, given the columns in `known`, in those columns:
    /// `w_K + inverse(C_KK) C_KU w_U`.
    private func expectationSlope(_ known: [Int]) throws(ModelError) -> Vector<Double> {
        var slope = Vector<Double>.zeros(count)
        guard !known.isEmpty else { return slope }
        var unknown = coefficients
        for column in known { unknown[column] = 0 }
        let explained = Vector(covariance.matmul(unknown).elements.gathering(known))
        let own = covariance.gatheringRows(known).gatheringColumns(known)
        do {
            // Columns that depend on each other have the solution of least length.
            let carried = try own.pseudoInverse().matmul(explained)
            for (index, column) in known.enumerated() {
                slope[column] = coefficients[column] + carried[index]
            }
        } catch {
            throw ModelError(.nonFinite, "the covariance of the background", underlying: error)
        }
        return slope
    }
}
