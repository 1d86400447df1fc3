// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

/// A node of a fitted tree, to be looked at.
public struct TreeNode: Sendable, Hashable {
    /// Which rows go to the left child.
    public enum Split: Sendable, Hashable {
        /// Those whose value of the feature is at most the threshold.
        case threshold(feature: String, atMost: Double)
        /// Those whose level of the feature is one of these.
        case levels(feature: String, Set<Double>)
    }

    /// How rows are parted; `nil` in a leaf.
    public let split: Split?

    /// Whether rows without a value go left.
    public let missingGoesLeft: Bool

    /// The position of the left child within the tree, next to which the right one is; 0 in a leaf.
    public let leftChild: Int

    /// The weight of the training rows that came here.
    public let cover: Double

    /// The values of a leaf, one for each output; empty in an inner node.
    public let values: [Double]
}

extension TreeEnsemble {
    /// The nodes of a tree, the root first; children lie after their parents.
    ///
    /// - Precondition: there is a tree of this number.
    public func nodes(ofTree tree: Int) -> [TreeNode] {
        precondition((0..<treeCount).contains(tree), "tree \(tree) of \(treeCount)")
        return (roots[tree]..<roots[tree + 1]).map { index in
            let node = nodes[index]
            guard node.feature >= 0 else {
                return TreeNode(
                    split: nil, missingGoesLeft: false, leftChild: 0, cover: covers[index],
                    values: leafValues(node, tree: tree))
            }
            let position = Int(node.feature & Int32(CREDIT_TREE_FEATURE))
            let feature = featureNames[position]
            var split = TreeNode.Split.threshold(feature: feature, atMost: node.threshold)
            if node.feature & Int32(CREDIT_TREE_NOMINAL) != 0 {
                let set = Int(node.threshold)
                let own = levels[position].enumerated().filter { code, _ in
                    sets[set + code >> 6] >> UInt64(code & 63) & 1 == 1
                }
                split = .levels(feature: feature, Set(own.map(\.element)))
            }
            return TreeNode(
                split: split,
                missingGoesLeft: node.feature & Int32(CREDIT_TREE_MISSING_LEFT) != 0,
                leftChild: Int(node.left), cover: covers[index], values: [])
        }
    }

    func leafValues(_ leaf: TreeNodeRecord, tree: Int) -> [Double] {
        guard outputCount > 1 else { return [leaf.threshold] }
        let start = firstValues[tree] + Int(leaf.left) * outputCount
        return Array(values[start..<start + outputCount])
    }

    /// The number of leaves of a tree.
    public func leafCount(ofTree tree: Int) -> Int {
        precondition((0..<treeCount).contains(tree), "tree \(tree) of \(treeCount)")
        return (roots[tree + 1] - roots[tree] + 1) / 2
    }

    /// The most splits between the root of a tree and one of its leaves.
    public func depth(ofTree tree: Int) -> Int {
        var depths = [Int](repeating: 0, count: roots[tree + 1] - roots[tree])
        var result = 0
        for index in depths.indices {
            let node = nodes[roots[tree] + index]
            result = max(result, depths[index])
            guard node.feature >= 0 else { continue }
            depths[Int(node.left)] = depths[index] + 1
            depths[Int(node.left) + 1] = depths[index] + 1
        }
        return result
    }

    /// The number of the leaf of every row in every tree, `[tree][row]`.
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func leafIndices(_ features: Matrix<Double>) throws(ModelError) -> [[Int]] {
        try check(features)
        let prepared = prepared(features)
        return (0..<treeCount).map { leafIndices(prepared: prepared, tree: $0) }
    }

    func leafIndices(prepared: Matrix<Double>, tree: Int) -> [Int] {
        let rows = prepared.rowCount
        let leaves = [UInt32](unsafeUninitializedCapacity: rows) { leaves, count in
            prepared.withSpan { span in
                span.withUnsafeBufferPointer { x in
                    nodes.withUnsafeBufferPointer { nodes in
                        if rows > 0, let x = x.baseAddress, let first = nodes.baseAddress,
                            let leaves = leaves.baseAddress
                        {
                            credit_tree_leaves(
                                rows, prepared.columnCount, x, first + roots[tree], sets, isPlain,
                                leaves)
                        }
                    }
                }
            }
            count = rows
        }
        return leaves.map { Int($0) }
    }

    /// The share of the trees in which two rows come to the same leaf, (rows x rows).
    ///
    /// - Parameter features: the values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows^2 * trees).
    public func proximities(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        let leaves = try leafIndices(features)
        let rows = features.rowCount
        var counts = [Double](repeating: 0, count: rows * rows)
        for own in leaves {
            for row in 0..<rows {
                for other in 0..<rows where own[row] == own[other] {
                    counts[row * rows + other] += 1
                }
            }
        }
        let trees = Double(max(1, leaves.count))
        return Matrix(rowCount: rows, columnCount: rows, elements: counts.map { $0 / trees })
    }
}
