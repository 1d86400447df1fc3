// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Cost-complexity pruning: of all subtrees the one of least impurity plus cost per leaf.
///
/// Breiman et al., Classification and Regression Trees, 1984, chapter 3.
extension GrownTree {
    /// The links that pruning takes away, the weakest first: the cost at which a node becomes a
    /// leaf, and the impurity of all leaves after that.
    private func links(totalWeight: Double) -> [(node: Int, cost: Double, impurity: Double)] {
        let own = impurities.map { $0 / totalWeight }
        var leaves = [Int](repeating: 1, count: nodes.count)
        var below = own
        var isLeaf = nodes.map { $0.feature < 0 }
        var parents = [Int](repeating: -1, count: nodes.count)
        for index in nodes.indices.reversed() where !isLeaf[index] {
            let left = Int(nodes[index].left)
            parents[left] = index
            parents[left + 1] = index
            leaves[index] = leaves[left] + leaves[left + 1]
            below[index] = below[left] + below[left + 1]
        }
        var isGone = [Bool](repeating: false, count: nodes.count)
        var result: [(node: Int, cost: Double, impurity: Double)] = []
        var cost = 0.0
        while !isLeaf[0] {
            var weakest = 0
            var least = Double.infinity
            for index in nodes.indices where !isLeaf[index] && !isGone[index] {
                let link = (own[index] - below[index]) / Double(leaves[index] - 1)
                if link < least { (weakest, least) = (index, link) }
            }
            var stack = [Int(nodes[weakest].left), Int(nodes[weakest].left) + 1]
            while let index = stack.popLast() {
                isGone[index] = true
                if !isLeaf[index] { stack += [Int(nodes[index].left), Int(nodes[index].left) + 1] }
            }
            isLeaf[weakest] = true
            let (fewer, more) = (leaves[weakest] - 1, own[weakest] - below[weakest])
            var index = weakest
            while index >= 0 {
                leaves[index] -= fewer
                below[index] += more
                index = parents[index]
            }
            cost = max(cost, least)
            result.append((weakest, cost, below[0]))
        }
        return result
    }

    /// The costs at which the tree gets smaller, from 0 for the whole tree.
    func pruningPath(totalWeight: Double) -> [(cost: Double, impurity: Double)] {
        let leaves = nodes.indices.filter { nodes[$0].feature < 0 }
        let whole = leaves.reduce(0) { $0 + impurities[$1] / totalWeight }
        var path = [(cost: 0.0, impurity: whole)]
        for link in links(totalWeight: totalWeight) {
            if path[path.count - 1].cost == link.cost { path.removeLast() }
            path.append((link.cost, link.impurity))
        }
        return path
    }

    /// The subtree that is best where a leaf costs `cost`.
    func pruned(cost: Double, totalWeight: Double, outputs: Int) -> GrownTree {
        guard cost > 0 else { return self }
        var isLeaf = nodes.map { $0.feature < 0 }
        for link in links(totalWeight: totalWeight) {
            guard link.cost <= cost else { break }
            isLeaf[link.node] = true
        }
        var result = GrownTree(gains: [Double](repeating: 0, count: gains.count))
        result.sets = sets
        var queue = [(old: 0, new: 0)]
        result.nodes = [nodes[0]]
        result.covers = [covers[0]]
        while let (old, new) = queue.popLast() {
            if isLeaf[old] {
                result.nodes[new] = credit_tree_node(
                    threshold: outputs > 1 ? 0 : nodeValues[old][0], feature: -1,
                    left: UInt32(result.leafCount))
                if outputs > 1 { result.values += nodeValues[old] }
                result.leafCount += 1
                continue
            }
            let (left, first) = (Int(nodes[old].left), result.nodes.count)
            let feature = Int(nodes[old].feature & Int32(CREDIT_TREE_FEATURE))
            result.gains[feature] += max(
                0, impurities[old] - impurities[left] - impurities[left + 1])
            result.nodes[new].left = UInt32(first)
            result.nodes += [nodes[left], nodes[left + 1]]
            result.covers += [covers[left], covers[left + 1]]
            queue += [(left + 1, first + 1), (left, first)]
        }
        return result
    }
}
