// SPDX-License-Identifier: Apache-2.0

/// The weight of the rows of both classes in each bin of a column.
///
/// Weights are summed exactly before one rounding, so the order of the rows does not matter.
struct BinnedCounts {
    /// The weight of rows of class 0 in each bin; bins without weight are left out.
    private(set) var negatives: [Double] = []
    /// The weight of rows of class 1.
    private(set) var positives: [Double] = []

    /// Numbers in at most `bins` bins of equal share, or the levels of a category; missing values
    /// are one more bin.
    init(
        _ values: [Double], of column: WorkingColumn, bins: Int, labels: [Bool],
        weights: [Double]?
    ) {
        let binOfRow: [Int]
        let count: Int
        if let levels = column.levels {
            count = levels.count
            binOfRow = values.map { $0.isNaN ? count : Int($0) }
        } else {
            let sorted = values.filter { !$0.isNaN }.sorted()
            var bounds: [Double] = []
            for bin in 1..<max(bins, 1) where !sorted.isEmpty {
                let bound = Statistics.quantile(Double(bin) / Double(bins), ofSorted: sorted)
                if bounds.last != bound { bounds.append(bound) }
            }
            count = bounds.count + 1
            binOfRow = values.map { value in
                if value.isNaN { return count }
                var (low, high) = (0, bounds.count)
                while low < high {
                    let middle = (low + high) / 2
                    if bounds[middle] < value { low = middle + 1 } else { high = middle }
                }
                return low
            }
        }
        var rows = [[[Double]]](repeating: [[], []], count: count + 1)
        for (row, bin) in binOfRow.enumerated() {
            rows[bin][labels[row] ? 1 : 0].append(weights?[row] ?? 1)
        }
        for bin in rows {
            let (negative, positive) = (Statistics.exactSum(bin[0]), Statistics.exactSum(bin[1]))
            guard negative + positive > 0 else { continue }
            negatives.append(negative)
            positives.append(positive)
        }
    }

    /// `sum (g - b) log(g / b)` over the bins, with shares `g` and `b` of the two classes; one half
    /// is added to both counts of a bin that one class is not in.
    ///
    /// - Precondition: Both classes have weight.
    var informationValue: Double {
        let negativeTotal = Statistics.exactSum(negatives)
        let positiveTotal = Statistics.exactSum(positives)
        let terms = zip(negatives, positives).map { negative, positive in
            let added = negative == 0 || positive == 0 ? 0.5 : 0
            let good = (negative + added) / negativeTotal
            let bad = (positive + added) / positiveTotal
            return (good - bad) * ElementaryFunctions.log(good / bad)
        }
        return Statistics.exactSum(terms)
    }

    /// `sum p(bin, class) log(p(bin, class) / (p(bin) p(class)))` in nats.
    var mutualInformation: Double {
        let totals = [negatives, positives].map(Statistics.exactSum)
        let whole = totals[0] + totals[1]
        var terms: [Double] = []
        for (negative, positive) in zip(negatives, positives) {
            for (count, total) in zip([negative, positive], totals) where count > 0 {
                terms.append(
                    count / whole
                        * ElementaryFunctions.log(
                            count / (negative + positive) * (whole / total)))
            }
        }
        return max(0, Statistics.exactSum(terms))
    }
}
