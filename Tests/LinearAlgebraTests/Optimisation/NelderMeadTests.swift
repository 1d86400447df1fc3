// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct NelderMeadTests {
    @Test func walksLikeSciPy() throws {
        let runs = try golden("optimisation", as: OptimisationGolden.self).nelderMead
        #expect(runs.count == 3)
        for run in runs {
            let minimum = try NelderMead(isAdaptive: run.isAdaptive).minimise(
                from: Vector(run.start)
            ) { run.function == "beale" ? beale($0).value : rosenbrock($0).value }
            // Rounding differs, so late iterations may part.
            expectClose(
                Double(minimum.report.iterations), Double(run.iterations), relative: 0.03)
            expectClose(minimum.point.elements, run.point, absolute: 1e-7)
            #expect(minimum.report.stopReason == .positionTolerance)
            #expect(minimum.report.gradientNorm == nil)
        }
    }

    @Test func handlesKinksAndBarriers() throws {
        let kink = try NelderMead().minimise(from: [3, -4]) { abs($0[0] - 1) + 2 * abs($0[1]) }
        expectClose(kink.point.elements, [1, 0], absolute: 1e-6)
        let barrier = try NelderMead().minimise(from: [1]) { x in
            x[0] < 0.5 ? .infinity : x[0] * x[0]
        }
        expectClose(barrier.point[0], 0.5, absolute: 1e-6)
        let adaptive = try NelderMead(isAdaptive: true).minimise(from: [5]) {
            ($0[0] - 2) * ($0[0] - 2)
        }
        expectClose(adaptive.point[0], 2, absolute: 1e-6)
    }

    @Test func countsLimitsAndStops() throws {
        var calls = 0
        let limited = try NelderMead(iterationLimit: 10).minimise(from: [-1.2, 1]) { x in
            calls += 1
            return rosenbrock(x).value
        }
        #expect(limited.report.stopReason == .limit && limited.report.iterations == 10)
        #expect(limited.report.evaluations == calls)
        var values: [Double] = []
        let stopped = try NelderMead().minimise(
            from: [-1.2, 1],
            onIteration: { progress in
                values.append(progress.value)
                if progress.iteration == 25 { progress.stop() }
            }, { rosenbrock($0).value })
        #expect(stopped.report.stopReason == .stopped && stopped.value == values.last)
        #expect(values == values.sorted(by: >) && values.count == 25)
    }

    @Test func badFunctionsAndSettingsAreErrors() {
        func code(
            _ recipe: NelderMead = NelderMead(), from start: Vector<Double> = [1, 2],
            _ function: (Vector<Double>) -> Double
        ) -> OptimisationError.Code? {
            #expect(throws: OptimisationError.self) {
                try recipe.minimise(from: start, function)
            }?.code
        }
        #expect(code { _ in .infinity } == .valueNotFinite(evaluation: 1, value: .infinity))
        #expect(
            code { $0[0] > 1 ? -.infinity : 1 }
                == .valueNotFinite(evaluation: 2, value: -.infinity))
        #expect(code(from: [.infinity, 0]) { $0[0] } == .startNotFinite(index: 0))
        #expect(
            code(NelderMead(positionTolerance: -1)) { $0[0] }
                == .invalidSetting(name: "positionTolerance", value: -1))
        let undefined = code { _ in .nan }
        guard case .valueNotFinite(evaluation: 1, let value)? = undefined else {
            Issue.record("no error")
            return
        }
        #expect(value.isNaN)
    }
}
