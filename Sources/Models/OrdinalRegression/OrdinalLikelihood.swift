// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The log-likelihood of proportional odds in thresholds and standardised coefficients.
struct OrdinalLikelihood {
    let columns: StandardisedColumns
    let totalWeight: Double
    let thresholdCount: Int
    /// The log-odds of the cumulative shares, and no coefficients.
    let start: Vector<Double>
    /// That of the cumulative shares.
    let nullLogLikelihood: Double
    /// Known parts of the scores; `nil` where there are none.
    private let offsets: Vector<Double>?
    private let codes: [Int]
    private let weights: Vector<Double>
    private let ridges: Vector<Double>

    /// A bound beyond which the logistic function is 0 or 1.
    private static let beyond = 1e4

    init(_ data: ClassRows, offsets: [Double]?, penalty: OrdinalRegression.Penalty) {
        self.offsets = offsets.map { Vector($0) }
        codes = data.labels.codes
        weights = Vector(data.weights)
        totalWeight = weights.sum()
        columns = StandardisedColumns(data.features, weights: weights)
        let shares = data.classWeights
        thresholdCount = shares.count - 1
        var below = 0.0
        var thresholds: [Double] = []
        for share in shares.dropLast() {
            below += share
            thresholds.append(naturalLogarithm(below / (totalWeight - below)))
        }
        start = Vector(thresholds + [Double](repeating: 0, count: columns.scales.count))
        let total = totalWeight
        nullLogLikelihood = shares.reduce(0) { $0 + $1 * naturalLogarithm($1 / total) }
        switch penalty {
        case .none: ridges = .zeros(columns.scales.count)
        case .l2(let strength): ridges = 1 / (columns.scales * columns.scales * strength)
        }
    }

    /// The parameters of a model of the same features and classes.
    func position(of model: OrdinalRegressionModel) -> Vector<Double> {
        let coefficients = Vector(model.coefficients)
        let shift = coefficients.orderedDot(columns.centre)
        return Vector(
            model.thresholds.map { $0 - shift } + (coefficients * columns.scales).elements)
    }

    /// The penalised likelihood at thresholds and coefficients; nil where thresholds do not ascend.
    func point(_ position: Vector<Double>) -> LikelihoodPoint? {
        let thresholds = Array(position.elements.prefix(thresholdCount))
        let coefficients = Vector(Array(position.elements.dropFirst(thresholdCount)))
        guard zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        let bounds = [-Self.beyond] + thresholds + [Self.beyond]
        let products = columns.products(
            Matrix(rowCount: 1, columnCount: coefficients.count, elements: coefficients.elements)
        ).column(0)
        let scores = offsets.map { products + $0 } ?? products
        let upper = Vector(codes.map { bounds[$0 + 1] }) - scores
        let lower = Vector(codes.map { bounds[$0] }) - scores
        // P(lower < logistic <= upper) = s(upper) s(-lower) gap, without cancellation.
        let gap = -(lower - upper).expm1()
        let (upperRising, lowerFalling) = (upper.sigmoid(), (-lower).sigmoid())
        let (upperFalling, lowerRising) = ((-upper).sigmoid(), lower.sigmoid())
        let logs = upperRising.log() + lowerFalling.log() + gap.log()
        // The derivatives of log P by its ends.
        let rise = upperFalling / (lowerFalling * gap)
        let fall = lowerRising / (upperRising * gap)
        let risePull = rise * rise - rise * (upperFalling - upperRising)
        let fallPull = fall * fall + fall * (lowerFalling - lowerRising)
        let cross = rise * fall
        let value =
            (weights * logs).sum() - (ridges * coefficients * coefficients).sum() / 2
        guard value.isFinite else { return nil }
        return LikelihoodPoint(
            value: value, score: score(weights * rise, weights * fall, coefficients),
            information: information(weights * risePull, weights * fallPull, weights * cross))
    }

    private func score(
        _ rise: Vector<Double>, _ fall: Vector<Double>, _ coefficients: Vector<Double>
    ) -> Vector<Double> {
        var thresholds = [Double](repeating: 0, count: thresholdCount)
        for (row, code) in codes.enumerated() {
            if code < thresholdCount { thresholds[code] += rise[row] }
            if code > 0 { thresholds[code - 1] -= fall[row] }
        }
        let pulls = Matrix(
            rowCount: codes.count, columnCount: 1, elements: (fall - rise).elements)
        let slope = columns.sums(pulls).row(0) - ridges * coefficients
        return Vector(thresholds + slope.elements)
    }

    private func information(
        _ rise: Vector<Double>, _ fall: Vector<Double>, _ cross: Vector<Double>
    ) -> Matrix<Double> {
        let features = columns.scales.count
        let count = thresholdCount + features
        var information = Matrix<Double>.zeros(count, count)
        var mixed = Matrix<Double>.zeros(codes.count, thresholdCount)
        for (row, code) in codes.enumerated() {
            if code < thresholdCount {
                information[code, code] += rise[row]
                mixed[row, code] = cross[row] - rise[row]
            }
            if code > 0 {
                information[code - 1, code - 1] += fall[row]
                mixed[row, code - 1] = cross[row] - fall[row]
            }
            if code > 0, code < thresholdCount {
                information[code, code - 1] -= cross[row]
                information[code - 1, code] -= cross[row]
            }
        }
        let products = columns.sums(mixed)
        let gram = columns.gram(weights: rise + fall - cross * 2)
        for row in 0..<features {
            for column in 0..<features {
                information[thresholdCount + row, thresholdCount + column] = gram[row, column]
            }
            information[thresholdCount + row, thresholdCount + row] += ridges[row]
            for threshold in 0..<thresholdCount {
                information[thresholdCount + row, threshold] = products[threshold, row]
                information[threshold, thresholdCount + row] = products[threshold, row]
            }
        }
        return information
    }

    /// The covariance of thresholds and coefficients in the features' own units and places.
    func covariance(_ information: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        let count = information.rowCount
        var move = Matrix<Double>.zeros(count, count)
        for index in 0..<count { move[index, index] = 1 }
        for feature in columns.scales.indices {
            let place = thresholdCount + feature
            move[place, place] = 1 / columns.scales[feature]
            for threshold in 0..<thresholdCount {
                move[threshold, place] = columns.centre[feature] / columns.scales[feature]
            }
        }
        do {
            return try information.cholesky().inverse().transformed(by: move)
        } catch {
            throw .singular(error)
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// `move self moveᵀ`, exactly symmetric.
    func transformed(by move: Matrix<Double>) -> Matrix<Double> {
        var result = move.matmul(self).matmul(move.transposed)
        for row in 0..<result.rowCount {
            for column in 0..<row { result[column, row] = result[row, column] }
        }
        return result
    }
}
