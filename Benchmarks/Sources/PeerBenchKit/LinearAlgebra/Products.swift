// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// `gemm`: C = A B into existing storage, all n x n.
struct MatrixProductBenchmark: Benchmark {
    let operation = "gemm"
    let sizes = [256, 512, 1024, 2048]
    let smallSize = 17

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", size, size)
        let b = try data.matrix("la_B", size, size)
        var c = Matrix<Scalar>.zeros(size, size)
        return Workload {
            c.formProduct(a, b)
        } check: {
            let vector = probe(size)
            let error = try requireCloseProduct(
                "A B", ReferenceMatrix(c).times(vector),
                ReferenceMatrix(a).times(ReferenceMatrix(b).times(vector)), length: size,
                epsilon: Scalar.epsilon)
            return ["error_eps": error]
        }
    }
}

/// `gemv`: y = A x into existing storage, with A (n x n).
struct MatrixVectorProductBenchmark: Benchmark {
    let operation = "gemv"
    let sizes = [4096]
    let smallSize = 17

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", size, size)
        let x = try data.vector("la_x", count: size)
        var y = Vector<Scalar>.zeros(size)
        return Workload {
            y.formProduct(a, x)
        } check: {
            let error = try requireCloseProduct(
                "A x", Scalar.doubles(y.elements),
                ReferenceMatrix(a).times(Scalar.doubles(x.elements)), length: size,
                epsilon: Scalar.epsilon)
            return ["error_eps": error]
        }
    }
}

/// `batchgemm`: a thousand products of n x n matrices into existing storage.
struct BatchedProductBenchmark: Benchmark {
    let operation = "batchgemm"
    let sizes = [32]
    let smallSize = 4

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let (batch, square) = (1000, size * size)
        let shape: InlineArray<3, Int> = [batch, size, size]
        let a = Tensor(shape: shape, elements: try data.elements("la_A", count: batch * square))
        let b = Tensor(shape: shape, elements: try data.elements("la_B", count: batch * square))
        var c = Tensor<3, Scalar>(shape: shape, repeating: 0)
        return Workload {
            c.formBatchedProduct(a, b)
        } check: {
            let vector = probe(size)
            let (left, right, result) = (
                Scalar.doubles(a.elements), Scalar.doubles(b.elements), Scalar.doubles(c.elements)
            )
            func matrix(_ elements: [Double], _ index: Int) -> ReferenceMatrix {
                ReferenceMatrix(
                    size, size, Array(elements[(index * square)..<((index + 1) * square)]))
            }
            let error = try requireCloseProduct(
                "A B", (0..<batch).flatMap { matrix(result, $0).times(vector) },
                (0..<batch).flatMap { matrix(left, $0).times(matrix(right, $0).times(vector)) },
                length: size, epsilon: Scalar.epsilon)
            return ["error_eps": error]
        }
    }
}

/// `dot`: the dot product of two vectors of n elements.
struct DotProductBenchmark: Benchmark {
    let operation = "dot"
    let sizes = [1_000_000]
    let smallSize = 1000

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let x = try data.vector("la_x", count: size)
        let y = try data.vector("la_y", count: size)
        var product = Scalar.zero
        return Workload {
            product = x.dot(y)
        } check: {
            let terms = zip(Scalar.doubles(x.elements), Scalar.doubles(y.elements)).map { $0 * $1 }
            let magnitude = compensatedSum(terms.map(abs))
            let error = try requireAgreement(
                "x . y", [Double(product)], [compensatedSum(terms)], limit: 16
            ) { _ in Scalar.epsilon * magnitude }
            return ["error_eps": error, "check": Double(product)]
        }
    }
}

/// `axpy`: y += 1e-9 x in place, n elements.
struct ScaledAdditionBenchmark: Benchmark {
    let operation = "axpy"
    let sizes = [1_000_000]
    let smallSize = 1000

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let x = try data.vector("la_x", count: size)
        let start = try data.vector("la_y", count: size)
        var y = start
        return Workload {
            y.add(x, times: 1e-9)
        } check: {
            // Once more with a factor that does not vanish in the rounding of y.
            y = start
            y.add(x, times: 0.75)
            let (terms, summands) = (Scalar.doubles(x.elements), Scalar.doubles(start.elements))
            let expected = zip(terms, summands).map { 0.75 * $0 + $1 }
            let error = try requireAgreement(
                "y + 0.75 x", Scalar.doubles(y.elements), expected, limit: 1.5
            ) { Scalar.epsilon * (abs(terms[$0]) + abs(summands[$0])) }
            return ["error_eps": error]
        }
    }
}
