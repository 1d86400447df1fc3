// SPDX-License-Identifier: Apache-2.0

/// Memory of one network's passes: made once, so that steps allocate nothing.
package final class ScalarBuffer<Scalar: NetworkScalar> {
    package let count: Int
    package let base: UnsafeMutablePointer<Scalar>

    /// `count` zeros.
    package init(_ count: Int) {
        self.count = count
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: 0, count: max(count, 1))
    }

    /// A copy of `values`.
    package convenience init(_ values: [Scalar]) {
        self.init(values.count)
        values.withUnsafeBufferPointer { values in
            if let start = values.baseAddress { base.update(from: start, count: count) }
        }
    }

    deinit { base.deallocate() }

    package func clear() { base.update(repeating: 0, count: count) }

    /// A copy as an array.
    package var values: [Scalar] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
