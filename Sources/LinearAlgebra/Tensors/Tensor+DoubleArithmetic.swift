// SPDX-License-Identifier: Apache-2.0

// Operators on concrete element types keep the type checker fast: it rejects them at once where
// they do not fit, while an all-generic set makes long expressions take seconds.
extension Tensor where Scalar == Double {
    /// `a + b`, element by element.
    ///
    /// - Precondition: Both shapes are equal.
    public static func + (a: Tensor<rank, Double>, b: Tensor<rank, Double>) -> Tensor<rank, Double>
    {
        combine(.add, a, b)
    }

    /// `a + b` with the same `b` for every element.
    public static func + (a: Tensor<rank, Double>, b: Double) -> Tensor<rank, Double> {
        combine(.add, a, b)
    }

    /// `a + b` with the same `a` for every element.
    public static func + (a: Double, b: Tensor<rank, Double>) -> Tensor<rank, Double> {
        combine(.add, a, b)
    }

    /// `a - b`, element by element.
    ///
    /// - Precondition: Both shapes are equal.
    public static func - (a: Tensor<rank, Double>, b: Tensor<rank, Double>) -> Tensor<rank, Double>
    {
        combine(.subtract, a, b)
    }

    /// `a - b` with the same `b` for every element.
    public static func - (a: Tensor<rank, Double>, b: Double) -> Tensor<rank, Double> {
        combine(.subtract, a, b)
    }

    /// `a - b` with the same `a` for every element.
    public static func - (a: Double, b: Tensor<rank, Double>) -> Tensor<rank, Double> {
        combine(.subtract, a, b)
    }

    /// `a * b`, element by element; the matrix product is `matmul`.
    ///
    /// - Precondition: Both shapes are equal.
    public static func * (a: Tensor<rank, Double>, b: Tensor<rank, Double>) -> Tensor<rank, Double>
    {
        combine(.multiply, a, b)
    }

    /// `a * b` with the same `b` for every element.
    public static func * (a: Tensor<rank, Double>, b: Double) -> Tensor<rank, Double> {
        combine(.multiply, a, b)
    }

    /// `a * b` with the same `a` for every element.
    public static func * (a: Double, b: Tensor<rank, Double>) -> Tensor<rank, Double> {
        combine(.multiply, a, b)
    }

    /// `a / b`, element by element; division by zero gives what IEEE 754 says.
    ///
    /// - Precondition: Both shapes are equal.
    public static func / (a: Tensor<rank, Double>, b: Tensor<rank, Double>) -> Tensor<rank, Double>
    {
        combine(.divide, a, b)
    }

    /// `a / b` with the same `b` for every element.
    public static func / (a: Tensor<rank, Double>, b: Double) -> Tensor<rank, Double> {
        combine(.divide, a, b)
    }

    /// `a / b` with the same `a` for every element.
    public static func / (a: Double, b: Tensor<rank, Double>) -> Tensor<rank, Double> {
        combine(.divide, a, b)
    }
}
