// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing
import _CreditTestSupport

@Suite("PR3: ragged and padded sequences")
struct SequenceBatchTests {
    private func batch() throws -> SequenceBatch {
        try SequenceBatch(
            elements: [1, 2, 3, 4, 5, 6, 7, 8], offsets: [0, 1, 1, 4], names: ["x", "y"])
    }

    @Test func paddingMaskAndLengths() throws {
        let batch = try batch()
        #expect(batch.count == 3 && batch.lengths == [1, 0, 3] && batch.maximumLength == 3)
        let padded = try batch.padded(with: -1)
        #expect(
            padded.values
                == Tensor(
                    shape: [3, 3, 2],
                    elements: [
                        1, 2, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 3, 4, 5, 6, 7, 8,
                    ]))
        #expect(padded.mask.elements == [1, 0, 0, 0, 0, 0, 1, 1, 1])
        #expect(padded.lengths == [1, 0, 3])
        let leading = try batch.padded(to: 4, side: .leading, as: Float.self)
        #expect(leading.mask.elements == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1])
        #expect(leading.values.elements.prefix(8) == [0, 0, 0, 0, 0, 0, 1, 2])
    }

    @Test func theNewestStepsAreKept() throws {
        let padded = try batch().padded(to: 2)
        #expect(padded.lengths == [1, 0, 2])
        #expect(padded.values.elements.suffix(4) == [5, 6, 7, 8])
        #expect(try batch().padded(to: 0).values.count == 0)
    }

    @Test func sequencesAreTakenOut() throws {
        let batch = try batch()
        #expect(
            batch[2] == Matrix(rowCount: 3, columnCount: 2, elements: [3, 4, 5, 6, 7, 8]))
        let mini = batch[rows: [2, 0, 2]]
        #expect(mini.lengths == [3, 1, 3])
        #expect(mini[0] == batch[2] && mini[1] == batch[0])
        #expect(batch[rows: [0, 1, 2]] == batch)
    }

    @Test func batchesThatContradictThemselvesAreRefused() {
        func code(
            _ elements: [Double], _ offsets: [Int], _ names: [String]
        ) -> FeatureError.Code? {
            #expect(throws: FeatureError.self) {
                try SequenceBatch(elements: elements, offsets: offsets, names: names)
            }?.code
        }
        #expect(code([1], [0, 1], []) == .emptyInput)
        #expect(code([1, 2], [0, 1], ["x", "x"]) == .duplicateColumn)
        #expect(code([1, 2, 3], [0, 1], ["x", "y"]) == .unequalLengths)
        #expect(code([1, 2], [0, 2], ["x", "y"]) == .unequalLengths)
        #expect(code([1, 2], [0, 3, 2], ["x"]) == .unequalLengths)
        #expect(code([1, 2], [1, 2], ["x"]) == .unequalLengths)
        #expect(code([], [], ["x"]) == .unequalLengths)
        #expect(code([1, .nan], [0, 2], ["x"]) == .outOfRange)
        #expect(throws: FeatureError.self) { try batch().padded(to: -1) }
        #expect(throws: FeatureError.self) {
            try SequenceBatch(elements: [1e300], offsets: [0, 1], names: ["x"])
                .padded(as: Float.self)
        }
    }

    @Test func wideColumnsBecomeSteps() throws {
        let table = try Table([
            .numeric("s1", [1, nil, 3]), .numeric("s2", [4, 5, nil]),
            .numeric("b1", [7, nil, 9]), .numeric("b2", [10, 11, 12]),
        ])
        let features = [
            WideFeature("s", columns: ["s2", "s1"]), WideFeature("b", columns: ["b2", "b1"]),
        ]
        let error = #expect(throws: FeatureError.self) { try table.sequences(features) }
        #expect(error?.code == .missingValue && error?.row == 1 && error?.column == "s1")
        let filled = try table.sequences(features, fill: 0)
        #expect(filled.values.elements == [4, 10, 1, 7, 5, 11, 0, 0, 0, 12, 3, 9])
        let ragged = try table.sequences(features, fill: 0, dropsEmptySteps: true)
        #expect(ragged.lengths == [2, 1, 2])
        let unequal = #expect(throws: FeatureError.self) {
            try table.sequences([features[0], WideFeature("b", columns: ["b1"])])
        }
        #expect(unequal?.code == .unequalLengths && unequal?.column == "b")
    }

    @Test func eventsBecomeSteps() throws {
        let log = try eventLog([
            ("a", "2024-01-01", "x", 1), ("a", "2024-01-05", "y", nil),
            ("a", "2024-01-06", "x", 3), ("b", "2024-01-02", "x", 9),
        ])
        let histories = log.histories(
            asOf: AsOfDates(accounts: ["a", "b"], at: [day("2024-01-10")]))
        let recipe = EventSequence(
            [
                .daysBeforeAsOf, .daysSincePrevious, .kind(["x", "y"]),
                .number("amount", missing: -1),
            ],
            maximumLength: 2)
        let batch = try histories.sequences(recipe)
        #expect(batch.lengths == [2, 1])
        #expect(
            batch.values.elements == [5, 4, 0, 1, -1, 4, 1, 1, 0, 3, 8, 0, 1, 0, 9])
        func error(_ recipe: EventSequence) -> FeatureError? {
            #expect(throws: FeatureError.self) { try histories.sequences(recipe) }
        }
        let refused = error(EventSequence([.number("amount", missing: nil)]))
        #expect(refused?.code == .missingValue && refused?.row == 1)
        let unnamed = error(EventSequence([.kind(["x"])]))
        #expect(unnamed?.code == .unknownLevel && unnamed?.row == 1 && unnamed?.value == "y")
        #expect(error(EventSequence([]))?.code == .invalidParameter)
        #expect(
            error(EventSequence([.daysBeforeAsOf], maximumLength: 0))?.code == .invalidParameter)
        #expect(error(EventSequence([.kind(["z"])]))?.code == .unknownLevel)
        #expect(
            try histories.sequences(EventSequence([.kind(["x"])], kinds: ["x"])).lengths == [2, 1])
    }

    @Test func monthsBecomeSteps() throws {
        let log = try eventLog([
            ("a", "2024-01-31", "x", 1), ("a", "2024-02-01", "x", 5), ("a", "2024-03-30", "x", 7),
        ])
        let histories = log.histories(
            asOf: AsOfDates(accounts: ["a"], at: [day("2024-03-31")]))
        let batch = try histories.monthlySequences(.count(), .mean("amount"), months: 3)
        #expect(batch.names == ["count", "mean(amount)"])
        // [31 Dec, 31 Jan), [31 Jan, 29 Feb), [29 Feb, 31 Mar).
        #expect(batch.values.elements == [0, 0, 2, 3, 1, 7])
        let error = #expect(throws: FeatureError.self) {
            try histories.monthlySequences(.mean("amount"), months: 3, missing: nil)
        }
        #expect(error?.code == .missingValue)
        #expect(throws: FeatureError.self) {
            try histories.monthlySequences(.countSlope(over: [.months(3)]), months: 3)
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func taiwanIsThirtyThousandTimesSixTimesThree() throws {
        let table = try Table(csv: SharedData.url("taiwan/UCI_Credit_Card.csv"))
        let padded = try table.sequences(.taiwanCredit).padded(as: Float.self)
        #expect(padded.values.shape[0] == 30_000)
        #expect(padded.values.shape[1] == 6)
        #expect(padded.values.shape[2] == 3)
        #expect(padded.lengths.allSatisfy { $0 == 6 })
        // The second row of the file, April to September: status, bill, payment.
        #expect(
            padded.values.elements[18..<36] == [
                2, 3261, 2000, 0, 3455, 0, 0, 3272, 1000, 0, 2682, 1000, 2, 1725, 1000, -1, 2682,
                0,
            ])
    }
}
