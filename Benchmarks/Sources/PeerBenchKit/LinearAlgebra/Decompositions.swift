// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// `qr`: A = Q R with A (4n x n), thin Q and R as results.
struct QRBenchmark: Benchmark {
    let operation = "qr"
    let sizes = [500]
    let smallSize = 8

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", 4 * size, size)
        var q = a.transposed
        var r = a
        return Workload {
            let factorisation = try a.qr()
            r = factorisation.r
            q = factorisation.thinQ()
        } check: {
            let vector = probe(size)
            let rows = ReferenceMatrix(q.transposed)
            let error = try requireCloseProduct(
                "Q R", rows.transposedTimes(ReferenceMatrix(r).times(vector)),
                ReferenceMatrix(a).times(vector), length: 4 * size, epsilon: Scalar.epsilon)
            return [
                "residual_eps": error,
                "orthogonality_eps": try requireOrthonormalRows("Qᵀ Q", rows, Scalar.epsilon),
                "check": Double(r[size - 1, size - 1]),
            ]
        }
    }
}

/// `svd`: A = U S Vᵀ with A (2n x n), thin.
struct SVDBenchmark: Benchmark {
    let operation = "svd"
    let sizes = [500]
    let smallSize = 8

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_A", 2 * size, size)
        var result = try SVD(Matrix<Scalar>.zeros(0, 0))
        return Workload {
            result = try a.svd()
        } check: {
            let vector = probe(size)
            let (left, right) = (
                ReferenceMatrix(result.u), ReferenceMatrix(result.vTransposed)
            )
            let values = Scalar.doubles(result.singularValues.elements)
            try requireOrder("singular values", values.reversed())
            let product = left.times(zip(values, right.times(vector)).map { $0 * $1 })
            let error = try requireCloseProduct(
                "U S Vᵀ", product, ReferenceMatrix(a).times(vector), length: 2 * size,
                epsilon: Scalar.epsilon)
            return [
                "residual_eps": error,
                "orthogonality_eps": max(
                    try requireOrthonormalRows("Uᵀ U", left.transposed, Scalar.epsilon),
                    try requireOrthonormalRows("Vᵀ V", right, Scalar.epsilon)),
                "check": values[0],
            ]
        }
    }
}

/// `eigh`: A = V Λ Vᵀ with A (n x n) symmetric.
struct SymmetricEigenBenchmark: Benchmark {
    let operation = "eigh"
    let sizes = [1000]
    let smallSize = 12

    func workload<Scalar: BenchmarkScalar>(
        size: Int, data: BenchmarkData<Scalar>
    ) throws -> Workload? {
        let a = try data.matrix("la_sym\(size)", size, size)
        var result = try SymmetricEigen(Matrix<Scalar>.zeros(0, 0))
        return Workload {
            result = try a.symmetricEigen()
        } check: {
            let (vector, rows) = (probe(size), ReferenceMatrix(result.vectors.transposed))
            let values = Scalar.doubles(result.values.elements)
            try requireOrder("eigenvalues", values)
            let product = rows.transposedTimes(zip(values, rows.times(vector)).map { $0 * $1 })
            let error = try requireCloseProduct(
                "V Λ Vᵀ", product, ReferenceMatrix(a).times(vector), length: size,
                epsilon: Scalar.epsilon)
            return [
                "residual_eps": error,
                "orthogonality_eps": try requireOrthonormalRows("Vᵀ V", rows, Scalar.epsilon),
                "check": values[0],
            ]
        }
    }
}

/// How far the rows are from orthonormal: the error of `Q Qᵀ v` against v.
private func requireOrthonormalRows(
    _ what: String, _ rows: ReferenceMatrix, _ epsilon: Double
) throws(BenchmarkError) -> Double {
    let vector = probe(rows.rowCount)
    return try requireCloseProduct(
        what, rows.times(rows.transposedTimes(vector)), vector, length: rows.columnCount,
        epsilon: epsilon)
}

private func requireOrder(_ what: String, _ ascending: [Double]) throws(BenchmarkError) {
    for (low, high) in zip(ascending, ascending.dropFirst()) where !(low <= high) {
        throw BenchmarkError(
            code: .wrongResult, message: "\(what) out of order: \(low) and \(high)")
    }
}
