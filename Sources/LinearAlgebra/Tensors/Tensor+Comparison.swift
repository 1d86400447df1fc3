// SPDX-License-Identifier: Apache-2.0

// As IEEE 754 says: a NaN differs from everything, itself included, and 0 equals -0.
extension Tensor {
    /// Where `predicate` holds, asked in row-major order: `v.mask(where: \.isNaN)`.
    @inlinable
    public func mask<Failure: Error>(
        where predicate: (Scalar) throws(Failure) -> Bool
    ) throws(Failure) -> TensorMask<rank> {
        TensorMask(uncheckedShape: shape, storage: try storage.map(predicate))
    }

    /// Where an element of `a` is smaller than that of `b`; false where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .< (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 < $1 }
    }

    /// Where an element of `a` is smaller than `b`; false where either is NaN.
    @inlinable
    public static func .< (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 < b }
    }

    /// Where an element of `a` is at most that of `b`; false where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .<= (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 <= $1 }
    }

    /// Where an element of `a` is at most `b`; false where either is NaN.
    @inlinable
    public static func .<= (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 <= b }
    }

    /// Where an element of `a` is larger than that of `b`; false where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .> (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 > $1 }
    }

    /// Where an element of `a` is larger than `b`; false where either is NaN.
    @inlinable
    public static func .> (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 > b }
    }

    /// Where an element of `a` is at least that of `b`; false where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .>= (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 >= $1 }
    }

    /// Where an element of `a` is at least `b`; false where either is NaN.
    @inlinable
    public static func .>= (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 >= b }
    }

    /// Where an element of `a` equals that of `b`; false where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .== (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 == $1 }
    }

    /// Where an element of `a` equals `b`; false where either is NaN.
    @inlinable
    public static func .== (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 == b }
    }

    /// Where an element of `a` differs from that of `b`; true where either is NaN.
    ///
    /// - Precondition: Both shapes are equal.
    @inlinable
    public static func .!= (a: Tensor, b: Tensor) -> TensorMask<rank> {
        compare(a, b) { $0 != $1 }
    }

    /// Where an element of `a` differs from `b`; true where either is NaN.
    @inlinable
    public static func .!= (a: Tensor, b: Scalar) -> TensorMask<rank> {
        a.mask { $0 != b }
    }

    @inlinable
    static func compare(
        _ a: Tensor, _ b: Tensor, _ holds: (Scalar, Scalar) -> Bool
    ) -> TensorMask<rank> {
        requireSameShape(a, b)
        return TensorMask(
            uncheckedShape: a.shape,
            storage: a.storage.indices.map { holds(a.storage[$0], b.storage[$0]) })
    }
}
