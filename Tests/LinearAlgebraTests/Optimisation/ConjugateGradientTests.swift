// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite struct ConjugateGradientTests {
    @Test(arguments: propertySeeds(3))
    func solvesLikeCholesky(seed: UInt64) throws {
        let a = conditioned(25, 50, seed: seed)
        let b = Vector<Double>.random(.normal, shape: [25], seed: seed &+ 5)
        let result = try ConjugateGradient(tolerance: 1e-12).solve(b) { a.orderedMatmul($0) }
        #expect(result.report.stopReason == .gradientTolerance)
        expectClose(
            result.solution.elements, try a.cholesky().solve(b).elements, relative: 1e-9,
            absolute: 1e-10)
        // From the solution there is nothing to do.
        let again = try ConjugateGradient(tolerance: 1e-6).solve(b, from: result.solution) {
            a.orderedMatmul($0)
        }
        #expect(again.report.iterations == 0 && again.report.evaluations == 1)
    }

    @Test func needsOneIterationPerDistinctEigenvalue() throws {
        // Householder's reflection leaves the eigenvalues 1 (twice), 5 and 9.
        let v = Vector([1.0, -2, 3, 0.5])
        let h = Matrix.identity(4) - v.outer(v) * (2 / v.dot(v))
        let a = h.matmul(Matrix.diagonal([1, 5, 9, 1])).matmul(h)
        let result = try ConjugateGradient(tolerance: 1e-12).solve([1, 2, 3, 4]) {
            a.orderedMatmul($0)
        }
        #expect(result.report.iterations == 3)
    }

    @Test func convergesAtTheRateOfTheCondition() throws {
        let condition = 400.0
        let a = conditioned(60, condition, seed: 2)
        let solution = Vector<Double>.random(.normal, shape: [60], seed: 3)
        func energy(_ error: Vector<Double>) -> Double {
            error.orderedDot(a.orderedMatmul(error)).squareRoot()
        }
        let start = energy(solution)
        let rate = (condition.squareRoot() - 1) / (condition.squareRoot() + 1)
        var bound = 2.0
        _ = try ConjugateGradient().solve(
            a.orderedMatmul(solution),
            onIteration: { progress in
                bound *= rate
                #expect(energy(solution - progress.point) <= bound * start * 1.0001)
            }
        ) { a.orderedMatmul($0) }
        #expect(bound < 0.1)
    }

    @Test func solvesSparseSystems() throws {
        // A badly scaled second difference; the preconditioner undoes the scales.
        let n = 60
        let scales = Vector((0..<n).map { [1.0, 3, 10, 30, 100][$0 % 5] * Double(1 + $0) })
        var entries: [SparseMatrix<Double>.Entry] = []
        for i in 0..<n {
            entries.append(.init(row: i, column: i, value: 2.5))
            if i > 0 { entries.append(.init(row: i, column: i - 1, value: -1)) }
            if i < n - 1 { entries.append(.init(row: i, column: i + 1, value: -1)) }
        }
        let a = try SparseMatrix(rowCount: n, columnCount: n, entries: entries)
            .multiplyingColumns(by: scales).multiplyingRows(by: scales)
        let solution = Vector<Double>.random(shape: [n], seed: 1) / scales
        let b = a.matmul(solution)
        let diagonal = Vector((0..<n).map { a[$0, $0] })
        let solver = ConjugateGradient(tolerance: 1e-13)
        let result = try solver.solve(b, preconditionedBy: diagonal) { a.matmul($0) }
        #expect(result.report.hasConverged && result.report.iterations < 60)
        expectClose(
            (result.solution * scales).elements, (solution * scales).elements, absolute: 1e-8)
        let plain = try ConjugateGradient(tolerance: 1e-13, iterationLimit: 60).solve(b) {
            a.matmul($0)
        }
        #expect(plain.report.stopReason == .limit && plain.report.iterations == 60)
    }

    @Test func badSystemsAreErrors() throws {
        func code(
            _ b: Vector<Double>, diagonal: Vector<Double>? = nil, tolerance: Double = 1e-10,
            _ product: (Vector<Double>) -> Vector<Double>
        ) -> OptimisationError.Code? {
            let error = #expect(throws: OptimisationError.self) {
                try ConjugateGradient(tolerance: tolerance).solve(
                    b, preconditionedBy: diagonal, product)
            }
            return error?.code
        }
        #expect(
            code([1, 2]) { [$0[0], -$0[1]] } == .notPositiveDefinite(iteration: 0, curvature: -3))
        #expect(code([1, .infinity]) { $0 } == .startNotFinite(index: 1))
        #expect(code([1, 2]) { $0 * .infinity } == .derivativeNotFinite(evaluation: 1, index: 0))
        #expect(
            code([1, 2], diagonal: [1, 0]) { $0 } == .invalidSetting(name: "diagonal", value: 0))
        #expect(
            code([1], tolerance: -1) { $0 } == .invalidSetting(name: "tolerance", value: -1))
        let zero = try ConjugateGradient().solve(.zeros(3)) { $0 }
        #expect(zero.solution == .zeros(3) && zero.report.iterations == 0)
        let exact = try ConjugateGradient(tolerance: 0, iterationLimit: 10_000).solve(
            [1, 2, 3], { $0 * Vector([1, 3, 7.1]) })
        #expect(exact.report.iterations < 10_000 && exact.report.stopReason != .limit)
        let stopped = try ConjugateGradient().solve(
            [1, 2], onIteration: { $0.stop() }, { [$0[0], 3 * $0[1]] })
        #expect(stopped.report.stopReason == .stopped && stopped.report.iterations == 1)
    }
}
