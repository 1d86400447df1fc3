// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct GradientMethodFailureTests {
    typealias Method = GradientMethodTests.Method

    @Test(arguments: Method.allCases)
    func notANumberIsAnError(_ method: Method) {
        func code(
            from start: Vector<Double>, _ function: DifferentiableFunction
        ) -> OptimisationError.Code? {
            let error = #expect(throws: OptimisationError.self) {
                try method.minimise(from: start, function, hessian: { _ in .identity(2) })
            }
            return error?.code
        }
        #expect(code(from: [0, .nan], rosenbrock) == .startNotFinite(index: 1))
        let unbounded = code(from: [0, 0]) { _ in (-.infinity, [0, 0]) }
        #expect(unbounded == .valueNotFinite(evaluation: 1, value: -.infinity))
        let outside = code(from: [0, 0]) { _ in (.infinity, [0, 0]) }
        #expect(outside == .valueNotFinite(evaluation: 1, value: .infinity))
        let noGradient = code(from: [0, 0]) { _ in (1, [0, .infinity]) }
        #expect(noGradient == .derivativeNotFinite(evaluation: 1, index: 1))
        var calls = 0
        let later = code(from: [-1.2, 1]) { x in
            calls += 1
            return calls < 4 ? rosenbrock(x) : (.nan, x)
        }
        guard case .valueNotFinite(evaluation: 4, let value)? = later else {
            Issue.record("\(String(describing: later))")
            return
        }
        #expect(value.isNaN)
    }

    @Test(arguments: Method.allCases)
    func limitsAndObserversStop(_ method: Method) throws {
        let limited = try method.minimise(
            from: [-1.2, 1], limit: 3, rosenbrock, hessian: rosenbrockHessian)
        #expect(limited.report.stopReason == .limit && limited.report.iterations == 3)
        #expect(!limited.report.hasConverged)
        let none = try method.minimise(
            from: [-1.2, 1], limit: 0, rosenbrock, hessian: rosenbrockHessian)
        #expect(none.report.evaluations == 1 && none.point == [-1.2, 1])
        var seen: Vector<Double>?
        let stopped = try method.minimise(
            from: [-1.2, 1],
            onIteration: { progress in
                seen = progress.point
                #expect(rosenbrock(progress.point).value == progress.value)
                if progress.iteration == 5 { progress.stop() }
            }, rosenbrock, hessian: rosenbrockHessian)
        #expect(stopped.report.stopReason == .stopped && stopped.report.iterations == 5)
        #expect(stopped.point == seen)
        let done = try method.minimise(
            from: [1, 1], rosenbrock, hessian: rosenbrockHessian)
        #expect(done.report.iterations == 0 && done.report.stopReason == .gradientTolerance)
    }

    @Test(arguments: Method.allCases)
    func wrongGradientsEndWithoutProgress(_ method: Method) throws {
        let minimum = try method.minimise(
            from: [1, 2], { x in (x.orderedDot(x), x * -2) }, hessian: { _ in .identity(2) })
        #expect(minimum.report.stopReason == .noProgress && minimum.point == [1, 2])
        #expect(minimum.report.evaluations < 300)
    }

    @Test(arguments: Method.allCases)
    func toleranceBelowRoundingEnds(_ method: Method) throws {
        let minimum = try method.minimise(
            from: [-1.2, 1], tolerance: 0, limit: 1000,
            { x in
                let (value, gradient) = rosenbrock(x)
                return (value + 7, gradient)
            }, hessian: rosenbrockHessian)
        #expect(minimum.report.stopReason != .limit, "\(minimum.report)")
        expectClose(minimum.point.elements, [1, 1], absolute: 1e-6)
    }

    @Test func valueToleranceStops() throws {
        let loose = try LBFGS(valueTolerance: 1e-3).minimise(from: [-1.2, 1], rosenbrock)
        #expect(loose.report.stopReason == .valueTolerance && loose.report.hasConverged)
    }

    @Test func settingsAreChecked() {
        func code(_ run: () throws -> Minimum) -> OptimisationError.Code? {
            #expect(throws: OptimisationError.self) { try run() }?.code
        }
        #expect(
            code { try LBFGS(historyCount: 0).minimise(from: [0, 0], rosenbrock) }
                == .invalidSetting(name: "historyCount", value: 0))
        #expect(
            code { try LBFGS(gradientTolerance: -1).minimise(from: [0, 0], rosenbrock) }
                == .invalidSetting(name: "gradientTolerance", value: -1))
        #expect(
            code {
                try NonlinearConjugateGradient(iterationLimit: -1)
                    .minimise(from: [0, 0], rosenbrock)
            } == .invalidSetting(name: "iterationLimit", value: -1))
        #expect(
            code {
                try TrustRegionNewton(initialRadius: 0)
                    .minimise(from: [0, 0], rosenbrock, hessian: rosenbrockHessian)
            } == .invalidSetting(name: "initialRadius", value: 0))
        let error = OptimisationErrorText(
            code {
                try TrustRegionNewton(largestRadius: .infinity)
                    .minimise(from: [0, 0], rosenbrock, hessian: rosenbrockHessian)
            })
        #expect(error.name == "largestRadius")
        let thrown = #expect(throws: OptimisationError.self) {
            try LBFGS(valueTolerance: -2).minimise(from: [0, 0], rosenbrock)
        }
        #expect(thrown?.description == "L-BFGS: valueTolerance is -2.0")
    }

    @Test func notFiniteCurvatureIsAnError() {
        let error = #expect(throws: OptimisationError.self) {
            try TrustRegionNewton().minimise(
                from: [0, 0], rosenbrock, curvature: { _ in { _ in [1, .nan] } })
        }
        #expect(error?.code == .derivativeNotFinite(evaluation: 1, index: 1))
    }

    @Test func recipesAndReportsAreCodable() throws {
        let recipe = LBFGS(historyCount: 7, gradientTolerance: 1e-5)
        let data = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(LBFGS.self, from: data) == recipe)
        let minimum = try recipe.minimise(from: [-1.2, 1], rosenbrock)
        let report = try JSONEncoder().encode(minimum)
        #expect(try JSONDecoder().decode(Minimum.self, from: report) == minimum)
    }

    private struct OptimisationErrorText {
        var name: String?
        init(_ code: OptimisationError.Code?) {
            if case .invalidSetting(let name, _)? = code { self.name = name }
        }
    }
}
