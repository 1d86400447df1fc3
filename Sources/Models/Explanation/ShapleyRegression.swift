// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Shapley values as a weighted regression on memberships whose coefficients sum to the output.
///
/// Source: Charnes and others, Extremal principle solutions of games in characteristic function
/// form, 1988, doi:10.1007/978-94-009-3677-5_7; Covert and Lee, Improving KernelSHAP, 2021,
/// arXiv:2012.01536, section 3.
struct ShapleyRegression {
    private let sample: CoalitionSample
    private let factor: Cholesky<Double>
    /// The solution for a right side of ones.
    private let ones: Vector<Double>

    init(_ sample: CoalitionSample, count: Int) throws(ModelError) {
        var normal = Matrix<Double>.zeros(count, count)
        for (set, weight) in zip(sample.members, sample.weights) {
            let players = set.indices.filter { set[$0] }
            for first in players {
                for second in players { normal[first, second] += weight }
            }
        }
        do {
            factor = try normal.cholesky()
            ones = try factor.solve(.ones(count))
        } catch {
            throw ModelError(
                .rankDeficient,
                "\(sample.members.count) coalitions do not tell \(count) columns apart; "
                    + "raise the sample count", underlying: error)
        }
        self.sample = sample
    }

    /// The values of the players, given the gain of every coalition and of all players together.
    func values(gains: [Double], total: Double) throws(ModelError) -> Vector<Double> {
        var right = Vector<Double>.zeros(ones.count)
        for (index, set) in sample.members.enumerated() {
            let term = sample.weights[index] * gains[index]
            for player in set.indices where set[player] { right[player] += term }
        }
        do {
            let free = try factor.solve(right)
            let excess = (free.sum() - total) / ones.sum()
            return free - ones * excess
        } catch {
            throw ModelError(.nonFinite, "the outputs of coalitions", underlying: error)
        }
    }
}
