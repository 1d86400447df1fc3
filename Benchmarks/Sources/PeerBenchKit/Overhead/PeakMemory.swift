// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// What a product of transposed views (n x n) allocates beyond its result, at its peak.
///
/// A first product has brought the buffers of the BLAS into memory.
///
/// - Throws: `.data` when the system does not tell, `.wrongResult` for a wrong product.
package func transposedProductMemory(size: Int) throws(BenchmarkError) -> OverheadFigure {
    let a = Matrix<Double>.random(.normal, shape: [size, size], seed: 4)
    let b = Matrix<Double>.random(.normal, shape: [size, size], seed: 5)
    let expected = a.transposed.matmul(b.transposed)[size - 1, 0]
    let before = try resetPeak()
    let product = a.transposed.matmul(b.transposed)
    let peak = try memory("VmHWM")
    guard product[size - 1, 0] == expected else {
        throw BenchmarkError(code: .wrongResult, message: "a repeated product differs")
    }
    let result = Double(size * size * MemoryLayout<Double>.stride)
    return OverheadFigure(
        id: "overhead.memory.f64.\(size)", value: (peak - before - result) / 1_048_576, unit: "MiB",
        limit: 1)
}
