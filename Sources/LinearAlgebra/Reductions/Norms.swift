// SPDX-License-Identifier: Apache-2.0

/// A norm of the elements of a tensor, which are taken as one vector.
public enum NormOrder: Sendable, Hashable {
    /// The sum of the absolute values.
    case one

    /// The root of the sum of the squares: Euclidean, or Frobenius for a matrix.
    case two

    /// The largest absolute value.
    case infinity
}

extension Tensor {
    /// The norm of all elements; 0 for an empty tensor, NaN when any element is NaN.
    ///
    /// The norm of order two neither overflows nor underflows while the result is representable.
    /// The operator norms of a matrix are `m.norm(.one, .alongColumns).max()` and
    /// `m.norm(.one, .alongRows).max()`.
    public func norm(_ order: NormOrder = .two) -> Scalar {
        withPointer { Tensor.norm(order, count, $0) }
    }

    static func norm(_ order: NormOrder, _ count: Int, _ a: UnsafePointer<Scalar>) -> Scalar {
        switch order {
        case .one: return chunkedSum(count) { Scalar._reduce(.sumOfMagnitudes, $1, a + $0) }
        case .infinity:
            return count == 0
                ? 0 : chunkedExtreme(count, a) { Scalar._reduce(.maximumMagnitude, $0, $1) }
        case .two:
            let squares = chunkedSum(count) { Scalar._orderedDot($1, a + $0, a + $0) }
            // Below this the squares of the larger elements may have lost digits to underflow.
            let safe = Scalar.leastNormalMagnitude / Scalar.ulpOfOne
            if squares.isNaN || (squares.isFinite && squares >= safe) {
                return squares.squareRoot()
            }
            let scale = norm(.infinity, count, a)
            if scale == 0 || !scale.isFinite { return scale }
            let ratios = chunkedSum(count) { Scalar._squaredRatios($1, a + $0, scale) }
            return scale * ratios.squareRoot()
        }
    }
}

extension Tensor where rank == 2 {
    /// The Euclidean norm of each row or of each column; 0 where there is no element.
    ///
    /// - Complexity: O(rowCount * columnCount); along columns, a few at a time are copied.
    public func norm(_ axis: ReductionAxis) -> Vector<Scalar> { norm(.two, axis) }

    /// The norm of each row or of each column; 0 where there is no element.
    ///
    /// - Complexity: O(rowCount * columnCount); for order two along columns, a few at a time are
    ///   copied.
    public func norm(_ order: NormOrder, _ axis: ReductionAxis) -> Vector<Scalar> {
        let results = axis == .alongRows ? rowCount : columnCount
        return Vector(uninitialized(results) { norm(order, axis, into: $0) })
    }

    /// Writes the norms to `output`.
    func norm(
        _ order: NormOrder, _ axis: ReductionAxis, into output: UnsafeMutablePointer<Scalar>
    ) {
        switch (axis, order) {
        case (.alongRows, _): eachRow(into: output) { Tensor.norm(order, $0, $1) }
        case (.alongColumns, .one) where rowCount > 0:
            reduceColumns(.sumOfMagnitudes, into: output)
        case (.alongColumns, .infinity) where rowCount > 0:
            reduceColumns(.maximumMagnitude, into: output)
        case (.alongColumns, _):
            withColumns { first, width, lines in
                for column in 0..<width {
                    output[first + column] = Tensor.norm(order, rowCount, lines + column * rowCount)
                }
            }
        }
    }
}
