// SPDX-License-Identifier: Apache-2.0

internal import CPeerBenchBLAS
internal import LinearAlgebra

private let productCount = 1000

/// A product of two 4 x 4 matrices into a new one, beside the C call into existing storage.
let newSmallProduct = OverheadPair(
    id: "overhead.matmul.f64.4", measure: .addedNanoseconds(limit: 100),
    operationCount: productCount
) {
    smallProduct { $2 = $0.matmul($1) }
}

/// The same into existing storage on both sides.
let storedSmallProduct = OverheadPair(
    id: "overhead.gemm.f64.4", measure: .addedNanoseconds(limit: 100),
    operationCount: productCount
) {
    smallProduct { $2.formProduct($0, $1) }
}

private func smallProduct(
    _ multiply: @escaping (Matrix<Double>, Matrix<Double>, inout Matrix<Double>) -> Void
) -> OverheadPair.Work {
    let a = Matrix<Double>.random(.normal, shape: [4, 4], seed: 1)
    let b = Matrix<Double>.random(.normal, shape: [4, 4], seed: 2)
    let (left, right) = (a.elements, b.elements)
    var result = Matrix<Double>.zeros(4, 4)
    var plainResult = [Double](repeating: 0, count: 16)
    return OverheadPair.Work {
        for _ in 0..<productCount { multiply(a, b, &result) }
    } plain: {
        for _ in 0..<productCount {
            cblas_dgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, 4, 4, 4, 1, left, 4, right, 4, 0,
                &plainResult, 4)
        }
    } results: {
        (result.elements, plainResult)
    }
}
