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
        case .one: return Scalar._reduce(.sumOfMagnitudes, count, a)
        case .infinity: return count == 0 ? 0 : Scalar._reduce(.maximumMagnitude, count, a)
        case .two:
            let squares = Scalar._orderedDot(count, a, a)
            // Below this the squares of the larger elements may have lost digits to underflow.
            let safe = Scalar.leastNormalMagnitude / Scalar.ulpOfOne
            if squares.isNaN || (squares.isFinite && squares >= safe) {
                return squares.squareRoot()
            }
            let scale = norm(.infinity, count, a)
            if scale == 0 || !scale.isFinite { return scale }
            return scale * Scalar._squaredRatios(count, a, scale).squareRoot()
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
        if axis == .alongColumns && rowCount > 0 {
            if order == .one { return reduceColumns(.sumOfMagnitudes) }
            if order == .infinity { return reduceColumns(.maximumMagnitude) }
        }
        return Vector(each(axis) { Tensor.norm(order, $0, $1) })
    }
}
