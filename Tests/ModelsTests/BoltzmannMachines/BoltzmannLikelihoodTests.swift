// SPDX-License-Identifier: Apache-2.0

import CCreditKernels
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RB1: Boltzmann machines against sums over all states")
struct BoltzmannLikelihoodTests {
    let golden: BoltzmannGolden

    init() throws { golden = try BoltzmannGolden() }

    private var machines: [BoltzmannGolden.Machine] {
        [golden.bernoulli, golden.gaussian, golden.bits, golden.numbers]
    }

    @Test("hidden probabilities, reconstructions and free energies")
    func passes() throws {
        for machine in machines {
            let model = try machine.model
            let features = machine.features
            expectClose(
                try model.hiddenProbabilities(features).elements,
                machine.hidden.flatMap { $0 }, absolute: 2e-6)
            expectClose(
                try model.reconstruction(features).elements,
                machine.reconstruction.flatMap { $0 }, relative: 1e-5, absolute: 2e-6)
            expectClose(
                try model.freeEnergies(features), machine.freeEnergies, relative: 1e-5,
                absolute: 1e-5)
        }
    }

    @Test("the partition function, counted over the hidden or the visible units")
    func exactPartition() throws {
        for machine in machines {
            expectClose(
                try machine.model.exactLogPartition(), machine.logPartition, relative: 1e-7)
        }
        let wide = try RestrictedBoltzmannModel(
            recipe: RestrictedBoltzmannMachine(hiddenCount: 40), featureNames: ["a", "b"],
            weights: .zeros(2, 40), visibleBiases: [0, 0], hiddenBiases: .zeros(40))
        // 42 free bits.
        expectClose(
            try wide.exactLogPartition(), 42 * 0.6931471805599453, relative: 1e-12)
        let tooWide = try RestrictedBoltzmannModel(
            recipe: RestrictedBoltzmannMachine(hiddenCount: 40, visibleUnits: .gaussian()),
            featureNames: ["a", "b"], weights: .zeros(2, 40), visibleBiases: [0, 0],
            hiddenBiases: .zeros(40))
        #expect(modelError { _ = try tooWide.exactLogPartition() }?.code == .incompatible)
    }

    @Test("annealed importance sampling finds the partition function of 10 x 10 units within 1 %")
    func annealing() throws {
        for machine in [golden.bits, golden.numbers] {
            let estimate = try machine.model.estimatedLogPartition(
                chainCount: 120, stepCount: 1000, seed: 5)
            expectClose(estimate.value, machine.logPartition, absolute: 0.01)
            #expect(estimate.relativeError > 0 && estimate.relativeError < 0.01)
            #expect((80...120).contains(estimate.effectiveChainCount))
        }
        let model = try golden.bits.model
        #expect(
            modelError { _ = try model.estimatedLogPartition(chainCount: 1) }?.code
                == .invalidRecipe)
    }

    @Test("the pseudo-likelihood is that of every bit given the others")
    func pseudoLikelihood() throws {
        for machine in [golden.bernoulli, golden.bits] {
            let expected = try #require(machine.pseudoLogLikelihoods)
            expectClose(
                try machine.model.pseudoLogLikelihoods(machine.features), expected,
                relative: 1e-5)
        }
        let half = Matrix<Double>(rows: [[0, 1, 0.5]])
        let bits = try golden.bernoulli.model
        #expect(modelError { _ = try bits.pseudoLogLikelihoods(half) }?.code == .invalidValue)
    }

    @Test("the pseudo-likelihood of numbers is a mixture over all states of the hidden units")
    func pseudoDensity() throws {
        for machine in [golden.gaussian, golden.numbers] {
            let model = try machine.model
            let (w, a, b) = (machine.weights, machine.visibleBiases, machine.hiddenBiases)
            let sigma = try #require(machine.deviations)
            let logRoot = 0.9189385332046727
            let expected = machine.rows.prefix(4).map { row in
                let s = zip(row, sigma).map { $0 / $1 }
                return s.indices.reduce(0.0) { sum, i in
                    var (here, all) = (0.0, 0.0)
                    for state in 0..<(1 << b.count) {
                        let on = b.indices.filter { state >> $0 & 1 == 1 }
                        let others = s.indices.filter { $0 != i }.reduce(0) { sum, k in
                            sum + s[k] * on.reduce(0) { $0 + w[k][$1] }
                        }
                        let mean = a[i] + on.reduce(0) { $0 + w[i][$1] }
                        let weight = on.reduce(0) { $0 + b[$1] } + others
                        here += (weight + s[i] * mean - 0.5 * s[i] * s[i]).exponential
                        all += (weight + 0.5 * mean * mean).exponential
                    }
                    return sum + (here / all).logarithm - logRoot - sigma[i].logarithm
                }
            }
            expectClose(
                Array(try model.pseudoLogLikelihoods(machine.features).prefix(4)), expected,
                relative: 1e-5, absolute: 1e-5)
        }
    }

    @Test("Gibbs sampling draws rows as often as they are likely")
    func sampling() throws {
        let model = try golden.bernoulli.model
        let logZ = try model.exactLogPartition()
        let all = Matrix<Double>(
            rows: (0..<8).map { state in (0..<3).map { Double(state >> (2 - $0) & 1) } })
        let count = 20_000
        let draws = try model.samples(count, stepCount: 30, seed: 3)
        let walked = try model.samples(from: draws, stepCount: 2, seed: 4)
        let shares = try model.logLikelihoods(all, logPartition: logZ).map { $0.exponential }
        expectClose(shares.reduce(0, +), 1, relative: 1e-6)
        for sample in [draws, walked] {
            var counts = [Double](repeating: 0, count: 8)
            for row in 0..<count {
                let state = (0..<3).reduce(0) { 2 * $0 + Int(sample[row, $1]) }
                counts[state] += 1
            }
            for (seen, share) in zip(counts, shares) {
                let error = (share * (1 - share) * Double(count)).squareRoot()
                #expect(abs(seen - share * Double(count)) < 4 * error)
            }
        }
        #expect(try model.samples(5, stepCount: 2) == model.samples(5, stepCount: 2))
        #expect(try model.samples(0).rowCount == 0)
    }

    @Test("samples of numbers have the means and deviations of the machine")
    func gaussianSampling() throws {
        let machine = golden.gaussian
        let model = try machine.model
        // Moments by counting: the gradient of one row at the mean of the hidden units is not
        // needed, only the machine's own probabilities of the hidden states.
        let (w, a, b) = (machine.weights, machine.visibleBiases, machine.hiddenBiases)
        let sigma = try #require(machine.deviations)
        var (total, means, squares) = (0.0, [0.0, 0, 0], [0.0, 0, 0])
        for state in 0..<4 {
            let h = [Double(state & 1), Double(state >> 1)]
            let drives = (0..<3).map { a[$0] + w[$0][0] * h[0] + w[$0][1] * h[1] }
            let share = (b[0] * h[0] + b[1] * h[1] + drives.reduce(0) { $0 + 0.5 * $1 * $1 })
                .exponential
            total += share
            for i in 0..<3 {
                means[i] += share * sigma[i] * drives[i]
                squares[i] += share * sigma[i] * sigma[i] * (1 + drives[i] * drives[i])
            }
        }
        let count = 20_000
        let draws = try model.samples(count, stepCount: 20, seed: 8)
        for i in 0..<3 {
            let mean = means[i] / total
            let variance = squares[i] / total - mean * mean
            let column = draws.column(i).elements
            let seen = column.reduce(0, +) / Double(count)
            #expect(abs(seen - mean) < 4 * (variance / Double(count)).squareRoot())
            let spread = column.reduce(0) { $0 + ($1 - seen) * ($1 - seen) } / Double(count)
            expectClose(spread, variance, relative: 0.05)
        }
    }

    @Test("random words are the published ones of Philox4x32-10")
    func words() {
        // Random123, kat_vectors: counter, key and result.
        let cases: [(counter: [UInt32], key: UInt64, result: [UInt32])] = [
            ([0, 0, 0, 0], 0, [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
            (
                [.max, .max, .max, .max], .max,
                [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]
            ),
            (
                [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], 0x299F_31D0_A409_3822,
                [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
            ),
        ]
        for (counter, key, result) in cases {
            var words = [UInt32](repeating: 0, count: 64)
            let place = credit_random_place(
                key: key, step: UInt64(counter[3]) << 32 | UInt64(counter[2]))
            credit_random_words(place, counter[1], counter[0] / 16, &words)
            let lane = Int(counter[0] % 16)
            #expect((0..<4).map { words[16 * $0 + lane] } == result)
        }
    }

    @Test("normal numbers are the quantiles of their words")
    func normals() {
        let place = credit_random_place(key: 99, step: 7)
        var drawn = [Float](repeating: 0, count: 256)
        credit_unit_normals(4, 64, 64, place, 0, &drawn)
        for row in 0..<4 {
            var words = [UInt32](repeating: 0, count: 64)
            credit_random_words(place, UInt32(row), 0, &words)
            for (index, word) in words.enumerated() {
                let probability = (Double(word >> 8) + 0.5) * 0x1p-24
                expectClose(
                    Double(drawn[64 * row + index]), normalQuantile(probability), relative: 2e-6,
                    absolute: 1e-7, "row \(row), word \(index)")
            }
        }
    }
}

extension Double {
    fileprivate var exponential: Double { Vector([self]).exp()[0] }
    fileprivate var logarithm: Double { Vector([self]).log()[0] }
}
