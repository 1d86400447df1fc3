// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// `lu_solve`: A x = b with A (n x n), factorised anew each time.
struct LUSolveBenchmark: Benchmark {
    let operation = "lu_solve"
    let sizes = [1000]
    let smallSize = 17

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", size, size)
        let b = try data.vector("la_x", count: size)
        var x = b
        return Workload {
            x = try a.lu().solve(b)
        } check: {
            let (matrix, solution) = (ReferenceMatrix(a), Scalar.doubles(x.elements))
            let magnitudes = matrix.magnitudes.times(solution.map(abs))
            let error = try requireAgreement(
                "A x", matrix.times(solution), Scalar.doubles(b.elements),
                limit: roundingLimit(size)
            ) { Scalar.epsilon * magnitudes[$0] }
            return ["residual_eps": error, "check": solution[0]]
        }
    }
}

/// `cholesky`: A = L Lᵀ with A (n x n) positive definite.
struct CholeskyBenchmark: Benchmark {
    let operation = "cholesky"
    let sizes = [2000]
    let smallSize = 12

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_spd\(size)", size, size)
        var lower = a
        return Workload {
            lower = try a.cholesky().lower
        } check: {
            let (vector, factor) = (probe(size), ReferenceMatrix(lower))
            let error = try requireCloseProduct(
                "L Lᵀ", factor.times(factor.transposedTimes(vector)),
                ReferenceMatrix(a).times(vector), length: size, epsilon: Scalar.epsilon)
            return ["residual_eps": error, "check": Double(lower[size - 1, size - 1])]
        }
    }
}
