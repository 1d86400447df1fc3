// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

/// L-BFGS, nonlinear conjugate gradients and Newton in a trust region, on the same problems.
@Suite struct GradientMethodTests {
    enum Method: String, CaseIterable, Sendable {
        case lbfgs
        case conjugateGradient
        case newton

        func minimise(
            from start: Vector<Double>, tolerance: Double = 1e-8, limit: Int = 5000,
            onIteration observer: OptimisationObserver? = nil, _ function: DifferentiableFunction,
            hessian: (Vector<Double>) -> Matrix<Double>
        ) throws(OptimisationError) -> Minimum {
            switch self {
            case .lbfgs:
                try LBFGS(gradientTolerance: tolerance, iterationLimit: limit).minimise(
                    from: start, onIteration: observer, function)
            case .conjugateGradient:
                try NonlinearConjugateGradient(gradientTolerance: tolerance, iterationLimit: limit)
                    .minimise(from: start, onIteration: observer, function)
            case .newton:
                try TrustRegionNewton(gradientTolerance: tolerance, iterationLimit: limit)
                    .minimise(from: start, onIteration: observer, function, hessian: hessian)
            }
        }
    }

    @Test(arguments: Method.allCases, [2, 5, 30])
    func climbsDownRosenbrocksValley(_ method: Method, count: Int) throws {
        var start = Vector<Double>.ones(count)
        for i in stride(from: 0, to: count, by: 2) { start[i] = -1.2 }
        var values: [Double] = []
        var calls = 0
        let minimum = try method.minimise(
            from: start, onIteration: { values.append($0.value) },
            { x in
                calls += 1
                return rosenbrock(x)
            }, hessian: rosenbrockHessian)
        let report = minimum.report
        #expect(report.stopReason == .gradientTolerance && report.hasConverged)
        #expect(report.iterations == values.count && report.evaluations == calls)
        #expect(try #require(report.gradientNorm) <= 1e-8)
        #expect(report.gradientNorm == rosenbrock(minimum.point).gradient.absoluteValue().max())
        #expect(minimum.value == rosenbrock(minimum.point).value && minimum.value == values.last)
        // Rosenbrock's valley has a second minimum near (-1, 1, ..., 1) from four variables on.
        if count < 4 || minimum.value < 1 {
            expectClose(
                minimum.point.elements, [Double](repeating: 1, count: count), absolute: 1e-7)
        } else {
            expectClose(minimum.value, 3.93, absolute: 0.1)
        }
        for (before, after) in zip(values, values.dropFirst()) {
            #expect(after <= before * (1 + 1e-14))
        }
        #expect((report.curvatureProducts > 0) == (method == .newton))
        let expected: [Method: Int] = [.lbfgs: 300, .conjugateGradient: 2000, .newton: 300]
        #expect(report.evaluations < expected[method, default: 0], "\(report)")
    }

    @Test(arguments: Method.allCases)
    func findsBealesMinimum(_ method: Method) throws {
        let minimum = try method.minimise(
            from: [1, 1], beale, hessian: { numericalHessian(beale, $0) })
        #expect(minimum.report.hasConverged)
        expectClose(minimum.point.elements, [3, 0.5], absolute: 1e-7)
    }

    @Test(arguments: Method.allCases, propertySeeds(3))
    func solvesQuadratics(_ method: Method, seed: UInt64) throws {
        let a = conditioned(15, 100, seed: seed)
        let solution = Vector<Double>.random(.normal, shape: [15], seed: seed &+ 1)
        let minimum = try method.minimise(
            from: .zeros(15), tolerance: 1e-9, quadratic(a, a.orderedMatmul(solution)),
            hessian: { _ in a })
        #expect(minimum.report.stopReason == .gradientTolerance, "\(minimum.report)")
        expectClose(minimum.point.elements, solution.elements, absolute: 1e-8)
    }

    @Test(arguments: Method.allCases)
    func fitsALogisticRegression(_ method: Method) throws {
        let problem = try golden("optimisation", as: OptimisationGolden.self).logistic
        let minimum = try method.minimise(
            from: .zeros(4), tolerance: 1e-10, problem.loss,
            hessian: { w in
                let product = problem.curvature(w)
                return Matrix(rows: (0..<4).map { product(Matrix.identity(4).row($0)).elements })
            })
        #expect(minimum.report.stopReason == .gradientTolerance, "\(minimum.report)")
        expectClose(minimum.point.elements, problem.coefficients, absolute: 1e-10)
        #expect(minimum.report.iterations < 40)
    }

    @Test func newtonConvergesQuadratically() throws {
        var errors: [Double] = []
        _ = try TrustRegionNewton(gradientTolerance: 1e-12).minimise(
            from: [-1.2, 1],
            onIteration: { errors.append(($0.point - 1).norm()) }, rosenbrock,
            hessian: rosenbrockHessian)
        let last = errors.suffix(3)
        #expect(last.count == 3 && errors[errors.count - 1] < 1e-9)
        for (before, after) in zip(last, last.dropFirst()) {
            #expect(after < 500 * before * before + 1e-14, "\(last)")
        }
    }

    @Test(arguments: [0.05, 0.3])
    func stepsStayInTheRegion(radius: Double) throws {
        var last = Vector([-1.2, 1, -0.5, 2])
        var longest = 0.0
        let recipe = TrustRegionNewton(initialRadius: radius, largestRadius: radius)
        let minimum = try recipe.minimise(
            from: last,
            onIteration: { progress in
                longest = max(longest, (progress.point - last).norm())
                last = progress.point
            }, rosenbrock, hessian: rosenbrockHessian)
        #expect(minimum.report.hasConverged)
        expectClose(longest, radius, relative: 1e-12)
    }

    @Test func lbfgsConvergesFasterThanSteepestDescent() throws {
        let a = conditioned(20, 1000, seed: 8)
        let b = Vector<Double>.ones(20)
        let long = try LBFGS(historyCount: 20).minimise(from: .zeros(20), quadratic(a, b))
        let short = try LBFGS(historyCount: 1).minimise(from: .zeros(20), quadratic(a, b))
        // Steepest descent would need about condition * log(1e8) / 2 = 9000 iterations.
        #expect(long.report.hasConverged && long.report.iterations < 100, "\(long.report)")
        #expect(short.report.hasConverged && short.report.iterations < 1000, "\(short.report)")
    }

    @Test func negativeCurvatureLeadsAwayFromASaddle() throws {
        // x⁴/4 - x²/2 + y²/2: a saddle at 0, minima at (±1, 0).
        let minimum = try TrustRegionNewton().minimise(
            from: [1e-3, 1],
            { p in
                let (x, y) = (p[0], p[1])
                return (x * x * x * x / 4 - x * x / 2 + y * y / 2, [x * x * x - x, y])
            },
            curvature: { p in { v in [(3 * p[0] * p[0] - 1) * v[0], v[1]] } })
        #expect(minimum.report.hasConverged)
        expectClose(minimum.point.elements, [1, 0], absolute: 1e-8)
    }

    @Test func infinityBoundsTheDomain() throws {
        // x - log x is minimal at 1 and undefined up to 0.
        for method in Method.allCases {
            let minimum = try method.minimise(
                from: [20],
                { p in
                    p[0] > 0
                        ? (p[0] - p.log()[0], [1 - 1 / p[0]]) : (.infinity, [.nan])
                }, hessian: { p in [[1 / (p[0] * p[0])]].withRows })
            #expect(minimum.report.hasConverged, "\(method) \(minimum.report)")
            expectClose(minimum.point[0], 1, absolute: 1e-7)
        }
    }

    /// Central differences of the gradient.
    private func numericalHessian(
        _ function: DifferentiableFunction, _ x: Vector<Double>
    ) -> Matrix<Double> {
        let step = 1e-5
        var hessian = Matrix<Double>.zeros(x.count, x.count)
        for i in 0..<x.count {
            var (up, down) = (x, x)
            up[i] += step
            down[i] -= step
            hessian.setRow(i, to: (function(up).gradient - function(down).gradient) / (2 * step))
        }
        return (hessian + hessian.transposed.materialized()) / 2
    }
}

extension [[Double]] {
    fileprivate var withRows: Matrix<Double> { Matrix(rows: self) }
}
