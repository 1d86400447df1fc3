// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

extension RestrictedBoltzmannModel {
    /// The most units that ``exactLogPartition()`` counts the states of.
    public static let exactPartitionLimit = 20

    /// The logarithm of the partition function, by the sum over all states of the hidden units or,
    /// where these are more, of Bernoulli visible units.
    ///
    /// For Gaussian units the partition function is that of a density in the units of the features.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where more than ``exactPartitionLimit``
    ///   units would have to be counted.
    /// - Complexity: O(2^counted units * other units).
    public func exactLogPartition() throws(ModelError) -> Double {
        let countsVisible = !recipe.visibleUnits.isGaussian && visibleCount < hiddenCount
        let counted = countsVisible ? visibleCount : hiddenCount
        guard counted <= Self.exactPartitionLimit else {
            throw ModelError(
                .incompatible,
                "2^\(counted) states are too many to be counted; estimate the partition function")
        }
        let others = countsVisible ? hiddenCount : visibleCount
        let biases = (countsVisible ? visibleBiases : hiddenBiases).elements.map(Double.init)
        var drives = (countsVisible ? hiddenBiases : visibleBiases).elements.map(Double.init)
        let table = weights.elements.map(Double.init)
        func weight(_ unit: Int, _ other: Int) -> Double {
            countsVisible ? table[unit * hiddenCount + other] : table[other * hiddenCount + unit]
        }
        var (energy, total) = (0.0, LogSum())
        var isOn = [Bool](repeating: false, count: counted)
        for state in 0..<(1 << counted) {
            if state > 0 {
                // The next state of a Gray code differs in one unit.
                let unit = state.trailingZeroBitCount
                let change: Double = isOn[unit] ? -1 : 1
                isOn[unit].toggle()
                energy += change * biases[unit]
                for other in 0..<others { drives[other] += change * weight(unit, other) }
            }
            let rest =
                recipe.visibleUnits.isGaussian
                ? drives.reduce(0) { $0 + 0.5 * $1 * $1 } : softplusSum(drives)
            total.add(energy + rest)
        }
        return total.value + (recipe.visibleUnits.isGaussian ? logVolume : 0)
    }

    /// An estimate of the logarithm of the partition function by annealed importance sampling.
    ///
    /// Chains start from the machine without weights, whose partition function is known, and turn
    /// them on step by step. More steps lower the error more than more chains do.
    ///
    /// R. Salakhutdinov and I. Murray, "On the quantitative analysis of deep belief networks", ICML
    /// 2008, doi:10.1145/1390156.1390266.
    ///
    /// - Parameters:
    ///   - chainCount: independent chains, 2 or more.
    ///   - stepCount: steps from no weights to all of them, 1 or more.
    ///   - seed: what the states are drawn by.
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    /// - Complexity: O(chains * steps * features * hidden units).
    public func estimatedLogPartition(
        chainCount: Int = 100, stepCount: Int = 1000, seed: UInt64 = 0
    ) throws(ModelError) -> LogPartitionEstimate {
        guard (2...1_000_000).contains(chainCount), (1...1_000_000).contains(stepCount) else {
            throw ModelError(
                .invalidRecipe, "\(chainCount) chains of \(stepCount) steps, not 2 and 1 or more")
        }
        let units = BoltzmannUnits(self)
        let annealing = BoltzmannAnnealing(
            units, chainCount: chainCount, stepCount: stepCount, seed: seed)
        let logWeights = annealing.logWeights()
        var start = Double(hiddenCount) * naturalLogarithm(2)
        let biases = visibleBiases.elements.map(Double.init)
        if recipe.visibleUnits.isGaussian {
            start += biases.reduce(0) { $0 + 0.5 * $1 * $1 } + logVolume
        } else {
            start += softplusSum(biases)
        }
        return LogPartitionEstimate(start: start, logWeights: logWeights)
    }

    /// The logarithm of the integral of `exp(-sum s[i]² / 2)` over the features.
    private var logVolume: Double {
        let logRoot = 0.9189385332046727  // log(2 pi) / 2
        return deviations.elements.reduce(0) { $0 + logRoot + naturalLogarithm(Double($1)) }
    }
}

/// The logarithm of a sum of exponentials, term by term.
struct LogSum {
    private var largest = -Double.infinity
    private var scaled = 0.0

    mutating func add(_ term: Double) {
        if term <= largest {
            scaled += exponential(term - largest)
        } else {
            scaled = scaled * exponential(largest - term) + 1
            largest = term
        }
    }

    var value: Double { largest + naturalLogarithm(scaled) }
}
