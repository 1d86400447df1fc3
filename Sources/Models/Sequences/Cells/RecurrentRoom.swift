// SPDX-License-Identifier: Apache-2.0

/// Memory that is kept from batch to batch, and grows where a batch needs more.
final class RecurrentRoom<Scalar: RecurrentScalar> {
    private(set) var pointer: UnsafeMutablePointer<Scalar>
    private var capacity: Int

    init(_ count: Int = 0) {
        capacity = max(1, count)
        pointer = .allocate(capacity: capacity)
        pointer.initialize(repeating: 0, count: capacity)
    }

    deinit { pointer.deallocate() }

    /// Room for `count` numbers, whatever they are.
    func reserve(_ count: Int) {
        guard count > capacity else { return }
        pointer.deallocate()
        capacity = count
        pointer = .allocate(capacity: count)
        pointer.initialize(repeating: 0, count: count)
    }

    /// Room for `count` zeros.
    func clear(_ count: Int) {
        reserve(count)
        pointer.update(repeating: 0, count: count)
    }
}
