// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct AliasTableTests {
    /// Pearson's statistic of `counts` against `weights`, cells of weight 0 being empty.
    private func chiSquare(_ counts: [Int], _ weights: [Double]) -> Double {
        let scale = Double(counts.reduce(0, +)) / weights.reduce(0, +)
        return zip(counts, weights).reduce(0) { sum, cell in
            guard cell.1 > 0 else { return cell.0 == 0 ? sum : .infinity }
            let difference = Double(cell.0) - cell.1 * scale
            return sum + difference * difference / (cell.1 * scale)
        }
    }

    @Test(arguments: propertySeeds(3))
    func drawsInProportion(seed: UInt64) {
        var stream = RandomStream(seed: seed)
        let weights = [1, 0, 5, 0.25, 0, 2.75, 0.5, 0.5, 9, 1]
        var counts = [Int](repeating: 0, count: weights.count)
        for index in stream.sampleWithReplacement(20_000, weights: weights) { counts[index] += 1 }
        // The 1 - 1e-6 quantile for 7 degrees of freedom.
        #expect(chiSquare(counts, weights) < 40.53, "\(counts)")
        var even = [0, 0, 0, 0]
        for index in stream.sampleWithReplacement(8000, below: 4) { even[index] += 1 }
        #expect(chiSquare(even, [1, 1, 1, 1]) < 30.67, "\(even)")
        // Pairs are independent: a sample of two repeats with probability 1/4.
        let repeats = (0..<4000).count { _ in
            let pair = stream.sampleWithReplacement(2, below: 4)
            return pair[0] == pair[1]
        }
        #expect(chiSquare([repeats, 4000 - repeats], [1, 3]) < 23.93, "\(repeats)")
    }

    @Test(arguments: propertySeeds(20))
    func zerosAreNeverDrawn(seed: UInt64) {
        var generator = TestGenerator(seed: seed)
        let weights = (0..<Int.random(in: 1...30, using: &generator)).map { index in
            index > 0 && Bool.random(using: &generator)
                ? 0 : Double.random(in: 0.1...1, using: &generator)
        }
        let table = AliasTable(weights: weights)
        #expect(table.count == weights.count)
        var stream = RandomStream(seed: seed)
        for _ in 0..<500 { #expect(weights[stream.categorical(table)] > 0) }
    }

    @Test func extremeWeightsWork() {
        var stream = RandomStream(seed: 4)
        let single = AliasTable(weights: [1e-300])
        #expect(stream.categorical(single) == 0)
        let skewed = AliasTable(weights: [1e300, 1e-300, 0, 7e307])
        for _ in 0..<200 { #expect([0, 3].contains(stream.categorical(skewed))) }
        #expect(stream.sampleWithReplacement(0, below: 0) == [])
        #expect(stream.sampleWithReplacement(3, below: 1) == [0, 0, 0])
        #expect(AliasTable(weights: [1, 2]) == AliasTable(weights: [1, 2]))
    }

    @Test func weightsMustBeUsable() async {
        await #expect(processExitsWith: .failure) { _ = AliasTable(weights: []) }
        await #expect(processExitsWith: .failure) { _ = AliasTable(weights: [0, 0]) }
        await #expect(processExitsWith: .failure) { _ = AliasTable(weights: [1, -1]) }
        await #expect(processExitsWith: .failure) { _ = AliasTable(weights: [.infinity]) }
    }
}
