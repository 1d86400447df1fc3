// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Cuts of one column into intervals that tell the classes apart, by minimum description length.
///
/// The best cut of a stretch of values leaves the least entropy of the classes. It is kept while
/// its gain exceeds `(log2(n - 1) + log2(3^k - 2) - (k E - k1 E1 - k2 E2)) / n` for n rows of k
/// classes with the entropy E, and both sides are cut in turn. Weights are repetitions.
///
/// Source: Fayyad and Irani, Multi-interval discretization of continuous-valued attributes for
/// classification learning, IJCAI 1993, https://hdl.handle.net/2014/35171.
struct EntropyIntervals {
    /// The different values, ascending.
    private let values: [Double]
    /// The weight of each class before every value ((values + 1) x classes).
    private let running: [[Double]]

    init(_ values: [Double], codes: [Int], classCount: Int, weights: [Double]) {
        let rows = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
        var distinct: [Double] = []
        var running = [[Double](repeating: 0, count: classCount)]
        for row in rows {
            if values[row] != distinct.last {
                distinct.append(values[row])
                running.append(running[running.count - 1])
            }
            running[running.count - 1][codes[row]] += weights[row]
        }
        self.values = distinct
        self.running = running
    }

    /// The cuts, ascending; a value up to a cut lies below it.
    var cuts: [Double] {
        var cuts: [Double] = []
        var open = [0..<values.count]
        while let stretch = open.popLast() {
            guard let place = cut(of: stretch) else { continue }
            let (below, above) = (values[place - 1], values[place])
            let middle = below + (above - below) / 2
            cuts.append(middle < above ? middle : below)
            open += [stretch.lowerBound..<place, place..<stretch.upperBound]
        }
        return cuts.sorted()
    }

    /// The place of the first value above the best cut; `nil` where none is worth its description.
    private func cut(of stretch: Range<Int>) -> Int? {
        guard stretch.count > 1 else { return nil }
        let whole = Side(between(stretch.lowerBound, stretch.upperBound))
        guard whole.weight > 1, whole.classCount > 1 else { return nil }
        let places = Array(stretch.dropFirst())
        let below = Side.all(places.map { between(stretch.lowerBound, $0) })
        let above = Side.all(places.map { between($0, stretch.upperBound) })
        var best = 0
        func rest(_ index: Int) -> Double {
            (below[index].weight * below[index].entropy
                + above[index].weight * above[index].entropy) / whole.weight
        }
        for index in places.indices where rest(index) < rest(best) { best = index }
        let gain = whole.entropy - rest(best)
        let lost =
            whole.information - below[best].information - above[best].information
        let price = log2(whole.weight - 1) + log2OfSplits(whole.classCount) - lost
        return gain > 0 && gain > price / whole.weight ? places[best] : nil
    }

    /// The weight of each class among the values `start..<end`.
    private func between(_ start: Int, _ end: Int) -> [Double] {
        zip(running[end], running[start]).map { $0 - $1 }
    }

    /// `log2(3^k - 2)`.
    private func log2OfSplits(_ classCount: Int) -> Double {
        guard classCount < 30 else { return Double(classCount) * log2(3) }
        return log2((0..<classCount).reduce(1.0) { power, _ in power * 3 } - 2)
    }

    private func log2(_ value: Double) -> Double { base2([value])[0] }
}

/// The classes on one side of a cut.
private struct Side {
    var weight: Double
    var classCount: Int
    var entropy: Double

    /// The entropy times the number of classes that occur.
    var information: Double { Double(classCount) * entropy }

    init(_ counts: [Double]) { self = Side.all([counts])[0] }

    private init(weight: Double, classCount: Int, entropy: Double) {
        self.weight = weight
        self.classCount = classCount
        self.entropy = entropy
    }

    /// One side for each list of class weights.
    static func all(_ lists: [[Double]]) -> [Side] {
        // Differences of sums may leave a rounding in the place of 0.
        let totals = lists.map { $0.reduce(0, +) }
        let shares = zip(lists, totals).map { counts, total in
            counts.map { $0 > 1e-12 * total ? $0 / total : 0 }
        }
        let logarithms = base2(shares.flatMap { $0.map { $0 > 0 ? $0 : 1 } })
        return lists.indices.map { index in
            let own = shares[index]
            var entropy = 0.0
            for (code, share) in own.enumerated() {
                entropy -= share * logarithms[index * own.count + code]
            }
            return Side(
                weight: totals[index], classCount: own.count { $0 > 0 }, entropy: entropy)
        }
    }
}

/// Logarithms that have the same bits on every machine.
private func base2(_ values: [Double]) -> [Double] {
    (Vector(values).log() / 0.693_147_180_559_945_3).elements
}
