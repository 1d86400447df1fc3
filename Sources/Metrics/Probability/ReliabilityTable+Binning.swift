// SPDX-License-Identifier: Apache-2.0

extension ReliabilityTable {
    /// Cuts the rows, already grouped by probability, into bins.
    static func bins(
        of ranked: RankedOutcomes, _ binning: Binning
    ) throws(MetricsError) -> [Bin] {
        switch binning {
        case .equalWidth(let count):
            try requireBins(count)
            return equalWidth(ranked, count)
        case .equalCount(let count):
            try requireBins(count)
            return equalCount(ranked, count)
        }
    }

    private static func requireBins(_ count: Int) throws(MetricsError) {
        guard (1...1_000_000).contains(count) else {
            throw MetricsError(.invalidParameter, "\(count) bins: not in 1...1000000")
        }
    }

    private static func equalWidth(_ ranked: RankedOutcomes, _ count: Int) -> [Bin] {
        func edge(_ index: Int) -> Double { Double(index) / Double(count) }
        var bins: [Bin] = []
        var content = Content()
        var current = 0
        for group in ranked.groups.reversed() {
            var index = min(Int(group.score * Double(count)), count - 1)
            // The product may round across an edge.
            if group.score < edge(index) { index -= 1 }
            if index + 1 < count, group.score >= edge(index + 1) { index += 1 }
            if index != current, let bin = content.bin(edge(current), edge(current + 1)) {
                bins.append(bin)
                content = Content()
            }
            current = index
            content.add(group)
        }
        if let bin = content.bin(edge(current), edge(current + 1)) { bins.append(bin) }
        return bins
    }

    private static func equalCount(_ ranked: RankedOutcomes, _ count: Int) -> [Bin] {
        let scale = Double(count) / (ranked.positives + ranked.negatives)
        var bins: [Bin] = []
        var content = Content()
        var current = 0
        var below = 0.0
        var bounds = (lower: 0.0, upper: 0.0)
        for group in ranked.groups.reversed() {
            let weight = group.positives + group.negatives
            // A group goes where its middle lies, so that ties are never torn apart.
            let index = min(Int((below + weight / 2) * scale), count - 1)
            if index != current, let bin = content.bin(bounds.lower, bounds.upper) {
                bins.append(bin)
                content = Content()
            }
            if content.rowCount == 0 { bounds.lower = group.score }
            bounds.upper = group.score
            current = index
            content.add(group)
            below += weight
        }
        if let bin = content.bin(bounds.lower, bounds.upper) { bins.append(bin) }
        return bins
    }

    /// The sums of the bin that is being filled.
    private struct Content {
        private(set) var rowCount = 0
        private var weight = CompensatedSum()
        private var positives = CompensatedSum()
        private var probability = CompensatedSum()

        mutating func add(_ group: RankedOutcomes.Group) {
            rowCount += group.rowCount
            weight += group.positives + group.negatives
            positives += group.positives
            probability += group.score * (group.positives + group.negatives)
        }

        func bin(_ lower: Double, _ upper: Double) -> Bin? {
            guard rowCount > 0 else { return nil }
            return Bin(
                lowerBound: lower, upperBound: upper, rowCount: rowCount, weight: weight.value,
                meanProbability: probability.value / weight.value,
                observedRate: positives.value / weight.value)
        }
    }
}
