// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite struct ReliabilityTableTests {
    @Test func equalWidthByHand() throws {
        // 0.3 lies on an edge and belongs to the upper bin, 1 to the last one.
        let table = try ReliabilityTable(
            labels: [false, true, true, false, true], probabilities: [0.1, 0.3, 0.35, 0.05, 1],
            bins: .equalWidth(10))
        #expect(table.bins.map(\.lowerBound) == [0, 0.1, 0.3, 0.9])
        #expect(table.bins.map(\.upperBound) == [0.1, 0.2, 0.4, 1])
        #expect(table.bins.map(\.rowCount) == [1, 1, 2, 1])
        #expect(table.bins.map(\.observedRate) == [0, 0, 1, 1])
        expectClose(table.bins.map(\.meanProbability), [0.05, 0.1, 0.325, 1], absolute: 1e-15)
        expectClose(
            table.expectedCalibrationError, (0.05 + 0.1 + 2 * 0.675) / 5, absolute: 1e-15)
        expectClose(table.maximumCalibrationError, 0.675, absolute: 1e-15)
    }

    @Test func equalCountByHand() throws {
        let table = try ReliabilityTable(
            labels: [true, false, false, true, false],
            probabilities: [0.9, 0.2, 0.1, 0.4, 0.3], bins: .equalCount(2))
        #expect(table.bins.map(\.rowCount) == [2, 3])
        #expect(table.bins.map(\.lowerBound) == [0.1, 0.3])
        #expect(table.bins.map(\.upperBound) == [0.2, 0.9])
        // Ties stay together, so one value makes one bin.
        let tied = try ReliabilityTable(
            labels: [true, false, true], probabilities: [0.5, 0.5, 0.5], bins: .equalCount(3))
        #expect(tied.bins.count == 1)
        expectClose(tied.bins[0].observedRate, 2.0 / 3, absolute: 1e-16)
    }

    @Test(arguments: propertySeeds(60))
    func binsHoldTheirRows(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 1...400, using: &generator)
        let width = Int.random(in: 1...50, using: &generator)
        let edges = (0...width).map { Double($0) / Double(width) }
        let p = (0..<count).map { _ -> Double in
            let edge = edges.randomElement(using: &generator)!
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: return edge
            case 1: return max(0, edge.nextDown)
            default: return Double.random(in: 0...1, using: &generator)
            }
        }
        let labels = p.map { Double.random(in: 0..<1, using: &generator) < $0 }
        let table = try ReliabilityTable(
            labels: labels, probabilities: p, bins: .equalWidth(width))
        for bin in table.bins {
            let rows = p.indices.filter {
                p[$0] >= bin.lowerBound
                    && (p[$0] < bin.upperBound || (bin.upperBound == 1 && p[$0] == 1))
            }
            #expect(rows.count == bin.rowCount)
            #expect(rows.count { labels[$0] } == Int((bin.observedRate * bin.weight).rounded()))
        }
        #expect(table.bins.reduce(0) { $0 + $1.rowCount } == count)
        // Distinct probabilities: bins of equal count differ by at most one row.
        let distinct = (0..<count).map { (Double($0) + 0.5) / Double(count) }
        let sizes = try ReliabilityTable(
            labels: labels, probabilities: distinct, bins: .equalCount(width)
        ).bins.map(\.rowCount)
        #expect(sizes.count == min(width, count))
        #expect(sizes.max()! - sizes.min()! <= 1)
    }
}
