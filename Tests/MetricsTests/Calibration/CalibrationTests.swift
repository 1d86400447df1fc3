// SPDX-License-Identifier: Apache-2.0

import Metrics
import RealModule
import Testing
import _CreditTestSupport

@Suite("ME6: calibration") struct CalibrationTests {
    @Test(arguments: propertySeeds(25))
    func murphysPartsAddUp(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        for bins in [nil, .equalWidth(3), .equalCount(4)] as [ReliabilityTable.Binning?] {
            let parts = try BrierDecomposition(
                labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights,
                bins: bins)
            expectClose(
                parts.brierScore,
                try brierScore(
                    labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights),
                absolute: 1e-14)
            if bins == nil { expectClose(parts.withinBins, 0, absolute: 1e-14) }
            #expect(parts.reliability >= 0 && parts.resolution >= 0)
        }
    }

    /// Outcomes drawn from other log-odds than foretold show the change.
    @Test func theLineFindsTheMistake() throws {
        var generator = TestGenerator(seed: 2)
        let p = (0..<8000).map { _ in Double.random(in: 0.02..<0.98, using: &generator) }
        let labels = p.map { p in
            // True log-odds: 0.5 + 0.7 times the foretold ones.
            let odds = 1.6487212707 * pow(p / (1 - p), 0.7)
            return Double.random(in: 0..<1, using: &generator) < odds / (1 + odds)
        }
        let line = try CalibrationLine(labels: labels, probabilities: p)
        #expect(abs(line.slope - 0.7) < 3 * line.slopeStandardError)
        #expect(abs(line.intercept - 0.5) < 3 * line.interceptStandardError)
        #expect(line.pValue < 1e-10)
        #expect(try line.slopeInterval().contains(0.7))
        #expect(line.inTheLarge > 0)
        #expect(try !line.inTheLargeInterval().contains(0))
        let spiegelhalter = try SpiegelhalterTest(labels: labels, probabilities: p)
        #expect(spiegelhalter.z > 3)
        let groups = try HosmerLemeshowTest(labels: labels, probabilities: p, isInSample: false)
        #expect(groups.pValue < 1e-6)
        #expect(groups.degreesOfFreedom == 10)
    }

    private func pow(_ base: Double, _ exponent: Double) -> Double { .pow(base, exponent) }

    @Test func badInput() {
        expectError(.notConverged, "separate") { () throws(MetricsError) in
            try CalibrationLine(
                labels: [true, true, false, false], probabilities: [0.9, 0.8, 0.2, 0.1])
        }
        expectError(.noSpread, "all probabilities are 0.5") { () throws(MetricsError) in
            try CalibrationLine(labels: [true, false], probabilities: [0.5, 0.5])
        }
        expectError(.oneClass, "all rows are positive") { () throws(MetricsError) in
            try CalibrationLine(labels: [true, true], probabilities: [0.5, 0.4])
        }
        expectError(.noSpread, "no variance") { () throws(MetricsError) in
            try SpiegelhalterTest(labels: [true, false], probabilities: [0.5, 1])
        }
        expectError(.tooFewRows, "0 degrees") { () throws(MetricsError) in
            try HosmerLemeshowTest(
                labels: [true, false], probabilities: [0.5, 0.4], isInSample: true)
        }
        expectError(.invalidParameter, "clipping 0.0") { () throws(MetricsError) in
            try CalibrationLine(
                labels: [true, false], probabilities: [0.5, 0.4], clipping: 0)
        }
    }
}
