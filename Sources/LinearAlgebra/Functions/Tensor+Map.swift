// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// The tensor of `transform` applied to every element in row-major order.
    @inlinable
    public func map<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) -> Tensor {
        Tensor(uncheckedShape: shape, storage: try storage.map(transform))
    }

    /// Replaces every element by its image under `transform`, in row-major order.
    @inlinable
    public mutating func apply<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) {
        for index in storage.indices { storage[index] = try transform(storage[index]) }
    }
}
