// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Trees as the attributes of ONNX's operator `TreeEnsemble`, in which a leaf has one number.
///
/// A tree of several outputs is written once for each output that it adds to.
struct ONNXTrees {
    private let trees: TreeEnsemble
    private var roots: [Int] = []
    private var features: [Int] = []
    private var splits: [Double] = []
    private var modes: [UInt8] = []
    private var missingIsTrue: [Int] = []
    /// The children where a node's condition holds, then where it does not: their positions among
    /// the nodes, or among the leaves.
    private var children: [[Int]] = [[], []]
    private var areLeaves: [[Int]] = [[], []]
    private var members: [Double] = []
    private var targets: [Int] = []
    private var values: [Double] = []

    init(_ trees: TreeEnsemble) {
        self.trees = trees
        for tree in 0..<trees.treeCount {
            for output in 0..<trees.outputCount where adds(tree, to: output) { add(tree, output) }
        }
    }

    var attributes: [(String, ONNXGraph.Attribute)] {
        let sets: [(String, ONNXGraph.Attribute)] =
            members.isEmpty ? [] : [("membership_values", .numbers(members))]
        return [
            ("aggregate_function", .int(1)), ("leaf_targetids", .ints(targets)),
            ("leaf_weights", .numbers(values)),
        ] + sets + [
            ("n_targets", .int(trees.outputCount)), ("nodes_falseleafs", .ints(areLeaves[1])),
            ("nodes_falsenodeids", .ints(children[1])), ("nodes_featureids", .ints(features)),
            ("nodes_missing_value_tracks_true", .ints(missingIsTrue)),
            ("nodes_modes", .bytes(modes)), ("nodes_splits", .numbers(splits)),
            ("nodes_trueleafs", .ints(areLeaves[0])), ("nodes_truenodeids", .ints(children[0])),
            ("post_transform", .int(0)), ("tree_roots", .ints(roots)),
        ]
    }

    private func adds(_ tree: Int, to output: Int) -> Bool {
        let own = trees.nodes[trees.roots[tree]..<trees.roots[tree + 1]]
        return trees.outputCount == 1 || trees.isAverage
            || own.contains { $0.feature < 0 && trees.leafValues($0, tree: tree)[output] != 0 }
    }

    private mutating func add(_ tree: Int, _ output: Int) {
        let own = Array(trees.nodes[trees.roots[tree]..<trees.roots[tree + 1]])
        let (firstNode, firstLeaf) = (features.count, values.count)
        // Leaves keep their numbers, nodes their order.
        var positions: [Int] = []
        var count = 0
        for node in own {
            positions.append(node.feature < 0 ? firstLeaf + Int(node.left) : firstNode + count)
            if node.feature >= 0 { count += 1 }
        }
        roots.append(firstNode)
        var leaves = [Double](repeating: 0, count: own.count - count)
        for node in own {
            guard node.feature >= 0 else {
                leaves[Int(node.left)] = trees.leafValues(node, tree: tree)[output]
                continue
            }
            let left = Int(node.left)
            append(
                node, missingIsTrue: node.feature & Int32(CREDIT_TREE_MISSING_LEFT) != 0,
                [left, left + 1].map { (positions[$0], own[$0].feature < 0) })
        }
        if count == 0 {
            // A leaf alone: both ways lead to it.
            append(nil, missingIsTrue: true, [(firstLeaf, true), (firstLeaf, true)])
        }
        values += leaves
        targets += leaves.map { _ in output }
    }

    private mutating func append(
        _ node: TreeNodeRecord?, missingIsTrue missing: Bool,
        _ ways: [(position: Int, isLeaf: Bool)]
    ) {
        let feature = node.map { Int($0.feature & Int32(CREDIT_TREE_FEATURE)) } ?? 0
        features.append(feature)
        missingIsTrue.append(missing ? 1 : 0)
        for (side, way) in ways.enumerated() {
            children[side].append(way.position)
            areLeaves[side].append(way.isLeaf ? 1 : 0)
        }
        guard let node, node.feature & Int32(CREDIT_TREE_NOMINAL) != 0 else {
            modes.append(0)  // at most
            splits.append(node?.threshold ?? 0)
            return
        }
        let set = Int(node.threshold)
        let codes = trees.levels[feature].indices.filter { code in
            trees.sets[set + code >> 6] >> UInt64(code & 63) & 1 == 1
        }
        modes.append(6)  // one of
        splits.append(0)
        members += codes.map { Double($0) } + [.nan]
    }
}

extension ONNXGraph {
    /// The outputs of trees, (rows x outputs).
    mutating func scores(_ trees: TreeEnsemble, _ features: String) -> String {
        machineLearningVersion = 5
        let inputs = prepared(features, trees.levels)
        var scores = node(
            "TreeEnsemble", [inputs], ONNXTrees(trees).attributes, isMachineLearning: true)
        if trees.isAverage {
            scores = node("Div", [scores, constant([Double(max(1, trees.treeCount))], [1, 1])])
        }
        return node("Add", [scores, constant(trees.baseValues, [1, trees.outputCount])])
    }

    /// The features with codes in the place of levels: NaN for those without.
    private mutating func prepared(_ features: String, _ levels: [[Double]]) -> String {
        guard levels.contains(where: { !$0.isEmpty }) else { return features }
        let columns = levels.enumerated().map { index, levels -> String in
            let column = node("Gather", [features, constant([index], [1])], [("axis", .int(1))])
            guard !levels.isEmpty else { return column }
            return node(
                "LabelEncoder", [column],
                [
                    ("default_tensor", .numbers([.nan])), ("keys_tensor", .numbers(levels)),
                    ("values_tensor", .numbers(levels.indices.map { Double($0) })),
                ], isMachineLearning: true)
        }
        return node("Concat", columns, [("axis", .int(1))])
    }
}
