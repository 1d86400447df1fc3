// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

struct BinningErrorTests {
    private let column: Column
    private let labels = [true, false, true, false, true, false]

    init() throws { column = try .numeric("v", [1, 2, 3, 4, 5, 6] as [Double]) }

    static let contradictions: [(@Sendable (inout OptimalBinning) -> Void, String)] = [
        ({ $0.maximumPreBins = 1 }, "maximumPreBins is 1"),
        ({ $0.minimumPreBinShare = 0.5 }, "minimumPreBinShare is 0.5"),
        ({ $0.candidateSplits = [2, 1] }, "candidateSplits [2.0, 1.0] is not ascending"),
        ({ $0.fixedSplits = [.nan] }, "fixedSplits has a value that is not finite"),
        ({ $0.splitDecimals = 16 }, "splitDecimals is 16"),
        ({ ($0.minimumBins, $0.maximumBins) = (4, 3) }, "maximumBins is 3, below 4"),
        ({ $0.minimumBinShare = 1.5 }, "minimumBinShare is 1.5"),
        ({ $0.maximumBinShare = 0 }, "maximumBinShare is 0"),
        ({ $0.minimumBinEvents = -1 }, "minimumBinEvents is -1"),
        ({ $0.minimumEventRateDifference = .nan }, "minimumEventRateDifference is nan"),
        ({ $0.maximumPValue = 0 }, "maximumPValue is 0.0"),
        ({ $0.rareLevelShare = 1 }, "rareLevelShare is 1.0"),
        ({ $0.specialCodes = [-9, SpecialCode("other", numbers: [-9])] }, "-9.0 is twice"),
        ({ $0.specialCodes = [SpecialCode("x", numbers: [.infinity])] }, "not a finite number"),
        ({ $0.levelGroups = [["a"], ["a"]] }, "a is twice"),
        ({ $0.levelGroups = [[]] }, "a group of levels is empty"),
    ]

    @Test("A recipe that contradicts itself is refused", arguments: contradictions.indices)
    func contradiction(index: Int) throws {
        var recipe = OptimalBinning()
        Self.contradictions[index].0(&recipe)
        let error = #expect(throws: FeatureError.self) {
            try recipe.fit(column, labels: labels)
        }
        #expect(error?.code == .invalidParameter)
        #expect(
            error?.message.contains(Self.contradictions[index].1) == true,
            "\(String(describing: error))")
    }

    @Test("Bad data is refused by name")
    func badData() throws {
        let recipe = OptimalBinning()
        func code(_ body: () throws -> Void) -> FeatureError? {
            #expect(throws: FeatureError.self) { try body() }
        }
        #expect(
            code { _ = try recipe.fit(column, labels: [true, false]) }?.code == .unequalLengths)
        #expect(
            code { _ = try recipe.fit(.numeric("v", [] as [Double]), labels: []) }?.code
                == .emptyInput)
        let oneClass = code {
            _ = try recipe.fit(column, labels: [Bool](repeating: true, count: 6))
        }
        #expect(oneClass?.code == .invalidParameter)
        let weight = code {
            _ = try recipe.fit(column, labels: labels, weights: [1, 1, -1, 1, 1, 1])
        }
        #expect(weight?.code == .outOfRange && weight?.row == 2)
        let empty = try Column.numeric("v", [Double?](repeating: nil, count: 6))
        let missing = code { _ = try recipe.fit(empty, labels: labels) }
        #expect(missing?.code == .emptyInput && missing?.column == "v")
        let dates = Column.date("d", [CalendarDate?](repeating: nil, count: 6))
        #expect(code { _ = try recipe.fit(dates, labels: labels) }?.code == .wrongKind)
        let binning = try recipe.fit(column, labels: labels)
        #expect(code { _ = try binning.binIndex(ofLevel: "a") }?.code == .wrongKind)
        #expect(code { _ = try binning.binIndices(of: dates) }?.code == .wrongKind)
        #expect(code { _ = try binning.binIndex(of: .text("a")) }?.code == .wrongKind)
    }

    @Test("A constant and a rare-only column")
    func degenerate() throws {
        let constant = try OptimalBinning().fit(
            .numeric("v", [Double](repeating: 3, count: 6)), labels: labels)
        #expect(constant.splits.isEmpty && constant.informationValue == 0)
        #expect(constant.trend.eventRate == .constant && constant.trend.outcome == .kept)
        var rare = OptimalBinning()
        rare.rareLevelShare = 0.9
        let error = #expect(throws: FeatureError.self) {
            try rare.fit(.categorical("c", ["a", "b", "c", "d", "e", "f"]), labels: labels)
        }
        #expect(error?.code == .emptyInput && error?.column == "c")
    }

    @Test("What stands in the way of any bins is named")
    func infeasible() throws {
        var recipe = OptimalBinning(trend: .any)
        recipe.candidateSplits = [2.5, 4.5]
        recipe.minimumBins = 3
        recipe.minimumEventRateDifference = 0.2
        let error = #expect(throws: FeatureError.self) {
            try recipe.fit(column, labels: labels)
        }
        #expect(error?.code == .infeasible && error?.column == "v")
        let message = error?.message ?? ""
        #expect(message.contains("without the minimum number of bins"))
        #expect(message.contains("without the minimum difference of event rates"))
        #expect(!message.contains("share"))
    }
}
