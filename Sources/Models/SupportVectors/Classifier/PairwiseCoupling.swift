// SPDX-License-Identifier: Apache-2.0

/// Class probabilities that agree best with those of the pairs.
///
/// With `r[i, j]` the probability of class `i` against `j`, they minimise the sum over the pairs of
/// `(r[j, i] p[i] - r[i, j] p[j])²` among probabilities.
///
/// Source: Wu, Lin and Weng, Probability estimates for multi-class classification by pairwise
/// coupling, JMLR 5, 2004, algorithm 2.
///
/// - Parameters:
///   - ofSecond: for each pair the probability of its second class; the first class with all later
///     ones, then the second, and so on.
///   - count: the number of classes, at least 2.
func coupled(_ ofSecond: [Double], classCount count: Int) -> [Double] {
    if count == 2 { return [1 - ofSecond[0], ofSecond[0]] }
    // Certain pairs would leave nothing to agree on.
    let limit = 1e-7
    var against = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var pair = 0
    for first in 0..<count {
        for second in (first + 1)..<count {
            against[second][first] = min(max(ofSecond[pair], limit), 1 - limit)
            against[first][second] = 1 - against[second][first]
            pair += 1
        }
    }
    var form = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for i in 0..<count {
        for j in 0..<count where j != i {
            form[i][i] += against[j][i] * against[j][i]
            form[i][j] = -against[j][i] * against[i][j]
        }
    }
    var shares = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<1000 {
        var products = form.map { row in zip(row, shares).reduce(0) { $0 + $1.0 * $1.1 } }
        var square = zip(shares, products).reduce(0) { $0 + $1.0 * $1.1 }
        if products.allSatisfy({ abs($0 - square) < 1e-12 }) { break }
        for i in 0..<count {
            let change = (square - products[i]) / form[i][i]
            shares[i] += change
            square =
                (square + change * (change * form[i][i] + 2 * products[i]))
                / ((1 + change) * (1 + change))
            for j in 0..<count {
                products[j] = (products[j] + change * form[i][j]) / (1 + change)
                shares[j] /= 1 + change
            }
        }
    }
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
}
