// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct BrentTests {
    /// Brent's series with poles at 1, 4, 9, ..., 400 ("Algorithms for Minimization without
    /// Derivatives", table 5.1), and its slope.
    private static func series(_ x: Double) -> (value: Double, slope: Double) {
        var (value, slope) = (0.0, 0.0)
        for i in 1...20 {
            let distance = x - Double(i * i)
            let term = Double(2 * i - 5) / distance
            value += term * term
            slope -= 2 * term * term / distance
        }
        return (value, slope)
    }

    @Test func findsTheMinimaOfBrentsSeries() throws {
        let minima = try golden("optimisation", as: OptimisationGolden.self).brentMinima
        // As published, to the digits that are printed.
        expectClose(minima[0], 3.0229153, absolute: 5e-8)
        expectClose(minima[18], 380.2687097, absolute: 5e-8)
        var total = 0
        for (index, expected) in minima.enumerated() {
            let n = Double(index + 1)
            var calls = 0
            let result = try BrentMinimum().minimise(
                in: n * n + 1e-9...(n + 1) * (n + 1) - 1e-9
            ) { x in
                calls += 1
                return Self.series(x).value
            }
            expectClose(result.position, expected, relative: 3e-8)
            #expect(result.report.hasConverged && result.report.evaluations == calls)
            #expect(calls < 45 && result.report.iterations == calls - 1)
            #expect(result.value == Self.series(result.position).value)
            total += calls
        }
        // Parabolas need about 10 evaluations each; golden sections alone would need 40.
        #expect(total < 200, "\(total)")
    }

    @Test func findsTheRootsOfItsSlope() throws {
        let roots = try golden("optimisation", as: OptimisationGolden.self).brentMinima
        for (index, expected) in roots.enumerated() {
            let n = Double(index + 1)
            var calls = 0
            let root = try BrentRoot().solve(
                in: n * n + 1e-9...(n + 1) * (n + 1) - 1e-9
            ) { x in
                calls += 1
                return Self.series(x).slope
            }
            expectClose(root.position, expected, relative: 4 * Double.ulpOfOne, absolute: 1e-12)
            #expect(root.report.hasConverged && root.report.evaluations == calls && calls < 100)
        }
    }

    @Test func findsRootsOfKnownPosition() throws {
        let cubic = try BrentRoot(tolerance: 0).solve(in: 2...3) { $0 * $0 * $0 - 2 * $0 - 5 }
        // Wallis's equation, to 17 digits.
        expectUlps(cubic.position, 2.0945514815423266, ulps: 8)
        #expect(cubic.report.evaluations < 15)
        let flat = try BrentRoot().solve(in: -1...4) { x in
            let cube = (x - 1) * (x - 1) * (x - 1)
            return cube * cube * cube
        }
        expectClose(flat.position, 1, absolute: 1e-12)
        #expect(flat.report.evaluations < 300)
        let jump = try BrentRoot().solve(in: -3...7) { $0 < 1.0 / 3 ? -.infinity : 2 }
        expectClose(jump.position, 1.0 / 3, absolute: 2e-12)
        // Ends count as roots, whatever the other sign.
        #expect(try BrentRoot().solve(in: 0...2) { $0 }.position == 0)
        #expect(try BrentRoot().solve(in: -2...0) { $0 }.position == 0)
        #expect(try BrentRoot().solve(in: 0...0) { $0 }.report.evaluations == 2)
        let falling = try BrentRoot().solve(in: 0...2) { cos($0) }
        expectClose(falling.position, .pi / 2, absolute: 1e-12)
    }

    @Test(arguments: propertySeeds(20))
    func rootsStayEnclosed(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let root = Double.random(in: -5...5, using: &generator)
        let power = Double.random(in: 0.2...5, using: &generator)
        let sign: Double = Bool.random(using: &generator) ? 1 : -1
        let interval =
            root - Double.random(in: 0...9, using: &generator)...root
            + Double.random(in: 0...9, using: &generator)
        let found = try BrentRoot(tolerance: 1e-9).solve(in: interval) { x in
            #expect(interval.contains(x))
            return sign * (x < root ? -1 : 1) * pow(abs(x - root), power)
        }
        // Where the value underflows to 0 every point is a root.
        let doubt = pow(Double.leastNonzeroMagnitude, 1 / power)
        expectClose(found.position, root, relative: 1e-15, absolute: 1e-9 + doubt)
        #expect(found.report.hasConverged)
    }

    @Test func findsMinimaOfKnownPosition() throws {
        let parabola = try BrentMinimum().minimise(in: -10...3) { ($0 - 1.25) * ($0 - 1.25) }
        expectClose(parabola.position, 1.25, absolute: 1e-9)
        #expect(parabola.report.evaluations < 12)
        let kink = try BrentMinimum().minimise(in: -1...5) { abs($0 - 2) }
        expectClose(kink.position, 2, absolute: 1e-7)
        let edge = try BrentMinimum().minimise(in: 1...2) { $0 }
        expectClose(edge.position, 1, absolute: 1e-7)
        let barrier = try BrentMinimum().minimise(in: -5...5) { x in
            x <= 0 ? .infinity : x - log(x)
        }
        expectClose(barrier.position, 1, absolute: 1e-7)
    }

    @Test func badIntervalsAreErrors() {
        func rootCode(
            _ interval: ClosedRange<Double>, _ function: (Double) -> Double
        ) -> OptimisationError.Code? {
            #expect(throws: OptimisationError.self) {
                try BrentRoot().solve(in: interval, function)
            }?.code
        }
        #expect(
            rootCode(-1...2) { $0 * $0 + 1 }
                == .notABracket(lower: -1, upper: 2, lowerValue: 2, upperValue: 5))
        #expect(rootCode(0 ... .infinity) { $0 - 1 } == .startNotFinite(index: 1))
        let error = #expect(throws: OptimisationError.self) {
            try BrentRoot().solve(in: 0...1) { $0 == 0 ? -1 : $0 == 1 ? 1 : .nan }
        }
        #expect(error?.description == "Brent root: the function is nan at evaluation 3")
        #expect(throws: OptimisationError.self) {
            try BrentRoot(tolerance: -1).solve(in: 0...1) { $0 - 0.5 }
        }
        #expect(throws: OptimisationError.self) {
            try BrentMinimum(tolerance: 0).minimise(in: 0...1) { $0 }
        }
        #expect(throws: OptimisationError.self) {
            try BrentMinimum().minimise(in: 0...1) { _ in .nan }
        }
        #expect(throws: OptimisationError.self) {
            try BrentMinimum().minimise(in: -.infinity...1) { $0 }
        }
    }

    @Test func limitsAndObserversStop() throws {
        let limited = try BrentRoot(iterationLimit: 2).solve(in: 0...3) { $0 * $0 - 2 }
        #expect(limited.report.stopReason == .limit && limited.report.evaluations == 4)
        let stopped = try BrentRoot().solve(in: 0...3, onIteration: { $0.stop() }) { $0 * $0 - 2 }
        #expect(stopped.report.stopReason == .stopped && stopped.report.iterations == 1)
        let minimum = try BrentMinimum(iterationLimit: 3).minimise(in: 0...3) { cos($0) }
        #expect(minimum.report.stopReason == .limit && minimum.report.evaluations == 4)
        let ended = try BrentMinimum().minimise(in: 0...3, onIteration: { $0.stop() }) { cos($0) }
        #expect(ended.report.stopReason == .stopped && ended.report.iterations == 1)
    }
}
