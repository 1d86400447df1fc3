// SPDX-License-Identifier: Apache-2.0

internal import RealModule

extension Cholesky {
    /// Makes this the factorisation of `A + x xᵀ`, by plane rotations.
    ///
    /// - Precondition: `x.count` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in `x`, `.overflow`; the factor is then
    ///   unchanged.
    /// - Complexity: O(n²).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public mutating func update(_ x: Vector<Scalar>) throws(LinearAlgebraError) {
        let operation = "cholesky update of \(describe(lower.shape))"
        var rest = try checked(x, operation)
        var factor = lower
        var rotations: [(cosine: Scalar, sine: Scalar)] = []
        rotations.reserveCapacity(count)
        factor.withMutablePointer { elements in
            for row in 0..<count {
                let line = elements + row * count
                for (column, rotation) in rotations.enumerated() {
                    let old = line[column]
                    line[column] = rotation.cosine * old + rotation.sine * rest[row]
                    rest[row] = rotation.cosine * rest[row] - rotation.sine * old
                }
                let diagonal = Scalar.hypot(line[row], rest[row])
                rotations.append((line[row] / diagonal, rest[row] / diagonal))
                line[row] = diagonal
            }
        }
        try factor.requireRepresentable(operation)
        lower = factor
    }

    /// Makes this the factorisation of `A - x xᵀ`.
    ///
    /// Solves `L p = x` and rotates `p` away from the last element to the first (LINPACK's method,
    /// DOI 10.1137/1.9781611971811), which loses as many digits as `1 - pᵀp` does.
    ///
    /// - Precondition: `x.count` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in `x`; `.notPositiveDefinite(pivot:)` with the
    ///   first leading minor of `A - x xᵀ` that is not positive; `.overflow`. The factor is then
    ///   unchanged.
    /// - Complexity: O(n²).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public mutating func downdate(_ x: Vector<Scalar>) throws(LinearAlgebraError) {
        let operation = "cholesky downdate of \(describe(lower.shape))"
        let rest = try checked(x, operation)
        var scaled = [Scalar](repeating: 0, count: count)
        var remaining: Scalar = 1
        lower.withPointer { elements in
            for row in 0..<count {
                var sum = rest[row]
                for column in 0..<row { sum -= elements[row * count + column] * scaled[column] }
                scaled[row] = sum / elements[row * count + row]
            }
        }
        for (pivot, element) in scaled.enumerated() {
            remaining -= element * element
            // A NaN, from an overflow, is refused as well.
            guard remaining > 0 else {
                throw LinearAlgebraError(
                    code: .notPositiveDefinite(pivot: pivot), operation: operation)
            }
        }
        var radius = remaining.squareRoot()
        var rotations = [(cosine: Scalar, sine: Scalar)](repeating: (1, 0), count: count)
        for index in scaled.indices.reversed() {
            let longer = Scalar.hypot(radius, scaled[index])
            rotations[index] = (radius / longer, scaled[index] / longer)
            radius = longer
        }
        var factor = lower
        factor.withMutablePointer { elements in
            for row in 0..<count {
                let line = elements + row * count
                var carried: Scalar = 0
                for column in (0...row).reversed() {
                    let (cosine, sine) = rotations[column]
                    let old = line[column]
                    line[column] = cosine * old - sine * carried
                    carried = cosine * carried + sine * old
                }
            }
        }
        try factor.requireRepresentable(operation)
        lower = factor
    }

    /// The factorisation of `A + x xᵀ`; see ``update(_:)``.
    ///
    /// - Throws: As ``update(_:)``.
    public func updated(_ x: Vector<Scalar>) throws(LinearAlgebraError) -> Cholesky {
        var copy = self
        try copy.update(x)
        return copy
    }

    /// The factorisation of `A - x xᵀ`; see ``downdate(_:)``.
    ///
    /// - Throws: As ``downdate(_:)``.
    public func downdated(_ x: Vector<Scalar>) throws(LinearAlgebraError) -> Cholesky {
        var copy = self
        try copy.downdate(x)
        return copy
    }

    private func checked(
        _ x: Vector<Scalar>, _ operation: String
    ) throws(LinearAlgebraError) -> [Scalar] {
        precondition(x.count == count, "\(operation) with a vector of \(x.count)")
        if let row = x.firstNonFinite {
            throw LinearAlgebraError(code: .notFinite(row: row, column: 0), operation: operation)
        }
        return x.storage
    }
}
