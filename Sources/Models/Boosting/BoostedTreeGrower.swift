// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// Grows the trees of a boosted sum: every leaf keeps the sums of all its codes, so that of two
/// children only the smaller one is summed and the other is the difference.
///
/// Gradients and curvatures are rounded to whole numbers in units that are powers of two, so small
/// that their sums just fit; leaf values are made of the numbers themselves.
final class BoostedTreeGrower {
    let binned: BinnedFeatures
    let growth: BoostingGrowth
    let directions: [Int32]
    /// For every feature the features of each group that it is in; empty where all go together.
    let groups: [[Int]]
    private let room: TreeRoom
    private let offsets: [Int]
    private let sumCount: Int
    private var slots: [UnsafeMutablePointer<Int64>] = []
    private var freeSlots: [Int] = []
    private var unitA = 1.0
    private var unitB = 1.0
    private var features: [Int] = []
    private var tree: GrownTree

    init(
        _ binned: BinnedFeatures, growth: BoostingGrowth, directions: [Int32], groups: [[Int]]
    ) {
        self.binned = binned
        self.growth = growth
        self.directions = directions
        self.groups = groups
        room = TreeRoom(binned, channels: 1)
        var offsets = [0]
        for column in binned.columns {
            offsets.append(offsets[offsets.count - 1] + column.bins + 1)
        }
        self.offsets = offsets
        sumCount = offsets[offsets.count - 1]
        tree = GrownTree(gains: [])
    }

    deinit { for slot in slots { slot.deallocate() } }

    private struct Leaf {
        var start: Int
        var count: Int
        var depth: Int
        var node: Int
        var total: Int64
        var lower = -Double.infinity
        var upper = Double.infinity
        /// The groups that hold all features on the way here; `nil` at the root.
        var groups: [Int]?
        var slot: Int?
        var split: NodeSplit?
    }

    /// A grown tree and the rows of its leaves.
    struct Result {
        var tree: GrownTree
        /// The rows, those of a leaf next to each other, and where each leaf's begin.
        var rows: UnsafePointer<UInt32>
        var starts: [Int]
        var nodes: [Int]
        /// The bounds of each leaf's value.
        var bounds: [(lower: Double, upper: Double)]
    }

    /// Grows a tree on some of the rows, ascending, or all; its leaves have no values yet.
    func grow(
        a: [Double], b: [Double], rows: [UInt32]?, features: [Int]
    ) -> Result {
        self.features = features
        tree = GrownTree(gains: [Double](repeating: 0, count: binned.columns.count))
        let count = rows?.count ?? binned.rowCount
        let total = fill(a: a, b: b, rows: rows, count: count)
        freeSlots = Array(slots.indices)
        addNode()
        var open = [Leaf(start: 0, count: count, depth: 0, node: 0, total: total)]
        if canSplit(open[0]) {
            open[0].slot = takeSlot()
            sum(open[0])
            findSplits(&open[0])
        }
        while open.count < growth.leafLimit, let next = nextLeaf(open), let split = open[next].split
        {
            let parent = open[next]
            var (left, right) = apply(split, to: parent)
            if open.count + 1 < growth.leafLimit { prepare(&left, &right, parent: parent) }
            open[next] = left
            open.append(right)
        }
        return result(open)
    }

    private func result(_ open: [Leaf]) -> Result {
        let leaves = open.sorted { $0.start < $1.start }
        for (number, leaf) in leaves.enumerated() {
            tree.nodes[leaf.node].left = UInt32(number)
        }
        tree.leafCount = leaves.count
        return Result(
            tree: tree, rows: UnsafePointer(room.rows),
            starts: leaves.map(\.start) + [leaves.last.map { $0.start + $0.count } ?? 0],
            nodes: leaves.map(\.node), bounds: leaves.map { ($0.lower, $0.upper) })
    }

    private func addNode() {
        tree.nodes.append(credit_tree_node(threshold: 0, feature: -1, left: 0))
        tree.covers.append(0)
    }

    private func takeSlot() -> Int {
        if let slot = freeSlots.popLast() { return slot }
        slots.append(.allocate(capacity: sumCount))
        return slots.count - 1
    }

    /// Rounds gradients and curvatures; returns their packed sums.
    private func fill(a: [Double], b: [Double], rows: [UInt32]?, count: Int) -> Int64 {
        let sumA = credit_sum_of_magnitudes_f64(a.count, a)
        let sumB = credit_sum_f64(b.count, b)
        let scaleA = sumA > 0 ? powerOfTwo(below: 0x1p30 / sumA) : 1
        let scaleB = sumB > 0 ? powerOfTwo(below: 0x1p30 / sumB) : 1
        (unitA, unitB) = (1 / scaleA, 1 / scaleB)
        guard let rows else {
            for row in 0..<count { room.rows[row] = UInt32(row) }
            return credit_tree_quantise(count, a, b, scaleA, scaleB, room.values)
        }
        var ownA = [Double](repeating: 0, count: count)
        var ownB = ownA
        for (index, row) in rows.enumerated() {
            room.rows[index] = row
            ownA[index] = a[Int(row)]
            ownB[index] = b[Int(row)]
        }
        return credit_tree_quantise(count, ownA, ownB, scaleA, scaleB, room.values)
    }

    private func nextLeaf(_ open: [Leaf]) -> Int? {
        var best: Int?
        for index in open.indices {
            guard let split = open[index].split else { continue }
            guard let other = best, let known = open[other].split else {
                best = index
                continue
            }
            let isBetter =
                growth.order == .bestFirst
                ? (split.gain, -open[index].node) > (known.gain, -open[other].node)
                : (open[index].depth, open[index].node) < (open[other].depth, open[other].node)
            if isBetter { best = index }
        }
        return best
    }

    private func canSplit(_ leaf: Leaf) -> Bool {
        leaf.count > 1 && leaf.depth < growth.depthLimit ?? .max
            && unpacked(leaf.total).b * unitB >= 2 * growth.minimumLeafCurvature
    }

    private func apply(_ split: NodeSplit, to leaf: Leaf) -> (Leaf, Leaf) {
        let column = binned.columns[split.feature]
        let leftCount = room.partition(
            leaf.start, leaf.count, by: split, column, codes: binned.codes,
            rowCount: binned.rowCount)
        tree.gains[split.feature] += split.gain
        let left = tree.nodes.count
        addNode()
        addNode()
        tree.set(leaf.node, split, column, left: left)
        var first = leaf
        first.count = leftCount
        first.depth += 1
        first.node = left
        first.total = split.leftTotal
        first.slot = nil
        first.split = nil
        if !groups.isEmpty {
            let own = groups.indices.filter { groups[$0].contains(split.feature) }
            first.groups = leaf.groups.map { $0.filter(own.contains) } ?? own
        }
        var second = first
        second.start += leftCount
        second.count = leaf.count - leftCount
        second.node = left + 1
        second.total = leaf.total - split.leftTotal
        if directions[split.feature] != 0 {
            let middle = (value(of: first) + value(of: second)) / 2
            if directions[split.feature] > 0 {
                first.upper = middle
                second.lower = middle
            } else {
                first.lower = middle
                second.upper = middle
            }
        }
        return (first, second)
    }

    private func value(of leaf: Leaf) -> Double {
        let (a, b) = unpacked(leaf.total)
        return leafValue(
            a * unitA, b * unitB, growth, bounds: (leaf.lower, leaf.upper))
    }

    /// Sums the codes of the children that may be split, and looks for their splits.
    private func prepare(_ left: inout Leaf, _ right: inout Leaf, parent: Leaf) {
        let (goesLeft, goesRight) = (canSplit(left), canSplit(right))
        guard goesLeft || goesRight, let parentSlot = parent.slot else {
            if let slot = parent.slot { freeSlots.append(slot) }
            return
        }
        let isLeftSmaller = left.count <= right.count
        var (small, large) = isLeftSmaller ? (left, right) : (right, left)
        small.slot = takeSlot()
        large.slot = parentSlot
        let splits = sumAndFind(small, large)
        if canSplit(small) { small.split = splits.small }
        if canSplit(large) { large.split = splits.large }
        for leaf in [small, large] where leaf.split == nil {
            if let slot = leaf.slot { freeSlots.append(slot) }
        }
        (left, right) = isLeftSmaller ? (small, large) : (large, small)
    }

    private func sum(_ leaf: Leaf) {
        guard let slot = leaf.slot else { return }
        eachPart { part in self.sum(part, leaf, into: self.slots[slot]) }
    }

    private func findSplits(_ leaf: inout Leaf) {
        guard let slot = leaf.slot else { return }
        let sums = slots[slot]
        let found = collect { [leaf] feature in self.find(feature, leaf, sums) }
        leaf.split = best(found, leaf)
    }

    private func sumAndFind(_ small: Leaf, _ large: Leaf) -> (small: NodeSplit?, large: NodeSplit?)
    {
        guard let smallSlot = small.slot, let largeSlot = large.slot else { return (nil, nil) }
        let (smallSums, largeSums) = (slots[smallSlot], slots[largeSlot])
        var first = [NodeSplit?](repeating: nil, count: binned.columns.count)
        var second = first
        let (findsSmall, findsLarge) = (canSplit(small), canSplit(large))
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                nonisolated(unsafe) let (first, second) = (first, second)
                eachPart(rows: small.count) { part in
                    self.sum(part, small, into: smallSums)
                    for feature in part {
                        let (start, end) = (self.offsets[feature], self.offsets[feature + 1])
                        credit_tree_subtract(
                            end - start, largeSums + start, smallSums + start, largeSums + start)
                        if findsSmall { first[feature] = self.find(feature, small, smallSums) }
                        if findsLarge { second[feature] = self.find(feature, large, largeSums) }
                    }
                }
            }
        }
        return (best(first, small), best(second, large))
    }

    private func collect(_ body: (Int) -> NodeSplit?) -> [NodeSplit?] {
        var found = [NodeSplit?](repeating: nil, count: binned.columns.count)
        found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let found = found
            eachPart { part in for feature in part { found[feature] = body(feature) } }
        }
        return found
    }

    /// Calls `body` with the features in parts of four, on several threads where there is enough to
    /// do.
    private func eachPart(rows: Int = .max, _ body: (ArraySlice<Int>) -> Void) {
        let parts = (features.count + 3) / 4
        let isSmall = rows < 4096 && rows * features.count < 1 << 14
        concurrently(parts, minimum: isSmall ? .max : 2, block: 1) { start, count in
            for part in start..<start + count {
                body(features[part * 4..<min(part * 4 + 4, features.count)])
            }
        }
    }

    /// Sums the rows of a leaf by the codes of at most four features.
    private func sum(
        _ part: ArraySlice<Int>, _ leaf: Leaf, into sums: UnsafeMutablePointer<Int64>
    ) {
        guard case .narrow(let codes) = binned.codes else { return }
        codes.withUnsafeBufferPointer { codes in
            guard let base = codes.baseAddress else { return }
            let (rows, values) = (room.rows + leaf.start, room.values + leaf.start)
            for feature in part {
                let own = offsets[feature]..<offsets[feature + 1]
                (sums + own.lowerBound).update(repeating: 0, count: own.count)
            }
            if part.count == 4 {
                let columns = part.map { base + $0 * binned.rowCount }
                let outputs = part.map { sums + offsets[$0] }
                credit_tree_sum_four_u8(
                    leaf.count, rows, values, columns.map { Optional($0) },
                    outputs.map { Optional($0) })
            } else {
                for feature in part {
                    credit_tree_sum_u8(
                        leaf.count, rows, values, base + feature * binned.rowCount,
                        sums + offsets[feature])
                }
            }
        }
    }

    private func query(_ leaf: Leaf, _ feature: Int) -> credit_tree_query {
        credit_tree_query(
            total: leaf.total, unit_a: unitA, unit_b: unitB, l1: growth.l1, l2: growth.l2,
            minimum_b: growth.minimumLeafCurvature, lower: leaf.lower, upper: leaf.upper,
            criterion: 0, direction: directions[feature],
            bounded: leaf.lower > -.infinity || leaf.upper < .infinity ? 1 : 0,
            bins: Int32(binned.columns[feature].bins), class_count: 1)
    }

    /// The best split of a leaf by one feature, its score as its gain.
    private func find(
        _ feature: Int, _ leaf: Leaf, _ sums: UnsafeMutablePointer<Int64>
    ) -> NodeSplit? {
        if let alive = leaf.groups, !alive.contains(where: { groups[$0].contains(feature) }) {
            return nil
        }
        let column = binned.columns[feature]
        let query = query(leaf, feature)
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 16 * (column.bins + 2)) {
            scratch in
            if column.isNominal {
                var set = [UInt64](repeating: 0, count: Int(CREDIT_TREE_SET_WORDS))
                let cut = withUnsafePointer(to: query) {
                    credit_tree_best_set(
                        $0, growth.levelSmoothing, sums + offsets[feature], scratch.baseAddress,
                        &set)
                }
                return cut.score > -.infinity ? NodeSplit(cut, feature: feature, set: set) : nil
            }
            let cut = withUnsafePointer(to: query) {
                credit_tree_best_cut($0, sums + offsets[feature], nil, scratch.baseAddress)
            }
            return cut.score > -.infinity ? NodeSplit(cut, feature: feature) : nil
        }
    }

    /// The best of the features' splits where it gains enough.
    private func best(_ found: [NodeSplit?], _ leaf: Leaf) -> NodeSplit? {
        var best: NodeSplit?
        for feature in features {
            if let split = found[feature], split.gain > best?.gain ?? -.infinity { best = split }
        }
        guard var best else { return nil }
        let query = query(leaf, features[0])
        let own = withUnsafePointer(to: query) { credit_tree_node_score($0, nil, nil) }
        best.gain = (best.gain - own) / 2
        guard best.gain > abs(own) * 1e-13, best.gain >= growth.minimumGain else { return nil }
        return best
    }
}

/// The value of a leaf by the sums of its negative gradients and curvatures, before the learning
/// rate.
func leafValue(
    _ a: Double, _ b: Double, _ growth: BoostingGrowth, bounds: (lower: Double, upper: Double)
) -> Double {
    let size = abs(a) - growth.l1
    let shrunk = size > 0 ? (a < 0 ? -size : size) : 0
    let curvature = b + growth.l2
    return min(max(curvature > 0 ? shrunk / curvature : 0, bounds.lower), bounds.upper)
}

extension GrownTree {
    /// Makes a node an inner one.
    mutating func set(_ node: Int, _ split: NodeSplit, _ column: BinnedColumn, left: Int) {
        var feature = Int32(split.feature)
        if split.missingLeft { feature |= Int32(CREDIT_TREE_MISSING_LEFT) }
        let threshold: Double
        if column.isNominal {
            feature |= Int32(CREDIT_TREE_NOMINAL)
            threshold = Double(sets.count)
            sets += split.set
        } else {
            threshold =
                split.threshold ?? column.threshold(after: split.code, before: split.next)
        }
        nodes[node] = credit_tree_node(threshold: threshold, feature: feature, left: UInt32(left))
    }
}
