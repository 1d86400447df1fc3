// SPDX-License-Identifier: Apache-2.0

/// The events of some kinds, with a numeric attribute if one is asked for.
struct EventScan {
    private let kinds: [Int32]
    /// For each kind whether its events are taken; `nil` for all.
    private let isTaken: [Bool]?

    init(
        _ storage: EventLog.Storage, kinds: [String]?, attribute: String?
    ) throws(FeatureError) {
        self.kinds = storage.kinds
        isTaken = try storage.isTaken(kinds)
        if let attribute { _ = try storage.attributes.index(of: attribute) }
    }

    /// Calls `body` with the position of each event that is taken, oldest first.
    @inline(__always)
    func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
        guard let isTaken else {
            for position in range { body(position) }
            return
        }
        for position in range where isTaken[Int(kinds[position])] { body(position) }
    }

    func count(in range: Range<Int>) -> Int {
        guard isTaken != nil else { return range.count }
        var count = 0
        forEach(in: range) { _ in count += 1 }
        return count
    }

    func first(in range: Range<Int>) -> Int? {
        range.first { isTaken?[Int(kinds[$0])] ?? true }
    }

    func last(in range: Range<Int>) -> Int? {
        range.last { isTaken?[Int(kinds[$0])] ?? true }
    }

    /// The stretch of `range` with the events of a window that counts events.
    func newest(_ window: EventWindow, in range: Range<Int>) -> Range<Int> {
        var (seen, end) = (0, range.lowerBound)
        for position in range.reversed() where isTaken?[Int(kinds[position])] ?? true {
            seen += 1
            if seen == window.lag + 1 { end = position + 1 }
            if seen == window.lag + window.length { return position..<end }
        }
        return range.lowerBound..<end
    }
}
