// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import CreditCanonicalBytes

extension TreeEnsemble {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(outputCount)
        encoder.encode(baseValues) { $0.encode($1) }
        encoder.encode(isAverage)
        encoder.encode(takesMissing)
        encoder.encode(levels) { $0.encode($1) { $0.encode($1) } }
        encoder.encode(Array(0..<treeCount)) { encoder, tree in
            encoder.encode(Array(nodes[roots[tree]..<roots[tree + 1]])) {
                $0.encode($1.feature)
                $0.encode($1.left)
                $0.encode($1.threshold)
            }
        }
        encoder.encode(covers) { $0.encode($1) }
        encoder.encode(values) { $0.encode($1) }
        encoder.encode(sets) { $0.encode($1) }
        encoder.encode(gainShares) { $0.encode($1) }
    }

    /// Reads trees and checks that every row finds a leaf in each of them.
    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        featureNames = try decoder.decodeStrings()
        outputCount = try decoder.decodeInt()
        baseValues = try decoder.decodeDoubles()
        isAverage = try decoder.decodeBool()
        takesMissing = try decoder.decodeBool()
        levels = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeDoubles()
        }
        let trees = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                let feature = Int32(bitPattern: try decoder.decodeUInt32())
                let left = try decoder.decodeUInt32()
                return TreeNodeRecord(
                    threshold: try decoder.decodeDouble(), feature: feature, left: left)
            }
        }
        covers = try decoder.decodeDoubles()
        values = try decoder.decodeDoubles()
        sets = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeUInt64()
        }
        gainShares = try decoder.decodeDoubles()
        for tree in trees {
            nodes += tree
            roots.append(nodes.count)
        }
        try checkParts(decoder)
        for tree in trees { try check(tree, decoder) }
        guard firstValues.last == values.count else {
            throw decoder.error("\(values.count) values of leaves, not \(firstValues.last ?? 0)")
        }
    }

    private func checkParts(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard !featureNames.isEmpty, levels.count == featureNames.count,
            gainShares.count == featureNames.count, outputCount > 0,
            baseValues.count == outputCount, covers.count == nodes.count,
            sets.count.isMultiple(of: Int(CREDIT_TREE_SET_WORDS))
        else { throw decoder.error("parts of trees that do not belong together") }
        guard (baseValues + values + gainShares).allSatisfy(\.isFinite),
            covers.allSatisfy({ $0 >= 0 && $0.isFinite }), gainShares.allSatisfy({ $0 >= 0 })
        else { throw decoder.error("numbers of trees that are not finite") }
        for levels in levels {
            guard levels.count <= 255, levels.allSatisfy(\.isFinite),
                zip(levels, levels.dropFirst()).allSatisfy(<)
            else { throw decoder.error("levels that are not ascending") }
        }
    }

    /// Checks that every node but the root has one parent before it, and that features, thresholds,
    /// sets and leaves exist.
    private mutating func check(
        _ tree: [TreeNodeRecord], _ decoder: CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        guard !tree.isEmpty else { throw decoder.error("a tree without nodes") }
        var hasParent = [Bool](repeating: false, count: tree.count)
        var leaves = 0
        var isLeaf = [Bool](repeating: false, count: tree.count)
        for (index, node) in tree.enumerated() {
            guard node.threshold.isFinite else {
                throw decoder.error("node \(index) with the threshold \(node.threshold)")
            }
            if node.feature == -1 {
                guard node.left < tree.count, !isLeaf[Int(node.left)] else {
                    throw decoder.error("leaf \(node.left) twice or too far")
                }
                isLeaf[Int(node.left)] = true
                leaves += 1
                continue
            }
            let left = Int(node.left)
            let feature = Int(node.feature & Int32(CREDIT_TREE_FEATURE))
            let isNominal = node.feature & Int32(CREDIT_TREE_NOMINAL) != 0
            guard node.feature >= 0, feature < featureNames.count,
                isNominal == !levels[feature].isEmpty, left > index, left < tree.count - 1,
                !hasParent[left], !hasParent[left + 1]
            else { throw decoder.error("node \(index) with a feature or child out of place") }
            if isNominal {
                guard let position = Int(exactly: node.threshold),
                    position.isMultiple(of: Int(CREDIT_TREE_SET_WORDS)), position >= 0,
                    position < sets.count
                else { throw decoder.error("node \(index) with a set out of place") }
            }
            hasParent[left] = true
            hasParent[left + 1] = true
        }
        guard !hasParent.dropFirst().contains(false), !isLeaf[..<leaves].contains(false) else {
            throw decoder.error("a node without a parent, or a leaf without a number")
        }
        firstValues.append((firstValues.last ?? 0) + (outputCount > 1 ? leaves * outputCount : 0))
    }
}

extension TreeEnsemble {
    /// Whether all parts are equal, numbers bit by bit.
    public static func == (a: TreeEnsemble, b: TreeEnsemble) -> Bool {
        var (first, second) = (CanonicalEncoder(), CanonicalEncoder())
        a.encode(to: &first)
        b.encode(to: &second)
        return first.bytes == second.bytes
    }
}
