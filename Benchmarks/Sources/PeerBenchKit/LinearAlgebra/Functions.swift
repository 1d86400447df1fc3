// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LinearAlgebra

/// `exp`, `sigmoid` and `tanh`: a function of each of n elements.
struct FunctionBenchmark: Benchmark {
    enum Function: String {
        case exp, sigmoid, tanh
    }

    let function: Function
    let sizes = [10_000_000]
    let smallSize = 1000

    var operation: String { function.rawValue }

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let x = try data.vector("la_x", count: size)
        var y = Vector<Scalar>.zeros(size)
        return Workload {
            switch function {
            case .exp: y.formExp(of: x)
            case .sigmoid: y.formSigmoid(of: x)
            case .tanh: y.formTanh(of: x)
            }
        } check: {
            let expected = Scalar.doubles(x.elements).map(reference)
            let error = try requireAgreement(
                operation, Scalar.doubles(y.elements), expected, limit: 1.5 + Scalar.referenceUlps
            ) { Scalar.ulp(at: expected[$0]) }
            return ["error_ulps": error]
        }
    }

    private func reference(_ x: Double) -> Double {
        switch function {
        case .exp: Glibc.exp(x)
        case .sigmoid: 1 / (1 + Glibc.exp(-x))
        case .tanh: Glibc.tanh(x)
        }
    }
}

/// `axpby`: 1.5 x - 0.5 y, n elements.
struct LinearCombinationBenchmark: Benchmark {
    let operation = "axpby"
    let sizes = [10_000_000]
    let smallSize = 1000

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let x = try data.vector("la_x", count: size)
        let y = try data.vector("la_y", count: size)
        var z = Vector<Scalar>.zeros(size)
        return Workload {
            z.formLinearCombination(1.5, x, -0.5, y)
        } check: {
            let (a, b) = (Scalar.doubles(x.elements), Scalar.doubles(y.elements))
            let expected = zip(a, b).map { 1.5 * $0 - 0.5 * $1 }
            let error = try requireAgreement(
                "1.5 x - 0.5 y", Scalar.doubles(z.elements), expected, limit: 1
            ) { Scalar.epsilon * (1.5 * abs(a[$0]) + 0.5 * abs(b[$0])) }
            return ["error_eps": error]
        }
    }
}
