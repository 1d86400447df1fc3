// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension BenchmarkData {
    /// The array of this name without any file: normal numbers, always the same.
    ///
    /// `la_spd<n>` is a positive definite and `la_sym<n>` a symmetric matrix (n x n).
    static func seeded(_ name: String, count: Int) -> [Scalar] {
        let normals = Vector<Scalar>.random(.normal, shape: [count], seed: seed(name)).elements
        let kind = name.prefix { !$0.isNumber }
        guard kind == "la_spd" || kind == "la_sym", let size = Int(name.dropFirst(kind.count))
        else { return normals }
        let square = Matrix(rowCount: size, columnCount: size, elements: normals)
        let result =
            kind == "la_spd"
            ? square.gram() / Scalar(size) + .identity(size)
            : 0.5 * (square + square.transposed.materialized())
        return result.elements
    }

    /// A number that belongs to the name.
    private static func seed(_ name: String) -> UInt64 {
        name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
    }
}
