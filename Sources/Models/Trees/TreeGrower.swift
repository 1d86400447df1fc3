// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

typealias TreeNodeRecord = credit_tree_node

/// Grows one tree after the other on the same features, in room that is made once.
///
/// What splits are chosen by are sums of whole numbers: weights, and targets less their mean, in
/// units that are powers of two and so small that the sums just fit. They do not depend on the
/// order of the rows. Leaves hold sums in the order of the rows of the numbers themselves.
final class TreeGrower {
    let binned: BinnedFeatures
    let plan: GrowthPlan
    /// The class of every row, or its target less the mean.
    let targets: TreeTargets
    let room: TreeRoom
    var tree: GrownTree
    var random = TreeRandom(state: 0)
    var unitA = 1.0
    var unitB = 1.0
    /// The weight of every row in this tree.
    var weights: [Double] = []
    var order: [Int]
    private var totalWeight = 0.0

    init(_ binned: BinnedFeatures, plan: GrowthPlan, targets: TreeTargets) {
        self.binned = binned
        self.plan = plan
        self.targets = targets
        room = TreeRoom(binned, channels: plan.outputCount)
        tree = GrownTree(gains: [])
        order = Array(binned.columns.indices)
    }

    /// A node that is to be split or made a leaf.
    struct Pending {
        var start: Int
        var count: Int
        var depth: Int
        var node: Int
        var total: Int64
        var lower = -Double.infinity
        var upper = Double.infinity
        var split: NodeSplit?
    }

    /// Grows a tree on the rows of positive weight.
    func grow(weights: [Double], random: TreeRandom) -> GrownTree {
        self.weights = weights
        self.random = random
        order = Array(binned.columns.indices)
        tree = GrownTree(gains: [Double](repeating: 0, count: binned.columns.count))
        let (count, total) = fillRoom()
        let root = addNode()
        let pending = Pending(start: 0, count: count, depth: 0, node: root, total: total)
        if let leafLimit = plan.leafLimit {
            growBestFirst(pending, leafLimit)
        } else {
            growDepthFirst(pending)
        }
        return tree
    }

    private func addNode() -> Int {
        tree.nodes.append(credit_tree_node(threshold: 0, feature: -1, left: 0))
        tree.covers.append(0)
        return tree.nodes.count - 1
    }

    /// Puts the rows of positive weight and what they add to sums into the room.
    private func fillRoom() -> (count: Int, total: Int64) {
        var count = 0
        var sumA = 0.0
        var sumB = 0.0
        var isWhole = true
        totalWeight = 0
        for row in weights.indices where weights[row] > 0 {
            let weight = weights[row]
            room.rows[count] = UInt32(row)
            count += 1
            sumB += weight
            if case .numbers(let numbers, _) = targets { sumA += abs(numbers[row] * weight) }
            isWhole = isWhole && weight == weight.rounded()
        }
        totalWeight = sumB
        let scaleB = isWhole && sumB < 0x1p30 ? 1 : powerOfTwo(below: 0x1p30 / sumB)
        var scaleA = scaleB
        if case .numbers = targets { scaleA = sumA > 0 ? powerOfTwo(below: 0x1p30 / sumA) : 1 }
        (unitA, unitB) = (1 / scaleA, 1 / scaleB)
        var total: Int64 = 0
        for index in 0..<count {
            let row = Int(room.rows[index])
            let b = Int32((weights[row] * scaleB).rounded())
            let a: Int32
            switch targets {
            case .classes(let codes):
                a = plan.classCount == 2 ? (codes[row] == 1 ? b : 0) : Int32(codes[row])
            case .numbers(let numbers, _):
                a = Int32((numbers[row] * weights[row] * scaleA).rounded())
            }
            room.values[index] = credit_tree_row(b: b, a: a)
            total += Int64(a) << 32 + Int64(b)
        }
        return (count, plan.classCount > 2 ? 0 : total)
    }

    private func growDepthFirst(_ root: Pending) {
        var stack = [root]
        while var pending = stack.popLast() {
            guard let split = split(&pending) else {
                makeLeaf(pending)
                continue
            }
            let (left, right) = apply(split, to: pending)
            stack.append(right)
            stack.append(left)
        }
    }

    private func growBestFirst(_ root: Pending, _ leafLimit: Int) {
        var open = [root]
        open[0].split = split(&open[0])
        while open.count < leafLimit {
            // Of equal gains the node that was made first.
            var best: (index: Int, gain: Double, node: Int)?
            for index in open.indices {
                guard let gain = open[index].split?.gain else { continue }
                let node = open[index].node
                if best.map({ (gain, $0.node) > ($0.gain, node) }) ?? true {
                    best = (index, gain, node)
                }
            }
            guard let best, let split = open[best.index].split else { break }
            var (left, right) = apply(split, to: open[best.index])
            left.split = self.split(&left)
            right.split = self.split(&right)
            open[best.index] = left
            open.append(right)
        }
        for pending in open.sorted(by: { $0.node < $1.node }) { makeLeaf(pending) }
    }

    /// Makes the node an inner one, with two new children for the parts of its rows.
    private func apply(_ split: NodeSplit, to pending: Pending) -> (Pending, Pending) {
        let column = binned.columns[split.feature]
        let leftCount = room.partition(
            pending.start, pending.count, by: split, column, codes: binned.codes,
            rowCount: binned.rowCount)
        tree.gains[split.feature] += split.gain
        let left = addNode()
        let right = addNode()
        tree.set(pending.node, split, column, left: left)
        var cover = 0.0
        for index in pending.start..<pending.start + pending.count {
            cover += weights[Int(room.rows[index])]
        }
        tree.covers[pending.node] = cover
        if plan.tracksImpurity { track(pending) }
        var first = Pending(
            start: pending.start, count: leftCount, depth: pending.depth + 1, node: left,
            total: split.leftTotal, lower: pending.lower, upper: pending.upper)
        var second = first
        second.start += leftCount
        second.count = pending.count - leftCount
        second.node = right
        second.total = pending.total - split.leftTotal
        if plan.isBounded, plan.directions[split.feature] != 0 {
            let (low, high) = (value(of: first), value(of: second))
            let middle = (low + high) / 2
            if plan.directions[split.feature] > 0 {
                first.upper = middle
                second.lower = middle
            } else {
                first.lower = middle
                second.upper = middle
            }
        }
        return (first, second)
    }

    /// The mean of a node by its sums, within its bounds.
    private func value(of pending: Pending) -> Double {
        let (a, b) = unpacked(pending.total)
        return min(max(a * unitA / (b * unitB), pending.lower), pending.upper)
    }

    /// The values and the weight of a node by its rows, summed in their order.
    func values(of pending: Pending) -> (values: [Double], weight: Double) {
        let range = pending.start..<pending.start + pending.count
        var weight = 0.0
        switch targets {
        case .classes(let codes):
            var shares = [Double](repeating: 0, count: plan.classCount)
            for index in range {
                let row = Int(room.rows[index])
                weight += weights[row]
                shares[codes[row]] += weights[row]
            }
            guard plan.classCount == 2 else { return (shares.map { $0 / weight }, weight) }
            return ([min(max(shares[1] / weight, pending.lower), pending.upper)], weight)
        case .numbers(let numbers, let centre):
            var sum = 0.0
            for index in range {
                let row = Int(room.rows[index])
                weight += weights[row]
                sum += weights[row] * numbers[row]
            }
            return ([min(max(sum / weight, pending.lower), pending.upper) + centre], weight)
        }
    }

    private func makeLeaf(_ pending: Pending) {
        let (values, weight) = values(of: pending)
        if plan.outputCount > 1 { tree.values += values }
        tree.covers[pending.node] = weight
        if plan.tracksImpurity { track(pending) }
        tree.nodes[pending.node] = credit_tree_node(
            threshold: plan.outputCount > 1 ? 0 : values[0], feature: -1,
            left: UInt32(tree.leafCount))
        tree.leafCount += 1
    }

    private func track(_ pending: Pending) {
        while tree.impurities.count < tree.nodes.count {
            tree.impurities.append(0)
            tree.nodeValues.append([])
        }
        tree.impurities[pending.node] = nodeImpurity(pending)
        tree.nodeValues[pending.node] = values(of: pending).values
    }

    /// The best split of a node; `nil` where it stays a leaf.
    private func split(_ pending: inout Pending) -> NodeSplit? {
        guard pending.depth < plan.depthLimit, pending.count > 1 else { return nil }
        let query = query(for: pending)
        var nodeScore: Double
        let weight: Double
        if plan.classCount > 2 {
            let totals = room.classTotals(pending.start, pending.count, plan.classCount)
            guard totals.filter({ $0 > 0 }).count > 1 else { return nil }
            weight = Double(totals.reduce(0, +)) * unitB
            nodeScore = withUnsafePointer(to: query) {
                credit_tree_node_score($0, totals, room.scratch)
            }
        } else {
            let (a, b) = unpacked(pending.total)
            if plan.classCount == 2, a == 0 || a == b { return nil }
            weight = b * unitB
            nodeScore = withUnsafePointer(to: query) { credit_tree_node_score($0, nil, nil) }
        }
        guard weight >= plan.minimumSplit, weight >= 2 * plan.minimumLeaf else { return nil }
        // A number whose spread is nothing but rounding is the same in all rows.
        let leastGain = plan.classCount == 1 ? abs(nodeScore) * 1e-13 : -abs(nodeScore) * 1e-13
        guard var best = bestSplit(pending, query: query) else { return nil }
        best.gain = (best.gain - nodeScore) * plan.gainFactor
        guard best.gain > leastGain, best.gain >= plan.minimumGain * totalWeight else {
            return nil
        }
        best.gain = max(0, best.gain)
        return best
    }
}

/// What a tree is to predict.
enum TreeTargets: Sendable {
    /// The class of every row.
    case classes([Int])
    /// The target of every row less the mean, and the mean.
    case numbers([Double], centre: Double = 0)
}

/// The largest power of two that is not above `value`.
func powerOfTwo(below value: Double) -> Double {
    Double(sign: .plus, exponent: value.exponent, significand: 1)
}

/// The parts of packed sums.
func unpacked(_ packed: Int64) -> (a: Double, b: Double) {
    (Double(packed >> 32), Double(packed & 0xFFFF_FFFF))
}
