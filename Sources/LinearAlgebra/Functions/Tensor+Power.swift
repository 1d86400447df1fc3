// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Every element to the power `exponent`, with the special cases of IEEE 754.
    ///
    /// A negative element gives NaN unless the exponent is a whole number; `x⁰` and `1ʸ` are 1 even
    /// for NaN.
    public func pow(_ exponent: Scalar) -> Tensor { Tensor.combine(.power, self, exponent) }

    /// Every element to the power of the element of `exponents` at its position, as ``pow(_:)``.
    ///
    /// - Precondition: Both shapes are equal.
    public func pow(_ exponents: Tensor) -> Tensor { Tensor.combine(.power, self, exponents) }

    /// `base` to the power of every element, as ``pow(_:)``.
    public static func pow(_ base: Scalar, _ exponents: Tensor) -> Tensor {
        combine(.power, base, exponents)
    }

    /// Replaces every element by its power, without a temporary.
    public mutating func formPow(_ exponent: Scalar) { combine(.power, exponent) }

    /// Replaces every element by its power, without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formPow(_ exponents: Tensor) { combine(.power, exponents) }

    /// `self = x.pow(exponent)`, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formPow(of x: Tensor, _ exponent: Scalar) { form(.power, x, exponent) }

    /// `self = x.pow(exponents)`, into the existing elements.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formPow(of x: Tensor, _ exponents: Tensor) { form(.power, x, exponents) }

    /// `self = .pow(base, exponents)`, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formPow(of base: Scalar, _ exponents: Tensor) {
        form(.power, base, exponents)
    }
}
