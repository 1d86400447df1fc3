// SPDX-License-Identifier: Apache-2.0

extension OptimalBinning {
    /// Bins the values of `column`, where `labels` says which rows have the event.
    ///
    /// - Parameters:
    ///   - column: A numeric or categorical column.
    ///   - labels: One per row; `true` is the event.
    ///   - weights: One per row, not negative; a row of weight 0 might as well not be there.
    /// - Throws: ``FeatureError``: `wrongKind` for text and dates; `unequalLengths`; `emptyInput`
    ///   without rows or without a value that is neither missing nor a special code;
    ///   `invalidParameter` for a recipe that contradicts itself, or if all rows are of one class;
    ///   `outOfRange` for a bad weight; `infeasible` if no bins keep every constraint, naming
    ///   those without which some would; `missingValue` if missing values are refused.
    /// - Complexity: O(n) for sorting n rows and O(n k) for k pre-bins; O(k^3) for the
    ///   optimisation, O(k^4) for a convex or concave trend, times the number of bins if that is
    ///   bounded.
    public func fit(
        _ column: Column, labels: [Bool], weights: [Double]? = nil
    ) throws(FeatureError) -> VariableBinning {
        try validate()
        let classes = try BinningClasses(labels: labels, weights: weights)
        return try fit(try BinningSample(column, classes: classes))
    }

    /// Bins a sample; the recipe is validated.
    func fit(_ sample: BinningSample) throws(FeatureError) -> VariableBinning {
        if missing == .error, let row = sample.firstMissingRow {
            throw FeatureError(
                .missingValue, "the value is missing", row: row, column: sample.variable)
        }
        return sample.levels == nil ? try fitNumbers(sample) : try fitLevels(sample)
    }

    private func fitNumbers(_ sample: BinningSample) throws(FeatureError) -> VariableBinning {
        let specialCodes = specialCodes(for: .numeric)
        let codes = SortedKeys(
            specialCodes.enumerated().flatMap { index, code in code.numbers.map { ($0, index) } })
        let (missing, special, rows) = sample.separated(bins: specialCodes.count, codes.value)
        try requireValues(rows.count, of: sample)
        let grouped = GroupedSample(
            sample.values, rows: rows, labels: sample.labels, weights: sample.weights)
        var preBins = PreBins(
            grouped, splits: preBinSplits(grouped, total: sample.total.total),
            fixed: Set(fixedSplits))
        if objective == .informationValue || objective == .jensenShannon { preBins.mergePure() }
        let optimum = try optimum(preBins, of: sample)
        let splits = optimum.solution.ends.dropLast().map { preBins.splits[$0 - 1] }
        let bounds = [nil] + splits.map(Optional.some) + [nil]
        let contents = zip(bounds, bounds.dropFirst()).map {
            VariableBinning.Bin.Content.interval(lower: $0, upper: $1)
        }
        return try assembled(
            sample, optimum: optimum, contents: contents, preBins: preBins, rare: nil,
            special: special, missing: missing)
    }

    private func fitLevels(_ sample: BinningSample) throws(FeatureError) -> VariableBinning {
        let names = sample.levels ?? []
        let specialCodes = specialCodes(for: .categorical)
        var codeOfName: [String: Int] = [:]
        for (index, code) in specialCodes.enumerated() {
            for level in code.levels { codeOfName[level] = index }
        }
        let codes = names.map { codeOfName[$0] }
        let (missing, special, rows) = sample.separated(bins: specialCodes.count) {
            codes[Int($0)]
        }
        try requireValues(rows.count, of: sample)
        var counts = [ClassCounts](repeating: ClassCounts(), count: names.count)
        for row in rows {
            counts[Int(sample.values[Int(row)])].add(
                sample.weights?[Int(row)] ?? 1, isEvent: sample.labels[Int(row)])
        }
        let present = names.indices.filter { counts[$0].total > 0 }
        let grouping = LevelGrouping(
            levels: present.map { (names[$0], counts[$0]) }, recipe: self)
        guard !grouping.groups.isEmpty else {
            throw FeatureError(
                .emptyInput, "all \(present.count) levels are rare ones", column: sample.variable)
        }
        let grouped = GroupedSample(groups: grouping.groups.map(\.counts))
        let cuts =
            levelGroups == nil && preBinning == .tree
            ? treeCuts(grouped, total: sample.total.total) : Array(1..<grouped.values.count)
        var preBins = PreBins(grouped, splits: cuts.map { Double($0) - 0.5 }, fixed: [])
        if objective == .informationValue || objective == .jensenShannon { preBins.mergePure() }
        let optimum = try optimum(preBins, of: sample)
        var start = 0
        let contents = optimum.solution.ends.map { end in
            let groups = grouping.groups[start..<preBins.ends[end - 1]]
            start = preBins.ends[end - 1]
            return VariableBinning.Bin.Content.levels(groups.flatMap(\.levels))
        }
        return try assembled(
            sample, optimum: optimum, contents: contents, preBins: preBins,
            rare: grouping.rare, special: special, missing: missing)
    }

    private func requireValues(
        _ count: Int, of sample: BinningSample
    ) throws(FeatureError) {
        guard count > 0 else {
            throw FeatureError(
                .emptyInput, "every value is missing or a special code in the training rows",
                column: sample.variable)
        }
    }
}

extension OptimalBinning {
    /// What the optimisation found.
    struct Optimum {
        var solution: BinOptimiser.Solution
        var trend: MonotonicTrend
        /// The best without any trend.
        var free: BinOptimiser.Solution
    }

    private func optimum(
        _ preBins: PreBins, of sample: BinningSample
    ) throws(FeatureError) -> Optimum {
        let limits = BinLimits(self, total: sample.total.total, preBins: preBins)
        let optimiser = BinOptimiser(preBins, objective: objective, limits: limits)
        let trend = sample.levels == nil ? trend : .any
        if let (solution, chosen) = optimiser.solveChoosing(trend) {
            let free = chosen == .any ? solution : optimiser.solve(.any) ?? solution
            return Optimum(solution: solution, trend: chosen, free: free)
        }
        var obstacles: [String] = []
        if trend != .any, optimiser.solve(.any) != nil { obstacles.append("the trend") }
        for (constraint, relaxed) in limits.relaxations
        where BinOptimiser(preBins, objective: objective, limits: relaxed).solve(trend) != nil {
            obstacles.append(constraint)
        }
        throw FeatureError(
            .infeasible,
            "no bins of its \(preBins.counts.count) pre-bins keep every constraint"
                + (obstacles.isEmpty
                    ? ", even without any one of them"
                    : "; without \(obstacles.joined(separator: ", or without ")) there would be some"),
            column: sample.variable)
    }

    private func assembled(
        _ sample: BinningSample, optimum: Optimum, contents: [VariableBinning.Bin.Content],
        preBins: PreBins, rare: (levels: [String], counts: ClassCounts)?,
        special: [ClassCounts], missing: ClassCounts
    ) throws(FeatureError) -> VariableBinning {
        var counts: [ClassCounts] = []
        var start = 0
        for end in optimum.solution.ends {
            counts.append(preBins.counts[start..<end].reduce(ClassCounts(), +))
            start = end
        }
        var missingBin: Int?
        if self.missing == .nearestEventRate, missing.total > 0 {
            let distances = counts.map { abs($0.eventRate - missing.eventRate) }
            let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
            missingBin = nearest
            counts[nearest] = counts[nearest] + missing
        }
        func bin(
            _ content: VariableBinning.Bin.Content, _ counts: ClassCounts,
            includesMissing: Bool = false, isNeutral: Bool = false
        ) -> VariableBinning.Bin {
            VariableBinning.Bin(
                content: content, includesMissing: includesMissing,
                nonEvents: counts.nonEvents, events: counts.events,
                weightOfEvidence: isNeutral
                    ? 0 : counts.weightOfEvidence(among: sample.total, zeroCounts: zeroCounts))
        }
        var bins = zip(contents, counts).enumerated().map { index, pair in
            bin(pair.0, pair.1, includesMissing: index == missingBin)
        }
        if let rare, !rare.levels.isEmpty || unknownLevels == .rare {
            bins.append(bin(.rareLevels(rare.levels), rare.counts))
        }
        bins += zip(specialCodes(for: sample.kind), special).map { bin(.special($0), $1) }
        if self.missing != .error, missingBin == nil {
            bins.append(bin(.missing, missing, isNeutral: self.missing == .neutral))
        }
        if sample.levels != nil, unknownLevels == .neutral {
            bins.append(bin(.unknownLevels, ClassCounts()))
        }
        let shape = TrendShape(of: counts.map(\.eventRate))
        let best = optimum.free.objective
        return try VariableBinning(
            variable: sample.variable, kind: sample.kind, recipe: self, bins: bins,
            trend: VariableBinning.TrendReport(
                requested: sample.levels == nil ? trend : .any, applied: optimum.trend,
                outcome: counts.count == 1 && optimum.free.ends.count > 1 ? .keptByOneBin : .kept,
                eventRate: shape, points: shape.mirrored,
                retainedObjective: best > 0 ? min(1, optimum.solution.objective / best) : 1))
    }
}
