// SPDX-License-Identifier: Apache-2.0

extension Tensor: Equatable {
    /// Whether shapes and all elements are equal; a NaN differs from everything, itself included.
    public static func == (a: Tensor, b: Tensor) -> Bool {
        a.shape == b.shape && a.storage == b.storage
    }
}

extension Tensor: Hashable {
    /// Feeds shape and elements to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for axis in shape.indices { hasher.combine(shape[axis]) }
        hasher.combine(storage)
    }
}
