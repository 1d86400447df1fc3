// SPDX-License-Identifier: Apache-2.0

/// The variables of a block, as positions among the active ones.
struct BlockChoice {
    /// Ascending.
    var positions: [Int]
    /// How many of them are in each group.
    var groupSizes: [Int]
    /// The largest violation of the conditions of a minimum, of all active variables.
    var violation: Double
}

/// The elements with the largest keys of those that were offered; of equal ones, those that were
/// offered first.
struct LargestElements {
    private let limit: Int
    // A heap whose root has the least key, or of equal ones the one offered last.
    private var heap: [(key: Double, position: Int)] = []

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    private static func isLess(
        _ a: (key: Double, position: Int), _ b: (key: Double, position: Int)
    ) -> Bool {
        a.key < b.key || a.key == b.key && a.position > b.position
    }

    /// Positions are offered in ascending order.
    mutating func offer(_ key: Double, _ position: Int) {
        guard heap.count == limit else {
            var child = heap.count
            heap.append((key, position))
            while child > 0, Self.isLess(heap[child], heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
            return
        }
        guard limit > 0, key > heap[0].key else { return }
        heap[0] = (key, position)
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < limit && Self.isLess(heap[child], heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    /// From the largest key down.
    var descending: [(key: Double, position: Int)] {
        heap.sorted { Self.isLess($1, $0) }
    }
}

extension SequentialMinimalOptimisation {
    /// The variables to work on next.
    ///
    /// Half of the room goes to new variables, from either side of the conditions; the rest to
    /// those of the last block, first the ones between their bounds, then the ones that violate the
    /// conditions, of these the latest first.
    func chooseBlock(number: Int) -> BlockChoice {
        let most = min(Self.mostVariables, cache.slotLimit, active.count)
        var isMember = [Bool](repeating: false, count: active.count)
        for member in members { isMember[member.position] = true }
        // At least the two that violate the conditions most.
        let share = max((members.isEmpty ? most : most / 2) / groups.count, 2)
        var isChosen = [Bool](repeating: false, count: active.count)
        var fresh: [Int] = []
        var violation = -Double.infinity
        var others: [(rank: Int, position: Int, since: Int)] = []
        var memberIndex = 0
        let byPosition = members.sorted { $0.position < $1.position }
        for group in groups {
            let found = extremes(of: group, share: share, isMember)
            let (rising, falling) = (found.rising, found.falling)
            violation = max(violation, rising.key + falling.key)
            let isViolated = rising.key + falling.key > 0
            var room = share
            func take(
                _ candidates: [(key: Double, position: Int)], against other: Double, _ limit: Int
            ) {
                var left = limit
                for candidate in candidates where left > 0 && candidate.key + other > 0 {
                    guard !isChosen[candidate.position] else { continue }
                    isChosen[candidate.position] = true
                    fresh.append(candidate.position)
                    (left, room) = (left - 1, room - 1)
                }
            }
            if isViolated {
                take(found.risers, against: falling.key, share / 2)
                take(found.fallers, against: rising.key, room)
                take(found.risers, against: falling.key, room)
            }
            while memberIndex < byPosition.count,
                byPosition[memberIndex].position < group.upperBound
            {
                let (position, since) = byPosition[memberIndex]
                memberIndex += 1
                let (rises, falls) = (mayRise[position], mayFall[position])
                let violates =
                    rises && falling.key - gradient[position] > 0
                    || falls && rising.key + gradient[position] > 0
                let isExtreme =
                    isViolated && (position == rising.position || position == falling.position)
                let rank = isExtreme ? 0 : rises && falls ? 1 : violates ? 2 : 3
                others.append((rank, position, since))
            }
        }
        others.sort { a, b in
            (a.rank, -a.since, a.position) < (b.rank, -b.since, b.position)
        }
        let room = max(most - fresh.count, 0)
        let kept = others.prefix(room).map { (position: $0.position, since: $0.since) }
        let doubtful = areRowsCheap ? 2 : 3
        cache.doubt(others.dropFirst(room).filter { $0.rank >= doubtful }.map(\.position))
        members = kept + fresh.map { (position: $0, since: number) }
        let positions = members.map(\.position).sorted()
        return BlockChoice(
            positions: positions,
            groupSizes: groups.map { group in positions.count { group.contains($0) } },
            violation: violation)
    }

    private typealias Extreme = (key: Double, position: Int)

    /// The largest negative gradient of a group that may rise and the largest gradient that may
    /// fall, and the largest ones of variables that are no members.
    private func extremes(
        of group: Range<Int>, share: Int, _ isMember: [Bool]
    ) -> (rising: Extreme, falling: Extreme, risers: [Extreme], fallers: [Extreme]) {
        var rising: Extreme = (-.infinity, -1)
        var falling: Extreme = (-.infinity, -1)
        var (risers, fallers) = (LargestElements(limit: share), LargestElements(limit: share))
        let (gradient, mayRise, mayFall) = (gradient, mayRise, mayFall)
        for position in group {
            let slope = gradient[position]
            if mayRise[position] {
                if -slope > rising.key { rising = (-slope, position) }
                if !isMember[position] { risers.offer(-slope, position) }
            }
            if mayFall[position] {
                if slope > falling.key { falling = (slope, position) }
                if !isMember[position] { fallers.offer(slope, position) }
            }
        }
        return (rising, falling, risers.descending, fallers.descending)
    }
}
