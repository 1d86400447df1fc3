// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// `a = a + b`, element by element and without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    public static func += (a: inout Tensor, b: Tensor) { a.combine(.add, b) }

    /// `a = a - b`, element by element and without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    public static func -= (a: inout Tensor, b: Tensor) { a.combine(.subtract, b) }

    /// `a = a * b`, element by element and without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    public static func *= (a: inout Tensor, b: Tensor) { a.combine(.multiply, b) }

    /// `a = a / b`, element by element and without a temporary.
    ///
    /// - Precondition: Both shapes are equal.
    public static func /= (a: inout Tensor, b: Tensor) { a.combine(.divide, b) }

    /// `a = a + b` with the same `b` for every element, without a temporary.
    public static func += (a: inout Tensor, b: Scalar) { a.combine(.add, b) }

    /// `a = a - b` with the same `b` for every element, without a temporary.
    public static func -= (a: inout Tensor, b: Scalar) { a.combine(.subtract, b) }

    /// `a = a * b` with the same `b` for every element, without a temporary.
    public static func *= (a: inout Tensor, b: Scalar) { a.combine(.multiply, b) }

    /// `a = a / b` with the same `b` for every element, without a temporary.
    public static func /= (a: inout Tensor, b: Scalar) { a.combine(.divide, b) }

    mutating func combine(_ operation: _ElementwiseOperation, _ b: Tensor) {
        Tensor.requireSameShape(self, b)
        let count = count
        withMutablePointer { output in
            b.withPointer { b in
                concurrently(count, minimum: operation.threadedCount) {
                    Scalar._combine(operation, $1, output + $0, b + $0, output + $0)
                }
            }
        }
    }

    mutating func combine(_ operation: _ElementwiseOperation, _ b: Scalar) {
        let count = count
        withMutablePointer { elements in
            concurrently(count, minimum: operation.threadedCount) {
                Scalar._combine(operation, $1, elements + $0, scalar: b, elements + $0)
            }
        }
    }
}
