// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import LinearAlgebra

/// A folder of raw arrays (little-endian, row-major, one file per array and element type), or
/// arrays that are made when they are asked for.
package struct BenchmarkData<Scalar: BenchmarkScalar>: Sendable {
    /// The folder, if there is one.
    let directory: String?

    package init(directory: String) { self.directory = directory }

    /// Arrays of seeded random numbers.
    package init() { directory = nil }

    /// The first `count` elements of `<name>_<f32|f64>.bin`, or of the seeded array of this name.
    ///
    /// - Throws: `.data` when the file cannot be read or has fewer elements.
    func elements(_ name: String, count: Int) throws(BenchmarkError) -> [Scalar] {
        guard let directory else { return Self.seeded(name, count: count) }
        let path = "\(directory)/\(name)_\(Scalar.elementType.rawValue).bin"
        guard let file = fopen(path, "rb") else {
            throw BenchmarkError(code: .data, message: "cannot open \(path)")
        }
        defer { fclose(file) }
        var vector = Vector<Scalar>.zeros(count)
        let found = vector.withMutableSpan { span in
            span.withUnsafeMutableBufferPointer {
                fread($0.baseAddress, MemoryLayout<Scalar>.stride, count, file)
            }
        }
        guard found == count else {
            throw BenchmarkError(
                code: .data, message: "\(path) has \(found) elements, \(count) are needed")
        }
        return vector.elements
    }

    func vector(_ name: String, count: Int) throws(BenchmarkError) -> Vector<Scalar> {
        Vector(try elements(name, count: count))
    }

    func matrix(
        _ name: String, _ rowCount: Int, _ columnCount: Int
    ) throws(BenchmarkError) -> Matrix<Scalar> {
        Matrix(
            rowCount: rowCount, columnCount: columnCount,
            elements: try elements(name, count: rowCount * columnCount))
    }
}
