// SPDX-License-Identifier: Apache-2.0

extension OptimalBinning {
    /// Checks the recipe.
    ///
    /// - Throws: ``FeatureError`` with `invalidParameter`.
    func validate() throws(FeatureError) {
        try require(
            maximumPreBins >= 2 && maximumPreBins <= 1000,
            "maximumPreBins is \(maximumPreBins), not in 2...1000")
        try require(
            minimumPreBinShare >= 0 && minimumPreBinShare < 0.5,
            "minimumPreBinShare is \(minimumPreBinShare), not in 0..<0.5")
        try requireSplits(candidateSplits ?? [], "candidateSplits")
        try requireSplits(fixedSplits, "fixedSplits")
        if let splitDecimals {
            try require(
                (0...15).contains(splitDecimals), "splitDecimals is \(splitDecimals), not in 0...15"
            )
        }
        try requireOrder(
            minimumBins.map(Double.init), maximumBins.map(Double.init), "Bins", from: 1)
        try requireOrder(minimumBinShare, maximumBinShare, "BinShare", from: 0, to: 1)
        try requireOrder(minimumBinEvents, maximumBinEvents, "BinEvents", from: 0)
        try requireOrder(minimumBinNonEvents, maximumBinNonEvents, "BinNonEvents", from: 0)
        try require(
            minimumEventRateDifference >= 0 && minimumEventRateDifference <= 1,
            "minimumEventRateDifference is \(minimumEventRateDifference), not in 0...1")
        if let maximumPValue {
            try require(
                maximumPValue > 0 && maximumPValue <= 1,
                "maximumPValue is \(maximumPValue), not above 0 and at most 1")
        }
        if let rareLevelShare {
            try require(
                rareLevelShare >= 0 && rareLevelShare < 1,
                "rareLevelShare is \(rareLevelShare), not in 0..<1")
        }
        let levels = specialCodes.flatMap(\.levels) + (levelGroups ?? []).joined()
        try requireUnique(levels, "levels of special codes and groups")
        try requireUnique(specialCodes.flatMap(\.numbers), "numbers of special codes")
        try requireUnique(specialCodes.map(\.name), "names of special codes")
        try require(
            specialCodes.allSatisfy { $0.numbers.allSatisfy(\.isFinite) },
            "a special code is not a finite number; missing values have a policy of their own")
        try require(levelGroups?.contains([]) != true, "a group of levels is empty")
    }

    private func require(_ holds: Bool, _ detail: @autoclosure () -> String) throws(FeatureError) {
        if !holds { throw FeatureError(.invalidParameter, detail()) }
    }

    private func requireSplits(_ splits: [Double], _ name: String) throws(FeatureError) {
        try require(splits.allSatisfy(\.isFinite), "\(name) has a value that is not finite")
        try require(
            zip(splits, splits.dropFirst()).allSatisfy(<), "\(name) \(splits) is not ascending")
    }

    private func requireOrder(
        _ minimum: Double?, _ maximum: Double?, _ name: String, from least: Double,
        to most: Double = .infinity
    ) throws(FeatureError) {
        if let minimum {
            try require(
                minimum >= least && minimum <= most,
                "minimum\(name) is \(minimum.shortText), not in \(least)...\(most)")
        }
        if let maximum {
            try require(
                maximum >= max(least, minimum ?? least) && maximum > 0,
                "maximum\(name) is \(maximum.shortText), below \((minimum ?? least).shortText)")
        }
    }

    private func requireUnique<Value: Hashable>(
        _ values: [Value], _ name: String
    ) throws(FeatureError) {
        var seen: Set<Value> = []
        for value in values where !seen.insert(value).inserted {
            throw FeatureError(
                .invalidParameter, "\(value) is twice among the \(name)", value: "\(value)")
        }
    }
}
