// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension SpecialCode: CanonicalCodable {
    /// Appends the name and the codes.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        encoder.encode(numbers) { $0.encode($1) }
        encoder.encode(strings: levels)
    }

    /// Reads a special code.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeString(), numbers: try decoder.decodeNumbers(),
            levels: try decoder.decodeStrings())
    }
}

extension OptimalBinning: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: objective)
        encoder.encode(caseOf: trend)
        encoder.encode(caseOf: preBinning)
        encoder.encode(maximumPreBins)
        encoder.encode(minimumPreBinShare)
        encoder.encode(optional: candidateSplits) { $0.encode($1) { $0.encode($1) } }
        encoder.encode(fixedSplits) { $0.encode($1) }
        encoder.encode(optional: levelGroups) { $0.encode($1) { $0.encode(strings: $1) } }
        encoder.encode(optional: splitDecimals) { $0.encode($1) }
        encoder.encode(optional: minimumBins) { $0.encode($1) }
        encoder.encode(optional: maximumBins) { $0.encode($1) }
        for limit in [
            minimumBinShare, maximumBinShare, minimumBinEvents, maximumBinEvents,
            minimumBinNonEvents, maximumBinNonEvents,
        ] {
            encoder.encode(optional: limit) { $0.encode($1) }
        }
        encoder.encode(minimumEventRateDifference)
        encoder.encode(optional: maximumPValue) { $0.encode($1) }
        encoder.encode(optional: rareLevelShare) { $0.encode($1) }
        encoder.encode(caseOf: unknownLevels)
        encoder.encode(caseOf: missing)
        encoder.encode(specialCodes)
        encoder.encode(caseOf: zeroCounts)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init()
        objective = try decoder.decodeCase()
        trend = try decoder.decodeCase()
        preBinning = try decoder.decodeCase()
        maximumPreBins = try decoder.decodeInt()
        minimumPreBinShare = try decoder.decodeDouble()
        candidateSplits = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in try decoder.decodeNumbers()
        }
        fixedSplits = try decoder.decodeNumbers()
        levelGroups = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeStrings()
            }
        }
        splitDecimals = try decoder.decodeOptionalInt()
        minimumBins = try decoder.decodeOptionalInt()
        maximumBins = try decoder.decodeOptionalInt()
        minimumBinShare = try decoder.decodeOptionalNumber()
        maximumBinShare = try decoder.decodeOptionalNumber()
        minimumBinEvents = try decoder.decodeOptionalNumber()
        maximumBinEvents = try decoder.decodeOptionalNumber()
        minimumBinNonEvents = try decoder.decodeOptionalNumber()
        maximumBinNonEvents = try decoder.decodeOptionalNumber()
        minimumEventRateDifference = try decoder.decodeDouble()
        maximumPValue = try decoder.decodeOptionalNumber()
        rareLevelShare = try decoder.decodeOptionalNumber()
        unknownLevels = try decoder.decodeCase()
        missing = try decoder.decodeCase()
        specialCodes = try decoder.decodeArray(of: SpecialCode.self)
        zeroCounts = try decoder.decodeCase()
    }
}

extension VariableBinning: CanonicalCodable {
    /// Appends the recipe, every bin and the trend.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(variable)
        encoder.encode(caseOf: kind)
        encoder.encode(recipe)
        encoder.encode(bins)
        encoder.encode(caseOf: trend.requested)
        encoder.encode(caseOf: trend.applied)
        encoder.encode(caseOf: trend.outcome)
        encoder.encode(caseOf: trend.eventRate)
        encoder.encode(caseOf: trend.points)
        encoder.encode(trend.retainedObjective)
    }

    /// Reads bins and checks them against each other, as fitting does.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let variable = try decoder.decodeString()
        let kind: ColumnKind = try decoder.decodeCase()
        let recipe = try OptimalBinning(from: &decoder)
        let bins = try decoder.decodeArray(of: Bin.self)
        let trend = TrendReport(
            requested: try decoder.decodeCase(), applied: try decoder.decodeCase(),
            outcome: try decoder.decodeCase(), eventRate: try decoder.decodeCase(),
            points: try decoder.decodeCase(), retainedObjective: try decoder.decodeDouble())
        do throws(FeatureError) {
            try self.init(
                variable: variable, kind: kind, recipe: recipe, bins: bins, trend: trend)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension VariableBinning.Bin: CanonicalCodable {
    /// Appends what falls into the bin, the counts and the weight of evidence.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch content {
        case .interval(let lower, let upper):
            encoder.encode(UInt8(0))
            encoder.encode(optional: lower) { $0.encode($1) }
            encoder.encode(optional: upper) { $0.encode($1) }
        case .levels(let levels):
            encoder.encode(UInt8(1))
            encoder.encode(strings: levels)
        case .rareLevels(let levels):
            encoder.encode(UInt8(2))
            encoder.encode(strings: levels)
        case .special(let code):
            encoder.encode(UInt8(3))
            encoder.encode(code)
        case .missing: encoder.encode(UInt8(4))
        case .unknownLevels: encoder.encode(UInt8(5))
        }
        encoder.encode(includesMissing)
        encoder.encode(nonEvents)
        encoder.encode(events)
        encoder.encode(weightOfEvidence)
    }

    /// Reads a bin.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        content =
            switch try decoder.decodeUInt8() {
            case 0:
                .interval(
                    lower: try decoder.decodeOptionalNumber(),
                    upper: try decoder.decodeOptionalNumber())
            case 1: .levels(try decoder.decodeStrings())
            case 2: .rareLevels(try decoder.decodeStrings())
            case 3: .special(try SpecialCode(from: &decoder))
            case 4: .missing
            case 5: .unknownLevels
            case let tag: throw decoder.error("unknown kind of bin \(tag)")
            }
        includesMissing = try decoder.decodeBool()
        nonEvents = try decoder.decodeDouble()
        events = try decoder.decodeDouble()
        weightOfEvidence = try decoder.decodeDouble()
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeNumbers() throws(CanonicalDecodingError) -> [Double] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble() }
    }

    fileprivate mutating func decodeOptionalNumber() throws(CanonicalDecodingError) -> Double? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeDouble()
        }
    }

    fileprivate mutating func decodeOptionalInt() throws(CanonicalDecodingError) -> Int? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in try decoder.decodeInt() }
    }
}
