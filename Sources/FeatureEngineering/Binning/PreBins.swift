// SPDX-License-Identifier: Apache-2.0

/// Neighbouring groups of values, of which the optimisation makes bins.
struct PreBins {
    /// The counts of each pre-bin.
    var counts: [ClassCounts]
    /// Where each pre-bin ends among the sample's values; the last ends with them.
    var ends: [Int]
    /// The split at the end of each pre-bin but the last.
    var splits: [Double]
    /// Whether the split at the end of each pre-bin but the last must stay.
    var isFixed: [Bool]

    /// Cuts `sample` at `splits`; splits beyond all values are kept only if fixed.
    init(_ sample: GroupedSample, splits: [Double], fixed: Set<Double>) {
        self.splits = splits
        isFixed = splits.map { fixed.contains($0) }
        ends = splits.map { sample.position(of: $0) } + [sample.values.count]
        var start = 0
        counts = []
        for end in ends {
            counts.append(sample.counts(start..<end))
            start = end
        }
    }

    /// Merges pre-bins that lack a class with a neighbour, where no fixed split forbids it: the
    /// upper neighbour, for the last one the lower.
    mutating func mergePure() {
        while true {
            var removed = [Bool](repeating: false, count: splits.count)
            for (index, count) in counts.enumerated() where count.isPure {
                if index < splits.count, !isFixed[index] {
                    removed[index] = true
                } else if index > 0, !isFixed[index - 1] {
                    removed[index - 1] = true
                }
            }
            guard removed.contains(true) else { return }
            remove(removed)
        }
    }

    private mutating func remove(_ removed: [Bool]) {
        var merged = PreBins()
        var running = ClassCounts()
        for (index, count) in counts.enumerated() {
            running = running + count
            let isLast = index == splits.count
            if !isLast, removed[index] { continue }
            merged.counts.append(running)
            merged.ends.append(ends[index])
            if !isLast {
                merged.splits.append(splits[index])
                merged.isFixed.append(isFixed[index])
            }
            running = ClassCounts()
        }
        self = merged
    }

    private init() {
        counts = []
        ends = []
        splits = []
        isFixed = []
    }
}

extension OptimalBinning {
    /// The splits of the pre-bins of a numeric variable.
    ///
    /// `total` is the weight of all rows, those with missing values and special codes too.
    func preBinSplits(_ sample: GroupedSample, total: Double) -> [Double] {
        var splits: [Double]
        if let candidateSplits {
            splits = candidateSplits
        } else {
            switch preBinning {
            case .tree:
                splits = treeCuts(sample, total: total).map { sample.split(at: $0) }
            case .quantiles: splits = quantileSplits(sample)
            case .equalWidth:
                let low = sample.values[0]
                let width = sample.values[sample.values.count - 1] - low
                splits = (1..<maximumPreBins).map {
                    low + width * (Double($0) / Double(maximumPreBins))
                }
            }
            if let splitDecimals {
                let scale = splitDecimals.powerOfTen
                splits = splits.map { ($0 * scale).rounded(.toNearestOrEven) / scale }
            }
        }
        return Set(splits.filter(\.isFinite) + fixedSplits).sorted()
    }

    func treeCuts(_ sample: GroupedSample, total: Double) -> [Int] {
        let tree = GiniTree(
            sample: sample, minimumLeaf: (minimumPreBinShare * total).leniently(.atLeast))
        return tree.cuts(leafLimit: maximumPreBins)
    }

    /// The values at which the cumulated weight passes each quantile; the mean of two neighbours
    /// where it meets one exactly.
    private func quantileSplits(_ sample: GroupedSample) -> [Double] {
        var splits: [Double] = []
        var position = 0
        for part in 1..<maximumPreBins {
            let target = sample.total.total * Double(part) / Double(maximumPreBins)
            while sample.below[position + 1].total < target.leniently(.atLeast) { position += 1 }
            let isExact = sample.below[position + 1].total <= target.leniently(.atMost)
            splits.append(
                isExact && position + 1 < sample.values.count
                    ? sample.split(at: position + 1) : sample.values[position])
        }
        return splits
    }
}

enum Bound { case atLeast, atMost }

extension Double {
    /// A bound that rounding of products such as `0.07 * 100` does not push past a whole number.
    func leniently(_ bound: Bound) -> Double { self * (bound == .atLeast ? 1 - 1e-12 : 1 + 1e-12) }
}

extension Int {
    fileprivate var powerOfTen: Double { (0..<self).reduce(1) { power, _ in power * 10 } }
}
