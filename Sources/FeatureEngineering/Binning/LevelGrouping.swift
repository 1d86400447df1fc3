// SPDX-License-Identifier: Apache-2.0

/// The levels of a categorical variable in the order of their event rates.
struct LevelGrouping {
    /// Levels that stay together, with the lowest event rate first.
    private(set) var groups: [(levels: [String], counts: ClassCounts)] = []
    /// Levels without a group.
    private(set) var rare: (levels: [String], counts: ClassCounts) = ([], ClassCounts())

    init(levels: [(name: String, counts: ClassCounts)], recipe: OptimalBinning) {
        if let chosen = recipe.levelGroups {
            let counts = Dictionary(
                levels.map { ($0.name, $0.counts) }, uniquingKeysWith: { first, _ in first })
            for group in chosen {
                let sum = group.reduce(ClassCounts()) { $0 + (counts[$1] ?? ClassCounts()) }
                if sum.total > 0 { groups.append((group, sum)) } else { rare.levels += group }
            }
            let known = Set(chosen.joined())
            for level in levels where !known.contains(level.name) { addRare(level) }
        } else {
            let total = levels.reduce(0) { $0 + $1.counts.total }
            let limit = ((recipe.rareLevelShare ?? 0) * total).leniently(.atLeast)
            for level in levels {
                if level.counts.total < limit {
                    addRare(level)
                } else {
                    groups.append(([level.name], level.counts))
                }
            }
        }
        groups.sort { left, right in
            let difference = left.counts.comparedRate(to: right.counts)
            return difference == 0
                ? left.levels[0].utf8.lexicographicallyPrecedes(right.levels[0].utf8)
                : difference < 0
        }
        rare.levels = sortedByBytes(rare.levels)
    }

    private mutating func addRare(_ level: (name: String, counts: ClassCounts)) {
        rare.levels.append(level.name)
        rare.counts = rare.counts + level.counts
    }
}

/// A few numbers with a value each.
struct SortedKeys: Hashable, Sendable {
    private var keys: [Double]
    private var values: [Int]

    init(_ pairs: [(Double, Int)]) {
        let sorted = pairs.sorted { $0.0 < $1.0 }
        keys = sorted.map { $0.0 }
        values = sorted.map { $0.1 }
    }

    func value(_ key: Double) -> Int? {
        let position = keys.firstPosition { $0 >= key }
        return position < keys.count && keys[position] == key ? values[position] : nil
    }
}

extension [Double] {
    /// The first position whose element satisfies `isBehind`, which holds from there on.
    func firstPosition(_ isBehind: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
