// SPDX-License-Identifier: Apache-2.0

// Arithmetic on other tensors into this one's elements: nothing is allocated while no copy of this
// tensor shares them.
extension Tensor {
    /// `self = a + b`, element by element and into the existing elements.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formSum(_ a: Tensor, _ b: Tensor) { form(.add, a, b) }

    /// `self = a + b` with the same `b` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSum(_ a: Tensor, _ b: Scalar) { form(.add, a, b) }

    /// `self = a + b` with the same `a` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formSum(_ a: Scalar, _ b: Tensor) { form(.add, a, b) }

    /// `self = a - b`, element by element and into the existing elements.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formDifference(_ a: Tensor, _ b: Tensor) { form(.subtract, a, b) }

    /// `self = a - b` with the same `b` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formDifference(_ a: Tensor, _ b: Scalar) { form(.subtract, a, b) }

    /// `self = a - b` with the same `a` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formDifference(_ a: Scalar, _ b: Tensor) { form(.subtract, a, b) }

    /// `self = a * b`, element by element and into the existing elements.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formElementwiseProduct(_ a: Tensor, _ b: Tensor) { form(.multiply, a, b) }

    /// `self = a * b` with the same `b` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formElementwiseProduct(_ a: Tensor, _ b: Scalar) { form(.multiply, a, b) }

    /// `self = a * b` with the same `a` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formElementwiseProduct(_ a: Scalar, _ b: Tensor) { form(.multiply, a, b) }

    /// `self = a / b`, element by element and into the existing elements.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formQuotient(_ a: Tensor, _ b: Tensor) { form(.divide, a, b) }

    /// `self = a / b` with the same `b` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formQuotient(_ a: Tensor, _ b: Scalar) { form(.divide, a, b) }

    /// `self = a / b` with the same `a` for every element, into the existing elements.
    ///
    /// - Precondition: Both shapes are equal.
    public mutating func formQuotient(_ a: Scalar, _ b: Tensor) { form(.divide, a, b) }

    /// `self = c + a * b`, element by element, rounded once as ``addingProduct(_:_:)``.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func formAddingProduct(_ c: Tensor, _ a: Tensor, _ b: Tensor) {
        // Multiplication by 1 also keeps -0, which the addition of 0 does not.
        formElementwiseProduct(c, 1)
        addProduct(a, b)
    }

    mutating func form(_ operation: _ElementwiseOperation, _ a: Tensor, _ b: Tensor) {
        Tensor.requireSameShape(a, b)
        Tensor.requireSameShape(self, a)
        let (count, exceedsCaches) = (count, exceedsCaches)
        withMutablePointer { output in
            a.withPointer { a in
                b.withPointer { b in
                    concurrently(
                        count, minimum: operation.threadedCount, streaming: exceedsCaches
                    ) {
                        Scalar._combine(
                            operation, $1, a + $0, b + $0, output + $0, streaming: exceedsCaches)
                    }
                }
            }
        }
    }

    mutating func form(_ operation: _ElementwiseOperation, _ a: Tensor, _ b: Scalar) {
        formElementwise(of: a, minimum: operation.threadedCount) {
            Scalar._combine(operation, $0, $1, scalar: b, $2, streaming: $3)
        }
    }

    mutating func form(_ operation: _ElementwiseOperation, _ a: Scalar, _ b: Tensor) {
        formElementwise(of: b, minimum: operation.threadedCount) {
            Scalar._combine(operation, $0, scalar: a, $1, $2, streaming: $3)
        }
    }
}
