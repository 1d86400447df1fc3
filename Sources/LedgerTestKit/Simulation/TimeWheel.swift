// SPDX-License-Identifier: Apache-2.0

/// Events by the millisecond in which they happen, first in first out within one.
struct TimeWheel<Event: Sendable>: Sendable {
    private var slots: [[Event]]
    private var position = 0
    private let mask: UInt64
    /// The current millisecond.
    private(set) var time: UInt64 = 0
    /// How many events are to come.
    private(set) var count = 0

    /// A wheel for events at most `span` milliseconds ahead, a power of two.
    init(span: Int) {
        slots = Array(repeating: [], count: span)
        mask = UInt64(span - 1)
    }

    mutating func insert(_ event: Event, after delay: UInt64) {
        precondition(delay < mask, "\(delay) ms ahead, the wheel holds \(mask)")
        slots[Int((time + delay) & mask)].append(event)
        count += 1
    }

    mutating func next() -> Event? {
        guard count > 0 else { return nil }
        while true {
            let slot = Int(time & mask)
            if position < slots[slot].count {
                position += 1
                count -= 1
                return slots[slot][position - 1]
            }
            slots[slot].removeAll(keepingCapacity: true)
            position = 0
            time += 1
        }
    }
}
