// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// `self + a * b`, element by element, rounded once as `FloatingPoint.addingProduct`.
    ///
    /// ``add(_:times:)`` rounds twice instead. Both have the same bits on every processor; where it
    /// has no instruction for this one, the system's slower function takes its place.
    ///
    /// - Precondition: All shapes are equal.
    public func addingProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
        var result = copied()
        result.addProduct(a, b)
        return result
    }

    /// `self += a * b`, element by element, rounded once and without a temporary.
    ///
    /// - Precondition: All shapes are equal.
    public mutating func addProduct(_ a: Tensor, _ b: Tensor) {
        Tensor.requireSameShape(self, a)
        Tensor.requireSameShape(self, b)
        let count = count
        withMutablePointer { output in
            a.withPointer { a in
                b.withPointer { b in
                    concurrently(count, minimum: _ElementwiseOperation.add.threadedCount) {
                        Scalar._addProduct($1, a + $0, b + $0, output + $0)
                    }
                }
            }
        }
    }
}
