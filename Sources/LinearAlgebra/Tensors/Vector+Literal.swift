// SPDX-License-Identifier: Apache-2.0

extension Tensor: ExpressibleByArrayLiteral where rank == 1 {
    /// Creates a vector of the literal's elements.
    public init(arrayLiteral elements: Scalar...) { self.init(elements) }
}
