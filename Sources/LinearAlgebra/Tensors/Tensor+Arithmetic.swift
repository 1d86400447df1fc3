// SPDX-License-Identifier: Apache-2.0

// In generic code; the disfavoured overloads step aside where the element type is known.
extension Tensor {
    /// `a + b`, element by element.
    ///
    /// - Precondition: Both shapes are equal.
    @_disfavoredOverload
    public static func + (a: Tensor, b: Tensor) -> Tensor { combine(.add, a, b) }

    /// `a - b`, element by element.
    ///
    /// - Precondition: Both shapes are equal.
    @_disfavoredOverload
    public static func - (a: Tensor, b: Tensor) -> Tensor { combine(.subtract, a, b) }

    /// `a * b`, element by element; the matrix product is `matmul`.
    ///
    /// - Precondition: Both shapes are equal.
    @_disfavoredOverload
    public static func * (a: Tensor, b: Tensor) -> Tensor { combine(.multiply, a, b) }

    /// `a / b`, element by element; division by zero gives what IEEE 754 says.
    ///
    /// - Precondition: Both shapes are equal.
    @_disfavoredOverload
    public static func / (a: Tensor, b: Tensor) -> Tensor { combine(.divide, a, b) }

    /// `a + b` with the same `b` for every element.
    @_disfavoredOverload
    public static func + (a: Tensor, b: Scalar) -> Tensor { combine(.add, a, b) }

    /// `a - b` with the same `b` for every element.
    @_disfavoredOverload
    public static func - (a: Tensor, b: Scalar) -> Tensor { combine(.subtract, a, b) }

    /// `a * b` with the same `b` for every element.
    @_disfavoredOverload
    public static func * (a: Tensor, b: Scalar) -> Tensor { combine(.multiply, a, b) }

    /// `a / b` with the same `b` for every element.
    @_disfavoredOverload
    public static func / (a: Tensor, b: Scalar) -> Tensor { combine(.divide, a, b) }

    /// `a + b` with the same `a` for every element.
    @_disfavoredOverload
    public static func + (a: Scalar, b: Tensor) -> Tensor { combine(.add, a, b) }

    /// `a - b` with the same `a` for every element.
    @_disfavoredOverload
    public static func - (a: Scalar, b: Tensor) -> Tensor { combine(.subtract, a, b) }

    /// `a * b` with the same `a` for every element.
    @_disfavoredOverload
    public static func * (a: Scalar, b: Tensor) -> Tensor { combine(.multiply, a, b) }

    /// `a / b` with the same `a` for every element.
    @_disfavoredOverload
    public static func / (a: Scalar, b: Tensor) -> Tensor { combine(.divide, a, b) }

    /// The tensor with every sign flipped, zeros and NaNs included.
    public static prefix func - (a: Tensor) -> Tensor { combine(.multiply, a, -1) }

    static func combine(
        _ operation: _ElementwiseOperation, _ a: Tensor, _ b: Tensor
    ) -> Tensor {
        requireSameShape(a, b)
        return a.mapStorage { count, input, output in
            b.withPointer { b in
                concurrently(count, minimum: operation.threadedCount) {
                    Scalar._combine(operation, $1, input + $0, b + $0, output + $0)
                }
            }
        }
    }

    static func combine(
        _ operation: _ElementwiseOperation, _ a: Tensor, _ b: Scalar
    ) -> Tensor {
        a.mapStorage { count, input, output in
            concurrently(count, minimum: operation.threadedCount) {
                Scalar._combine(operation, $1, input + $0, scalar: b, output + $0)
            }
        }
    }

    static func combine(
        _ operation: _ElementwiseOperation, _ a: Scalar, _ b: Tensor
    ) -> Tensor {
        b.mapStorage { count, input, output in
            concurrently(count, minimum: operation.threadedCount) {
                Scalar._combine(operation, $1, scalar: a, input + $0, output + $0)
            }
        }
    }

    /// A tensor of this shape whose elements `body` writes, given count, input and output.
    func mapStorage(
        _ body: (Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
    ) -> Tensor {
        let result = uninitialized(count) { output in withPointer { body(count, $0, output) } }
        return Tensor(uncheckedShape: shape, storage: result)
    }

    @usableFromInline
    static func requireSameShape(_ a: Tensor, _ b: Tensor) {
        precondition(
            a.shape == b.shape,
            "elementwise operation on shapes \(describe(a.shape)) and \(describe(b.shape))")
    }
}
