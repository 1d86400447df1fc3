// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The kernel rows of the active variables that were used last, within a bound in bytes.
///
/// It owns one block of memory that is cut into rows; the system gives pages of it only when they
/// are written to.
final class KernelRowCache {
    private let capacity: Int
    private let storage: UnsafeMutablePointer<Float>
    private var targets: KernelTargets
    /// The training row of every active variable.
    private var rows: [Int]
    /// Elements from one cached row to the next.
    private var stride: Int
    private var slotOfVariable: [Int]
    private var variableOfSlot: [Int] = []
    // A ring of the slots in the order of their last use; the last entry is the ring's anchor.
    private var next: [Int] = []
    private var previous: [Int] = []
    private var slotLimit: Int

    /// The least number of rows that a step works with at a time.
    private static let leastRows = 4

    init(_ targets: KernelTargets, rows: [Int], bytes: Int) {
        let stride = Self.stride(rows.count)
        let most = min(bytes / MemoryLayout<Float>.stride, stride * rows.count)
        capacity = max(most, Self.leastRows * stride)
        storage = .allocate(capacity: capacity)
        self.targets = targets
        self.rows = rows
        self.stride = stride
        slotOfVariable = [Int](repeating: -1, count: rows.count)
        slotLimit = 0
        empty()
    }

    deinit { storage.deallocate() }

    private static func stride(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    private func empty() {
        stride = Self.stride(rows.count)
        slotLimit = capacity / stride
        slotOfVariable = [Int](repeating: -1, count: rows.count)
        variableOfSlot = []
        next = [0]
        previous = [0]
    }

    /// The kernel values of an active variable with all active ones; valid until three other
    /// variables are asked for.
    func row(_ variable: Int) -> UnsafePointer<Float> {
        let found = slotOfVariable[variable]
        if found >= 0 {
            unlink(found)
            linkLast(found)
            return UnsafePointer(storage + found * stride)
        }
        let slot: Int
        if variableOfSlot.count < slotLimit {
            slot = variableOfSlot.count
            variableOfSlot.append(variable)
            // The anchor moves behind the new slot.
            let anchor = slot + 1
            next.append(next[slot])
            previous.append(previous[slot])
            if next[anchor] == slot { (next[anchor], previous[anchor]) = (anchor, anchor) }
            next[previous[anchor]] = anchor
            previous[next[anchor]] = anchor
        } else {
            slot = next[variableOfSlot.count]
            unlink(slot)
            slotOfVariable[variableOfSlot[slot]] = -1
            variableOfSlot[slot] = variable
        }
        linkLast(slot)
        slotOfVariable[variable] = slot
        targets.write(rows[variable], to: storage + slot * stride)
        return UnsafePointer(storage + slot * stride)
    }

    private func unlink(_ slot: Int) {
        next[previous[slot]] = next[slot]
        previous[next[slot]] = previous[slot]
    }

    private func linkLast(_ slot: Int) {
        let anchor = variableOfSlot.count
        previous[slot] = previous[anchor]
        next[slot] = anchor
        next[previous[anchor]] = slot
        previous[anchor] = slot
    }

    /// Keeps only the active variables at `kept`, ascending, and what the cache knows of them.
    func shrink(to kept: [Int], targets: KernelTargets) {
        let oldStride = stride
        let newStride = Self.stride(kept.count)
        var positionOfVariable = [Int](repeating: -1, count: rows.count)
        for (position, variable) in kept.enumerated() { positionOfVariable[variable] = position }
        // From the one used longest ago, so that the order stays.
        var order: [(slot: Int, variable: Int)] = []
        var slot = next[variableOfSlot.count]
        while slot != variableOfSlot.count {
            order.append((slot, positionOfVariable[variableOfSlot[slot]]))
            slot = next[slot]
        }
        // Rows move to lower addresses only, one after the other.
        var newSlots = [Int](repeating: -1, count: variableOfSlot.count)
        var count = 0
        for old in variableOfSlot.indices where positionOfVariable[variableOfSlot[old]] >= 0 {
            let (source, target) = (storage + old * oldStride, storage + count * newStride)
            for (position, variable) in kept.enumerated() { target[position] = source[variable] }
            newSlots[old] = count
            count += 1
        }
        rows = kept.map { rows[$0] }
        self.targets = targets
        empty()
        variableOfSlot = [Int](repeating: -1, count: count)
        next = [Int](repeating: count, count: count + 1)
        previous = next
        for (old, variable) in order where newSlots[old] >= 0 {
            let slot = newSlots[old]
            variableOfSlot[slot] = variable
            slotOfVariable[variable] = slot
            linkLast(slot)
        }
    }

    /// Starts anew with other active variables.
    func reset(to rows: [Int], targets: KernelTargets) {
        self.rows = rows
        self.targets = targets
        empty()
    }
}
