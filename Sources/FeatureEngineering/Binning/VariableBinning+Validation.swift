// SPDX-License-Identifier: Apache-2.0

extension VariableBinning {
    /// Checks what may come from a file.
    func validate() throws(FeatureError) {
        try recipe.validate()
        try require(kind == .numeric || kind == .categorical, "bins are of \(kind.rawValue) values")
        try require(!regularBins.isEmpty, "there is no interval and no group of levels")
        try require(
            zip(bins, bins.dropFirst()).allSatisfy { Self.rank($0) <= Self.rank($1) },
            "the bins are not in their order")
        for bin in bins {
            try require(
                bin.nonEvents >= 0 && bin.events >= 0 && bin.count.isFinite
                    && bin.weightOfEvidence.isFinite,
                "a bin has counts \(bin.nonEvents) and \(bin.events) and weight of evidence "
                    + "\(bin.weightOfEvidence)")
            try require(
                kind == .numeric
                    ? Self.rank(bin) != 1 && Self.rank(bin) != 2 && Self.rank(bin) != 5
                    : Self.rank(bin) != 0, "a bin is of another kind than the variable")
        }
        try require(nonEvents > 0 && events > 0, "the bins lack a class")
        try validateIntervals()
        try validateAside()
        try validateWeights()
        let shape = TrendShape(of: bins[regularBins].map(\.eventRate))
        try require(
            trend.eventRate == shape && trend.points == shape.mirrored,
            "the event rate is \(shape.rawValue), not \(trend.eventRate.rawValue)")
        try require(
            (0...1).contains(trend.retainedObjective), "a share of \(trend.retainedObjective)")
    }

    /// The weights of evidence must be those of the counts, but for what logarithms differ from
    /// one machine to the next.
    private func validateWeights() throws(FeatureError) {
        let all = ClassCounts(nonEvents: nonEvents, events: events)
        for bin in bins {
            let expected =
                bin.content == .missing && recipe.missing == .neutral
                ? 0
                : ClassCounts(bin).weightOfEvidence(among: all, zeroCounts: recipe.zeroCounts)
            try require(
                abs(bin.weightOfEvidence - expected) <= 1e-9,
                "bin \(bin.label) has weight of evidence \(bin.weightOfEvidence), not \(expected)")
        }
    }

    private func validateIntervals() throws(FeatureError) {
        guard kind == .numeric else {
            let levels = bins.flatMap { (bin) -> [String] in
                switch bin.content {
                case .levels(let levels), .rareLevels(let levels): levels
                case .special(let code): code.levels
                case .interval, .missing, .unknownLevels: []
                }
            }
            return try require(Set(levels).count == levels.count, "a level is in two bins")
        }
        var lower: Double?
        for (index, bin) in bins[regularBins].enumerated() {
            guard case .interval(let start, let end) = bin.content else { continue }
            try require(
                start == lower && (end == nil) == (index == regularBins.upperBound - 1)
                    && (end ?? .infinity) > (start ?? -.infinity) && end?.isNaN != true,
                "the intervals do not meet at \(start.map(\.shortText) ?? "the start")")
            lower = end
        }
    }

    private func validateAside() throws(FeatureError) {
        let codes = bins.compactMap { (bin) -> SpecialCode? in
            if case .special(let code) = bin.content { code } else { nil }
        }
        try require(
            codes == recipe.specialCodes(for: kind), "the special codes are not those of the recipe"
        )
        let missing = bins.count { $0.includesMissing || $0.content == .missing }
        try require(
            missing == (recipe.missing == .error ? 0 : 1), "\(missing) bins take missing values")
        let merged = bins.filter(\.includesMissing)
        try require(
            merged.isEmpty || (recipe.missing == .nearestEventRate && merged[0].isRegular),
            "a bin takes missing values, which the recipe does not ask for")
        try require(bins.count { Self.rank($0) == 2 } <= 1, "there are two bins of rare levels")
        let unknown = bins.count { $0.content == .unknownLevels }
        try require(
            unknown == (kind == .categorical && recipe.unknownLevels == .neutral ? 1 : 0),
            "\(unknown) bins take unknown levels")
    }

    /// The place of a bin among the kinds of bins.
    private static func rank(_ bin: Bin) -> Int {
        switch bin.content {
        case .interval: 0
        case .levels: 1
        case .rareLevels: 2
        case .special: 3
        case .missing: 4
        case .unknownLevels: 5
        }
    }

    private func require(_ holds: Bool, _ detail: @autoclosure () -> String) throws(FeatureError) {
        if !holds { throw FeatureError(.invalidParameter, detail(), column: variable) }
    }
}
