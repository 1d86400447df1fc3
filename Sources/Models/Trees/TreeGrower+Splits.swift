// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension TreeGrower {
    /// What cuts of a node are asked for; the direction is that of one feature.
    func query(for pending: Pending) -> credit_tree_query {
        credit_tree_query(
            total: pending.total, unit_a: unitA, unit_b: unitB, l1: 0, l2: 0,
            minimum_b: plan.minimumLeaf, lower: pending.lower, upper: pending.upper,
            criterion: plan.isEntropy ? 1 : 0, direction: 0, bounded: plan.isBounded ? 1 : 0,
            bins: 0, class_count: Int32(plan.classCount))
    }

    /// The split of the highest score among features that are drawn, or all; its score as its gain.
    func bestSplit(_ pending: Pending, query: credit_tree_query) -> NodeSplit? {
        let width = binned.columns.count
        let isDrawn = plan.featuresPerSplit < width || plan.hasRandomCuts
        var best: NodeSplit?
        var varying = 0
        for index in 0..<width {
            if isDrawn { order.swapAt(index, index + random.below(width - index)) }
            let feature = isDrawn ? order[index] : index
            var own = query
            own.bins = Int32(binned.columns[feature].bins)
            own.direction = plan.directions[feature]
            let found =
                plan.hasRandomCuts
                ? randomCut(pending, feature, own) : bestCut(pending, feature, own)
            guard found.varies else { continue }
            if let split = found.split, split.gain > best?.gain ?? -.infinity { best = split }
            varying += 1
            if varying == plan.featuresPerSplit { break }
        }
        return best
    }

    /// The best cut of one feature, and whether the feature varies within the node.
    private func bestCut(
        _ pending: Pending, _ feature: Int, _ query: credit_tree_query
    ) -> (split: NodeSplit?, varies: Bool) {
        let column = binned.columns[feature]
        let isMarked = room.sum(
            pending.start, pending.count, column: feature, codes: binned.codes,
            rowCount: binned.rowCount, bins: column.bins, marks: false)
        defer { room.clear(isMarked: isMarked) }
        if column.isNominal {
            var set = [UInt64](repeating: 0, count: Int(CREDIT_TREE_SET_WORDS))
            let cut = withUnsafePointer(to: query) {
                credit_tree_best_set($0, 0, room.sums, room.scratch, &set)
            }
            guard cut.distinct > 1 else { return (nil, false) }
            guard cut.score > -.infinity else { return (nil, true) }
            return (NodeSplit(cut, feature: feature, set: set), true)
        }
        let cut = withUnsafePointer(to: query) {
            credit_tree_best_cut($0, room.sums, isMarked ? room.marks : nil, room.scratch)
        }
        guard cut.distinct > 1 else { return (nil, false) }
        return (cut.score > -.infinity ? NodeSplit(cut, feature: feature) : nil, true)
    }

    /// A cut at a random place between the least and the largest value in the node; a random side
    /// for every level and for missing values.
    private func randomCut(
        _ pending: Pending, _ feature: Int, _ query: credit_tree_query
    ) -> (split: NodeSplit?, varies: Bool) {
        let column = binned.columns[feature]
        let (least, largest, hasMissing) = room.range(
            pending.start, pending.count, column: feature, codes: binned.codes,
            rowCount: binned.rowCount, bins: column.bins)
        guard least < largest || (hasMissing && largest >= 0) else { return (nil, false) }
        var split = NodeSplit(
            gain: 0, feature: feature, code: largest, next: -1, missingLeft: false, leftTotal: 0)
        if column.isNominal {
            split.set = (0..<Int(CREDIT_TREE_SET_WORDS)).map { _ in random.next() }
            split.missingLeft = random.next() & 1 == 1
        } else if least < largest {
            let (low, high) = (column.low[least], column.low[largest])
            let drawn = low + random.unit() * (high - low)
            var (code, end) = (least, largest)
            while end - code > 1 {
                let middle = (code + end) / 2
                if column.low[middle] <= drawn { code = middle } else { end = middle }
            }
            split.code = code
            split.next = code + 1
            split.threshold = max(drawn, column.high[code])
            split.missingLeft = hasMissing && random.next() & 1 == 1
        }
        room.markLeft(split, column)
        let score: Double
        if plan.classCount > 2 {
            score = classesScore(pending, feature, query)
        } else {
            split.leftTotal = room.leftSum(
                pending.start, pending.count, column: feature, codes: binned.codes,
                rowCount: binned.rowCount)
            let (_, leftB) = unpacked(split.leftTotal)
            guard leftB > 0, leftB < unpacked(pending.total).b else { return (nil, true) }
            score = withUnsafePointer(to: query) { credit_tree_score($0, split.leftTotal) }
        }
        guard score > -.infinity else { return (nil, true) }
        split.gain = score
        return (split, true)
    }

    /// The score of the codes that are marked as left, for three and more classes.
    private func classesScore(
        _ pending: Pending, _ feature: Int, _ query: credit_tree_query
    ) -> Double {
        let column = binned.columns[feature]
        _ = room.sum(
            pending.start, pending.count, column: feature, codes: binned.codes,
            rowCount: binned.rowCount, bins: column.bins, marks: true)
        var left = [Int64](repeating: 0, count: plan.classCount)
        var total = left
        for code in 0...column.bins {
            for k in 0..<plan.classCount {
                let sum = room.sums[code * plan.classCount + k]
                total[k] += sum
                if room.isLeft[code] == 1 { left[k] += sum }
            }
        }
        room.clear(isMarked: true)
        var leftWeight = 0.0
        return withUnsafePointer(to: query) {
            credit_tree_classes_score($0, left, total, room.scratch, &leftWeight)
        }
    }

    /// The impurity of a node times its weight, by its rows.
    func nodeImpurity(_ pending: Pending) -> Double {
        switch targets {
        case .classes(let codes):
            var shares = [Double](repeating: 0, count: plan.classCount)
            var weight = 0.0
            for index in pending.start..<pending.start + pending.count {
                let row = Int(room.rows[index])
                shares[codes[row]] += weights[row]
                weight += weights[row]
            }
            guard plan.isEntropy else {
                return weight - shares.reduce(0) { $0 + $1 * $1 } / weight
            }
            var logarithms = shares.map { $0 > 0 ? $0 / weight : 1 }
            let inputs = logarithms
            credit_log_f64(inputs.count, inputs, &logarithms)
            return -zip(shares, logarithms).reduce(0) { $0 + $1.0 * $1.1 } * plan.gainFactor
        case .numbers(let numbers, _):
            var (sum, weight) = (0.0, 0.0)
            for index in pending.start..<pending.start + pending.count {
                let row = Int(room.rows[index])
                sum += weights[row] * numbers[row]
                weight += weights[row]
            }
            let mean = sum / weight
            var squares = 0.0
            for index in pending.start..<pending.start + pending.count {
                let row = Int(room.rows[index])
                squares += weights[row] * (numbers[row] - mean) * (numbers[row] - mean)
            }
            return squares
        }
    }
}

extension NodeSplit {
    /// The split of a cut that was found, its score as its gain.
    init(_ cut: credit_tree_cut, feature: Int, set: [UInt64] = []) {
        self.init(
            gain: cut.score, feature: feature, code: Int(cut.code), next: Int(cut.next),
            missingLeft: cut.missing_left != 0, leftTotal: cut.left, set: set)
    }
}
