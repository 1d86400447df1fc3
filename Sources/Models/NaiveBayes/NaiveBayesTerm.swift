// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// What a group of columns adds to the logarithm of each class's likelihood.
enum NaiveBayesTerm: Hashable, Sendable {
    /// `constant - sum of (x - mean)² / (2 variance)`, all classes x columns.
    case gaussian(constants: [Double], means: Matrix<Double>, variances: Matrix<Double>)
    /// `constant + sum of weight * x` (classes x columns), of whether x is above the threshold
    /// where there is one.
    case linear(constants: [Double], weights: Matrix<Double>, threshold: Double?)
    /// The logarithm of the probability of every category of each column (categories x classes).
    case categorical([Matrix<Double>])
    /// The density of each column and class.
    case kernel([[KernelDensity?]])
    /// The cuts of each column and the logarithm of the probability of every interval (intervals x
    /// classes).
    case intervals(cuts: [[Double]], tables: [Matrix<Double>])

    /// Adds the term to `scores` (rows x classes), of which `features` has the group's columns.
    func add(_ features: Matrix<Double>, to scores: inout [Double], classCount: Int) {
        switch self {
        case .gaussian(let constants, let means, let variances):
            let distances = features.scaledSquaredDistances(
                to: means, scales: variances.map { 0.5 / $0 }
            ).elements
            for index in scores.indices {
                scores[index] += constants[index % classCount] - distances[index]
            }
        case .linear(let constants, let weights, let threshold):
            let inputs = threshold.map { threshold in features.map { $0 > threshold ? 1 : 0 } }
            for code in 0..<classCount {
                let products = (inputs ?? features).orderedMatmul(weights.row(code)).elements
                for (row, product) in products.enumerated() {
                    scores[row * classCount + code] += constants[code] + product
                }
            }
        case .categorical(let tables):
            for row in 0..<features.rowCount {
                for (column, table) in tables.enumerated() {
                    let category = Int(features[row, column])
                    // No row has shown it: it speaks for no class.
                    guard category < table.rowCount else { continue }
                    for code in 0..<classCount {
                        scores[row * classCount + code] += table[category, code]
                    }
                }
            }
        case .kernel(let columns):
            for (column, densities) in columns.enumerated() {
                let values = features.column(column).elements
                for (code, density) in densities.enumerated() {
                    guard let density else { continue }
                    let parts = values.map { density.parts(at: $0) }
                    let unit = density.width * density.points.weights.reduce(0, +)
                    let logarithms = Vector(
                        parts.map { $0.factor / unit * 0.398_942_280_401_432_7 }
                    ).log().elements
                    for row in values.indices {
                        scores[row * classCount + code] += parts[row].exponent + logarithms[row]
                    }
                }
            }
        case .intervals(let cuts, let tables):
            for row in 0..<features.rowCount {
                for (column, table) in tables.enumerated() {
                    let interval = cuts[column].interval(of: features[row, column])
                    for code in 0..<classCount {
                        scores[row * classCount + code] += table[interval, code]
                    }
                }
            }
        }
    }
}

extension NaiveBayesGroup {
    /// The parameters that the counts give.
    ///
    /// - Throws: ``ModelError`` with code `noSpread`.
    func term(classWeights: [Double], names: [String]) throws(ModelError) -> NaiveBayesTerm {
        switch (likelihood, counts) {
        case (.gaussian(let smoothing), .moments(let moments)):
            try gaussian(moments, smoothing: smoothing, names: names)
        case (.bernoulli(let threshold, let smoothing), .sums(let sums)):
            bernoulli(sums, classWeights, threshold: threshold, smoothing: smoothing)
        case (.multinomial(let smoothing), .sums(let sums)):
            .linear(
                constants: [Double](repeating: 0, count: sums.rowCount),
                weights: (sums + smoothing).shares.log(), threshold: nil)
        case (.complement(let smoothing, let isNormalised), .sums(let sums)):
            complement(sums, smoothing: smoothing, isNormalised: isNormalised)
        case (.categorical(let smoothing, let minimumCount), .categories(let tables)):
            .categorical(
                tables.map { categorical($0, smoothing: smoothing, minimumCount: minimumCount) })
        case (.kernel(let bandwidth), .values(let columns)):
            .kernel(columns.map { bandwidth.densities($0) })
        case (.discretised(let smoothing), .intervals(let cuts, let tables)):
            .intervals(
                cuts: cuts,
                tables: tables.map { categorical($0, smoothing: smoothing, minimumCount: 1) })
        default: preconditionFailure("counts that are not of \(likelihood)")
        }
    }

    private func gaussian(
        _ moments: GroupedMoments, smoothing: Double, names: [String]
    ) throws(ModelError) -> NaiveBayesTerm {
        let pooled = moments.pooled
        let largest = pooled.squaredDeviations.elements.max() ?? 0
        let added = smoothing * (largest / pooled.weights[0])
        var variances = moments.squaredDeviations
        var constants = [Double](repeating: 0, count: variances.rowCount)
        for code in 0..<variances.rowCount {
            for column in 0..<variances.columnCount {
                let weight = moments.weights[code]
                // A class without weight gets no probability; any finite numbers will do.
                let variance = weight > 0 ? variances[code, column] / weight + added : 1
                guard variance > 0, variance.isFinite else {
                    throw ModelError(
                        .noSpread,
                        "column \(columns[column]) (\(names[columns[column]])) has the variance "
                            + "\(variance) in class \(code)")
                }
                variances[code, column] = variance
            }
            constants[code] = -0.5 * (variances.row(code) * (2 * Double.pi)).log().sum()
        }
        return .gaussian(constants: constants, means: moments.means, variances: variances)
    }

    private func bernoulli(
        _ sums: Matrix<Double>, _ classWeights: [Double], threshold: Double, smoothing: Double
    ) -> NaiveBayesTerm {
        var (above, below) = (sums, sums)
        for code in 0..<sums.rowCount {
            for column in 0..<sums.columnCount {
                let total = classWeights[code] + 2 * smoothing
                // Sums in another order may exceed the class by a rounding.
                let rest = max(classWeights[code] - sums[code, column], 0)
                above[code, column] = (sums[code, column] + smoothing) / total
                below[code, column] = (rest + smoothing) / total
            }
        }
        (above, below) = (above.log(), below.log())
        return .linear(
            constants: (0..<sums.rowCount).map { below.row($0).sum() }, weights: above - below,
            threshold: threshold)
    }

    private func complement(
        _ sums: Matrix<Double>, smoothing: Double, isNormalised: Bool
    ) -> NaiveBayesTerm {
        var others = sums
        for column in 0..<sums.columnCount {
            for code in 0..<sums.rowCount {
                // Summed rather than subtracted from the total, which would cancel.
                others[code, column] = (0..<sums.rowCount).reduce(smoothing) {
                    $1 == code ? $0 : $0 + sums[$1, column]
                }
            }
        }
        var weights = others.shares.log() * -1
        if isNormalised {
            for code in 0..<weights.rowCount {
                let total = weights.row(code).sum()
                if total > 0 { weights.setRow(code, to: weights.row(code) / total) }
            }
        }
        return .linear(
            constants: [Double](repeating: 0, count: sums.rowCount), weights: weights,
            threshold: nil)
    }

    private func categorical(
        _ table: Matrix<Double>, smoothing: Double, minimumCount: Int
    ) -> Matrix<Double> {
        let rows = max(table.rowCount, minimumCount)
        let missing = [Double](repeating: 0, count: (rows - table.rowCount) * table.columnCount)
        let counts = Matrix(
            rowCount: rows, columnCount: table.columnCount, elements: table.elements + missing)
        return (counts + smoothing).transposed.materialized().shares.log().transposed.materialized()
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// Every row divided by its sum.
    fileprivate var shares: Matrix<Double> { dividingColumns(by: sum(.alongRows)) }
}
