// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// A loss in the scores of the rows, with its gradients and curvatures.
enum BoostingObjective: Sendable {
    /// The log loss of two classes; targets are 0 or 1.
    case logistic([Double])
    /// The log loss of three and more classes.
    case multinomial([Int], classCount: Int)
    /// Half the squared error.
    case squared([Double])
    /// The deviance of counts, whose logarithm is the score.
    case poisson([Double])
    /// The loss whose least value is at a quantile.
    case quantile([Double], level: Double)
    /// A loss of the user's.
    case custom(CustomObjective)

    /// The number of scores of a row.
    var outputCount: Int {
        if case .multinomial(_, let classCount) = self { return classCount }
        return 1
    }

    /// The scores that lower the loss most without any tree.
    func base(_ weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        func mean(_ values: [Double]) -> Double {
            zip(values, weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
        }
        switch self {
        case .logistic(let targets):
            let share = mean(targets)
            return [naturalLogarithm(share) - naturalLogarithm(1 - share)]
        case .multinomial(let codes, let classCount):
            var shares = [Double](repeating: 0, count: classCount)
            for (code, weight) in zip(codes, weights) { shares[code] += weight / total }
            // A class without rows has a share that is small, not 0, so that scores are finite.
            return shares.map { naturalLogarithm(max($0, 1e-12)) }
        case .squared(let targets): return [mean(targets)]
        case .poisson(let targets): return [naturalLogarithm(max(mean(targets), 1e-12))]
        case .quantile(let targets, let level):
            return [weightedQuantile(zip(targets, weights).filter { $0.1 > 0 }, level)]
        case .custom(let custom): return [custom.base(weights)]
        }
    }

    /// Negative gradients and curvatures of the scores of one output, times the weights.
    func gradients(
        _ scores: [Double], output: Int, weights: [Double], a: inout [Double], b: inout [Double]
    ) {
        let count = weights.count
        switch self {
        case .logistic(let targets):
            a.withUnsafeMutableBufferPointer { a in
                b.withUnsafeMutableBufferPointer { b in
                    nonisolated(unsafe) let (a, b) = (a.baseAddress!, b.baseAddress!)
                    concurrently(count, minimum: 1 << 15) { start, length in
                        scores.withUnsafeBufferPointer { scores in
                            targets.withUnsafeBufferPointer { targets in
                                weights.withUnsafeBufferPointer { weights in
                                    credit_tree_logistic_f64(
                                        length, scores.baseAddress! + start,
                                        targets.baseAddress! + start,
                                        weights.baseAddress! + start, a + start, b + start)
                                }
                            }
                        }
                    }
                }
            }
        case .multinomial(let codes, let classCount):
            var shares = [Double](repeating: 0, count: classCount)
            for row in 0..<count {
                let own = Array(scores[row * classCount..<(row + 1) * classCount])
                credit_softmax_f64(1, classCount, own, &shares)
                let p = shares[output]
                a[row] = weights[row] * ((codes[row] == output ? 1 : 0) - p)
                b[row] =
                    weights[row] * p * (1 - p) * Double(classCount) / Double(classCount - 1)
            }
        case .squared(let targets):
            for row in 0..<count {
                a[row] = weights[row] * (targets[row] - scores[row])
                b[row] = weights[row]
            }
        case .poisson(let targets):
            var means = scores
            credit_exp_f64(count, scores, &means)
            for row in 0..<count {
                a[row] = weights[row] * (targets[row] - means[row])
                b[row] = weights[row] * means[row]
            }
        case .quantile(let targets, let level):
            for row in 0..<count {
                a[row] = weights[row] * (targets[row] > scores[row] ? level : level - 1)
                b[row] = weights[row]
            }
        case .custom(let custom): custom.gradients(scores, weights: weights, a: &a, b: &b)
        }
    }

    /// The mean loss of rows of these weights.
    func loss(_ scores: [Double], weights: [Double]) -> Double {
        let count = weights.count
        var losses = [Double](repeating: 0, count: count)
        switch self {
        case .logistic(let targets):
            let signed = (0..<count).map { targets[$0] == 1 ? -scores[$0] : scores[$0] }
            credit_softplus_f64(count, signed, &losses)
        case .multinomial(let codes, let classCount):
            var logarithms = scores
            credit_log_softmax_f64(count, classCount, scores, &logarithms)
            for row in 0..<count { losses[row] = -logarithms[row * classCount + codes[row]] }
        case .squared(let targets):
            for row in 0..<count {
                let difference = targets[row] - scores[row]
                losses[row] = difference * difference / 2
            }
        case .poisson(let targets):
            credit_exp_f64(count, scores, &losses)
            for row in 0..<count { losses[row] -= targets[row] * scores[row] }
        case .quantile(let targets, let level):
            for row in 0..<count {
                let difference = targets[row] - scores[row]
                losses[row] = difference * (difference > 0 ? level : level - 1)
            }
        case .custom(let custom): losses = custom.losses(scores)
        }
        let total = weights.reduce(0, +)
        return zip(losses, weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
    }

    /// The objective of some of the rows.
    func gathering(_ rows: [Int]) -> BoostingObjective {
        switch self {
        case .logistic(let targets): .logistic(rows.map { targets[$0] })
        case .multinomial(let codes, let classCount):
            .multinomial(rows.map { codes[$0] }, classCount: classCount)
        case .squared(let targets): .squared(rows.map { targets[$0] })
        case .poisson(let targets): .poisson(rows.map { targets[$0] })
        case .quantile(let targets, let level):
            .quantile(rows.map { targets[$0] }, level: level)
        case .custom(let custom):
            .custom(CustomObjective(targets: rows.map { custom.targets[$0] }, loss: custom.loss))
        }
    }
}

/// The least of the values up to which `level` of the weight lies.
func weightedQuantile(_ values: [(Double, Double)], _ level: Double) -> Double {
    let sorted = values.sorted { $0 < $1 }
    let wanted = level * sorted.reduce(0) { $0 + $1.1 }
    var sum = 0.0
    for (value, weight) in sorted {
        sum += weight
        if sum >= wanted { return value }
    }
    return sorted.last?.0 ?? 0
}
