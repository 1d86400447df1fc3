// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// The dot product `sum of a[i] b[i]` by BLAS; 0 for empty vectors.
    ///
    /// The last bits depend on the BLAS in use; ``orderedDot(_:)`` does not.
    ///
    /// - Precondition: Both counts are equal.
    public func dot(_ other: Tensor) -> Scalar {
        requireSameCount(other)
        // Shorter than what a BLAS would spread over threads of its own.
        let block = 1 << 13
        return withPointer { a in
            other.withPointer { b in
                chunkedSum(count) { start, length in
                    stride(from: start, to: start + length, by: block).reduce(0) {
                        $0 + Scalar._dot(Swift.min(block, start + length - $1), a + $1, b + $1)
                    }
                }
            }
        }
    }

    /// The dot product in a fixed order: the same bits on every processor and with every BLAS.
    ///
    /// What is agreed on by several machines (a score) is summed with this.
    ///
    /// - Precondition: Both counts are equal.
    public func orderedDot(_ other: Tensor) -> Scalar {
        requireSameCount(other)
        return withPointer { a in
            other.withPointer { b in
                chunkedSum(count) { Scalar._orderedDot($1, a + $0, b + $0) }
            }
        }
    }

    /// The outer product: (m) and (n) give the (m x n) matrix of `a[i] b[j]`.
    ///
    /// - Complexity: O(m n).
    public func outer(_ other: Tensor) -> Matrix<Scalar> {
        let columns = other.count
        let result = uninitialized(count * columns) { (output: UnsafeMutablePointer<Scalar>) in
            other.withPointer { b in
                for row in indices {
                    Scalar._combine(
                        .multiply, columns, scalar: self[row], b, output + row * columns)
                }
            }
        }
        return Matrix(uncheckedShape: [count, columns], storage: result)
    }

    private func requireSameCount(_ other: Tensor) {
        precondition(count == other.count, "dot of counts \(count) and \(other.count)")
    }
}

extension Tensor where rank == 2 {
    /// The product with a vector, each row summed as by ``orderedDot(_:)``.
    ///
    /// A row's result depends on nothing but the row and the vector: not on the BLAS, the thread
    /// count or the rows around it.
    ///
    /// - Precondition: `columnCount` equals `vector.count`.
    /// - Complexity: O(rowCount * columnCount).
    public func orderedMatmul(_ vector: Vector<Scalar>) -> Vector<Scalar> {
        precondition(
            columnCount == vector.count,
            "orderedMatmul of shapes \(describe(shape)) and \(vector.count)")
        let result = uninitialized(rowCount) { (output: UnsafeMutablePointer<Scalar>) in
            withPointer { a in
                vector.withPointer { x in
                    for row in 0..<rowCount {
                        output[row] = Scalar._orderedDot(columnCount, a + row * columnCount, x)
                    }
                }
            }
        }
        return Vector(result)
    }
}
