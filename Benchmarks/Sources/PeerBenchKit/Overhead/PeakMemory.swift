// SPDX-License-Identifier: Apache-2.0

internal import Glibc
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

/// Begins a new count of the peak, and gives the bytes in memory now.
private func resetPeak() throws(BenchmarkError) -> Double {
    guard let file = fopen("/proc/self/clear_refs", "w") else {
        throw BenchmarkError(code: .data, message: "cannot open /proc/self/clear_refs")
    }
    let written = fputs("5", file)
    guard fclose(file) == 0, written >= 0 else {
        throw BenchmarkError(code: .data, message: "cannot reset the peak of memory")
    }
    return try memory("VmRSS")
}

/// The bytes that `/proc/self/status` tells under `name`.
private func memory(_ name: String) throws(BenchmarkError) -> Double {
    guard let file = fopen("/proc/self/status", "r") else {
        throw BenchmarkError(code: .data, message: "cannot open /proc/self/status")
    }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard text.hasPrefix("\(name):") else { continue }
        if let kibibytes = text.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Double($0) }
        ) {
            return kibibytes * 1024
        }
    }
    throw BenchmarkError(code: .data, message: "/proc/self/status has no \(name)")
}
