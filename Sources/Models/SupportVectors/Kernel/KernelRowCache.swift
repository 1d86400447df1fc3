// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The kernel rows of the active variables that were used last, within a bound in bytes.
///
/// It owns one block of memory that is cut into rows; the system gives pages of it only when they
/// are written to.
final class KernelRowCache {
    private let capacity: Int
    /// The rows, ``stride`` apart.
    let storage: UnsafeMutablePointer<Float>
    private var targets: KernelTargets
    /// The training row of every active variable.
    private var rows: [Int]
    /// Elements from one cached row to the next.
    private(set) var stride: Int
    private var slotOfVariable: [Int]
    private var variableOfSlot: [Int] = []
    // A ring of the slots in the order of their last use; the last entry is the ring's anchor.
    private var next: [Int] = []
    private var previous: [Int] = []
    // Slots of rows that will hardly be used again; these are the first of the ring.
    private var isDoubtful: [Bool] = []
    private var doubtfulCount = 0
    /// The number of rows there is room for.
    private(set) var slotLimit: Int

    /// The least number of rows there is room for, whatever the bound.
    static let leastRows = 16

    init(_ targets: KernelTargets, rows: [Int], bytes: Int) {
        let stride = Self.stride(rows.count)
        let most = min(bytes / MemoryLayout<Float>.stride, stride * rows.count)
        capacity = max(most, Self.leastRows * stride)
        storage = .allocate(capacity: capacity)
        preferLargePages(UnsafeMutableRawBufferPointer(start: storage, count: 4 * capacity))
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
        isDoubtful = []
        doubtfulCount = 0
        next = [0]
        previous = [0]
    }

    /// The slots of the kernel values of active variables with all active ones, which stay until
    /// the next call.
    ///
    /// - Precondition: No more variables than ``slotLimit``, each once.
    func slots(of variables: [Int]) -> [Int] {
        precondition(
            variables.count <= slotLimit, "\(variables.count) rows, room for \(slotLimit)")
        // Rows that are used last are given up last.
        for variable in variables where slotOfVariable[variable] >= 0 {
            take(slotOfVariable[variable])
            linkLast(slotOfVariable[variable])
        }
        let missing = variables.filter { slotOfVariable[$0] < 0 }
        guard !missing.isEmpty else { return variables.map { slotOfVariable[$0] } }
        for variable in missing {
            let slot = freeSlot()
            variableOfSlot[slot] = variable
            slotOfVariable[variable] = slot
            linkLast(slot)
        }
        targets.write(
            missing.map { rows[$0] }, to: storage, missing.map { slotOfVariable[$0] },
            stride: stride)
        return variables.map { slotOfVariable[$0] }
    }

    /// A slot that is in no variable's use and not in the ring.
    private func freeSlot() -> Int {
        guard variableOfSlot.count == slotLimit || doubtfulCount > 0 else {
            let slot = variableOfSlot.count
            variableOfSlot.append(-1)
            isDoubtful.append(false)
            // The anchor moves behind the new slot.
            let anchor = slot + 1
            next.append(next[slot])
            previous.append(previous[slot])
            if next[anchor] == slot { (next[anchor], previous[anchor]) = (anchor, anchor) }
            next[previous[anchor]] = anchor
            previous[next[anchor]] = anchor
            return slot
        }
        let slot = next[variableOfSlot.count]
        take(slot)
        slotOfVariable[variableOfSlot[slot]] = -1
        return slot
    }

    /// Makes the rows of variables that will hardly be needed again the first to give way, which
    /// keeps the memory in use small.
    func doubt(_ variables: [Int]) {
        for variable in variables {
            let slot = slotOfVariable[variable]
            guard slot >= 0, !isDoubtful[slot] else { continue }
            unlink(slot)
            let anchor = variableOfSlot.count
            next[slot] = next[anchor]
            previous[slot] = anchor
            previous[next[anchor]] = slot
            next[anchor] = slot
            isDoubtful[slot] = true
            doubtfulCount += 1
        }
    }

    /// Takes a slot out of the ring.
    private func take(_ slot: Int) {
        unlink(slot)
        if isDoubtful[slot] {
            isDoubtful[slot] = false
            doubtfulCount -= 1
        }
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
        isDoubtful = [Bool](repeating: false, count: count)
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
