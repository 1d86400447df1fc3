// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Asks the system to serve memory that has not been touched from large pages, if it is large.
///
/// Fewer page faults and address translations make long loops faster, most of all on virtual
/// machines. Elements that the caller brings along lie where the caller put them.
package func preferLargePages(_ memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= 1 << 22 else { return }
    credit_prefer_large_pages(memory.baseAddress, memory.count)
}

/// An array of `count` elements equal to `value`.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
func repeated<Scalar>(_ value: Scalar, _ count: Int) -> [Scalar] {
    precondition(count >= 0, "\(count) elements")
    return uninitialized(count) { $0.initialize(repeating: value, count: count) }
}

extension Tensor {
    /// Whether writing all elements leaves few of them in the caches of usual processors.
    ///
    /// Existing elements that are written as a whole then need not be read into the caches first.
    var exceedsCaches: Bool { count >= (1 << 25) / MemoryLayout<Scalar>.stride }

    /// A tensor of elements of its own, for results that begin as a copy.
    func copied() -> Tensor {
        let elements = withPointer { source in
            uninitialized(count) { $0.initialize(from: source, count: count) }
        }
        return Tensor(uncheckedShape: shape, storage: elements)
    }
}
