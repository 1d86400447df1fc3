// SPDX-License-Identifier: Apache-2.0

extension StabilityIndex {
    /// The index of a score or a numeric variable, in bins of about equal weight of the reference.
    ///
    /// - Parameters:
    ///   - reference: The finite values when the model was built.
    ///   - current: The finite values now.
    ///   - binCount: The number of bins, 2 to 10,000; values that tie may leave fewer.
    ///   - referenceWeights: The weight of each reference row; nil weighs every row 1.
    ///   - currentWeights: The weight of each current row; nil weighs every row 1.
    ///   - emptyBins: The rule for bins with rows on one side only.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `noSpread` when the reference is
    ///   constant, where there is nothing to cut.
    /// - Complexity: O(n log n) for n rows.
    public init(
        reference: [Double], current: [Double], binCount: Int,
        referenceWeights: [Double]? = nil, currentWeights: [Double]? = nil,
        emptyBins: EmptyBinRule = .floor(1e-4)
    ) throws(MetricsError) {
        guard (2...10_000).contains(binCount) else {
            throw MetricsError(.invalidParameter, "\(binCount) bins: not in 2...10000")
        }
        try Validation.sample(reference, "reference values", referenceWeights)
        let cuts = try Self.quantileCuts(reference, referenceWeights, binCount)
        guard !cuts.isEmpty else {
            throw MetricsError(.noSpread, "all reference values are \(reference[0])")
        }
        try self.init(
            reference: reference, current: current, cuts: cuts,
            referenceWeights: referenceWeights, currentWeights: currentWeights,
            emptyBins: emptyBins)
    }

    /// The index of a score or a numeric variable between given cuts.
    ///
    /// - Parameters:
    ///   - reference: The finite values when the model was built.
    ///   - current: The finite values now.
    ///   - cuts: Ascending finite numbers; each bin holds its upper cut, and the outer bins are
    ///     open.
    ///   - referenceWeights: The weight of each reference row; nil weighs every row 1.
    ///   - currentWeights: The weight of each current row; nil weighs every row 1.
    ///   - emptyBins: The rule for bins with rows on one side only.
    /// - Throws: ``MetricsError`` for invalid arrays and cuts.
    /// - Complexity: O(n log bins) for n rows.
    public init(
        reference: [Double], current: [Double], cuts: [Double],
        referenceWeights: [Double]? = nil, currentWeights: [Double]? = nil,
        emptyBins: EmptyBinRule = .floor(1e-4)
    ) throws(MetricsError) {
        guard !cuts.isEmpty, cuts.allSatisfy(\.isFinite), zip(cuts, cuts.dropFirst()).allSatisfy(<)
        else {
            throw MetricsError(.invalidParameter, "cuts \(cuts) are no ascending finite numbers")
        }
        try Validation.sample(reference, "reference values", referenceWeights)
        try Validation.sample(current, "current values", currentWeights)
        let names =
            ["<= \(cuts[0])"] + zip(cuts, cuts.dropFirst()).map { "\($0) < x <= \($1)" }
            + ["> \(cuts[cuts.count - 1])"]
        try self.init(
            reference: Self.weights(of: reference, referenceWeights, cuts),
            current: Self.weights(of: current, currentWeights, cuts), names: names,
            emptyBins: emptyBins)
    }

    /// The index of a categorical variable; categories of either side are bins, in the order in
    /// which they first appear.
    ///
    /// - Parameters:
    ///   - reference: The categories when the model was built.
    ///   - current: The categories now.
    ///   - emptyBins: The rule for categories on one side only.
    /// - Throws: ``MetricsError`` for a side without rows, and of code `tooFewRows` when there is
    ///   one category only.
    /// - Complexity: O(n) for n rows.
    public init(
        referenceCategories reference: [String], currentCategories current: [String],
        emptyBins: EmptyBinRule = .floor(1e-4)
    ) throws(MetricsError) {
        guard !reference.isEmpty, !current.isEmpty else {
            throw MetricsError(
                .emptyInput, "\(reference.count) reference and \(current.count) current rows")
        }
        var names: [String] = []
        var index: [String: Int] = [:]
        for category in reference + current where index[category] == nil {
            index[category] = names.count
            names.append(category)
        }
        func counts(_ categories: [String]) -> [Double] {
            categories.reduce(into: [Double](repeating: 0, count: names.count)) {
                counts, category in
                if let bin = index[category] { counts[bin] += 1 }
            }
        }
        try self.init(
            reference: counts(reference), current: counts(current), names: names,
            emptyBins: emptyBins)
    }

    /// Cuts after about equal weights, each one a value of the sample and below its greatest.
    static func quantileCuts(
        _ values: [Double], _ weights: [Double]?, _ binCount: Int
    ) throws(MetricsError) -> [Double] {
        let order = try RowOrder.ascending(values)
        let total = weights?.reduce(0, +) ?? Double(values.count)
        var cuts: [Double] = []
        var below = 0.0
        var next = 1
        for row in order {
            below += weights?[row] ?? 1
            // The least value with at least k/binCount of the weight up to it.
            while next < binCount, below >= total * Double(next) / Double(binCount) * (1 - 1e-12) {
                if cuts.last != values[row] { cuts.append(values[row]) }
                next += 1
            }
        }
        if let last = order.last, cuts.last == values[last] { cuts.removeLast() }
        return cuts
    }

    private static func weights(
        of values: [Double], _ weights: [Double]?, _ cuts: [Double]
    ) -> [Double] {
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: cuts.count + 1)
        for (row, value) in values.enumerated() {
            var lower = 0
            var upper = cuts.count
            while lower < upper {
                let middle = (lower + upper) / 2
                if cuts[middle] < value { lower = middle + 1 } else { upper = middle }
            }
            sums[lower] += weights?[row] ?? 1
        }
        return sums.map(\.value)
    }
}
