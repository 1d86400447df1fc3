// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Testing

/// What every transformer must keep about input that does not fit, and about ending early.
@Suite("PR1: contracts of every transformer about what they refuse")
struct TransformerRefusalTests {
    /// The table with other values in one column.
    private func replacing(_ name: String, in table: Table, with column: Column) throws -> Table {
        try Table(table.columns.map { $0.name == name ? column : $0 })
    }

    private func missing(_ column: Column) throws -> Column {
        switch column.kind {
        case .numeric: try .numeric(column.name, [Double?](repeating: nil, count: column.count))
        case .categorical:
            try .categorical(
                column.name, [String?](repeating: nil, count: column.count),
                levels: column.levels)
        default: .date(column.name, [CalendarDate?](repeating: nil, count: column.count))
        }
    }

    @Test(arguments: TransformerCase.all)
    func emptyTables(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let empty = table[rows: []]
        let error = #expect(throws: FeatureError.self) { try given.fit(empty) }
        #expect(error?.code == .emptyInput)
        let features = try given.fit(table).transform(empty)
        #expect(features.rowCount == 0 && features.columnCount == features.names.count)
    }

    @Test(arguments: TransformerCase.all)
    func wrongColumnsAreNamed(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let pipeline = try given.fit(table)
        for input in pipeline.inputs {
            let without = try table.removing([input.name])
            let swapped = try replacing(
                input.name, in: table,
                with: input.kind == .numeric
                    ? .categorical(input.name, [String?](repeating: "x", count: table.rowCount))
                    : .numeric(input.name, [Double](repeating: 1, count: table.rowCount)))
            for (table, code) in [(without, "unknownColumn"), (swapped, "wrongKind")] {
                let batch = #expect(throws: FeatureError.self) { try pipeline.transform(table) }
                let single = #expect(throws: FeatureError.self) {
                    try pipeline.transform(table[0])
                }
                for error in [batch, single] {
                    #expect(error?.code.description == code && error?.column == input.name)
                }
            }
        }
        let reordered = try Table(table.columns.reversed())
        #expect(try pipeline.transform(reordered) == pipeline.transform(table))
        var transformer = RowTransformer(pipeline)
        let short = #expect(throws: FeatureError.self) { try transformer.features(of: []) }
        #expect(short?.code == .raggedRow)
        let text = #expect(throws: FeatureError.self) {
            try transformer.features(of: pipeline.inputs.map { _ in .text("x") })
        }
        #expect(text?.code == .wrongKind && text?.column == pipeline.inputs[0].name)
    }

    /// A value that is missing in a new row gives finite features or names row and column.
    @Test(arguments: TransformerCase.all)
    func missingValuesOfNewRows(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let pipeline = try given.fit(table)
        for input in pipeline.inputs {
            let gaps = try replacing(
                input.name, in: table, with: missing(try table[column: input.name]))
            do throws(FeatureError) {
                let features = try pipeline.transform(gaps)
                #expect(features.matrix.elements.allSatisfy { $0.isFinite })
            } catch {
                #expect(error.code == .missingValue)
                #expect(error.column == input.name && error.row == 0)
            }
        }
    }

    /// A column without any training value gives finite features or is named.
    @Test(arguments: TransformerCase.all)
    func columnsWithoutValues(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        for input in try given.fit(table).inputs {
            let gone = try replacing(
                input.name, in: table, with: missing(try table[column: input.name]))
            do {
                let features = try given.fit(gone).transform(gone)
                #expect(features.matrix.elements.allSatisfy { $0.isFinite })
            } catch let error as FeatureError {
                #expect([.emptyInput, .missingValue].contains(error.code), "\(error)")
                #expect(error.column?.hasPrefix(input.name) == true, "\(error)")
            }
        }
    }

    /// A column of one value gives finite features or is named.
    @Test(arguments: TransformerCase.all)
    func constantColumns(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        for input in try given.fit(table).inputs {
            let column = try table[column: input.name]
            let constant = column[rows: [Int](repeating: 3, count: table.rowCount)]
            let same = try replacing(input.name, in: table, with: constant)
            do {
                let features = try given.fit(same).transform(same)
                #expect(features.matrix.elements.allSatisfy { $0.isFinite })
            } catch let error as FeatureError {
                #expect("\(error)".contains(input.name), "\(error)")
            }
        }
    }

    /// A level that training did not have is named with its row, or gives finite features.
    @Test(arguments: TransformerCase.all)
    func unknownLevels(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        let pipeline = try given.fit(table)
        var transformer = RowTransformer(pipeline)
        for input in pipeline.inputs where input.kind == .categorical {
            let strange = try replacing(
                input.name, in: table,
                with: .categorical(input.name, [String?](repeating: "new", count: 60)))
            do throws(FeatureError) {
                let features = try pipeline.transform(strange)
                #expect(features.matrix.elements.allSatisfy { $0.isFinite })
            } catch {
                #expect(error.code == .unknownLevel && error.value == "new")
                #expect(error.row == 0 && error.column == input.name)
                let values = try pipeline.inputs.map { try strange[0][$0.name] }
                let single = #expect(throws: FeatureError.self) {
                    try transformer.features(of: values)
                }
                #expect(single?.code == .unknownLevel && single?.column == input.name)
            }
        }
    }

    /// A column that has the name of a feature is refused, or no feature has its name twice.
    @Test(arguments: TransformerCase.all)
    func duplicatedNames(_ given: TransformerCase) throws {
        let table = try given.loans(60, seed: 7)
        for name in try given.fit(table).featureNames where !table.contains(column: name) {
            var clash = table
            try clash.append(.numeric(name, (0..<60).map(Double.init)))
            do {
                let names = try given.fit(clash).featureNames
                #expect(Set(names).count == names.count)
            } catch let error as FeatureError {
                #expect(error.code == .duplicateColumn && error.column == name)
            }
        }
    }

    @Test(arguments: TransformerCase.all)
    func weightsThatAreNone(_ given: TransformerCase) throws {
        let table = try given.loans(20, seed: 7)
        for (weights, code) in [
            ([1.0], "unequalLengths"), ([Double](repeating: -1, count: 20), "outOfRange"),
            ([Double](repeating: .nan, count: 20), "outOfRange"),
        ] {
            let error = #expect(throws: FeatureError.self) {
                try given.recipe.fit(table, target: "class", positive: "bad", weights: weights)
            }
            #expect(error?.code.description == code)
        }
    }

    @Test(arguments: TransformerCase.all.filter(\.reports))
    func observerAndCancellation(_ given: TransformerCase) async throws {
        let table = try given.loans(60, seed: 7)
        var steps: [Int] = []
        let watched = try given.fit(table) { progress in
            steps.append(progress.step)
            #expect(progress.step <= progress.stepLimit && progress.stage != nil)
        }
        #expect(!steps.isEmpty && zip(steps, steps.dropFirst()).allSatisfy(<))
        #expect(try watched == given.fit(table))
        let stopped = #expect(throws: FeatureError.self) {
            try given.fit(table) { $0.stop() }
        }
        #expect(stopped?.code == .cancelled)
        let task = Task { () -> FeatureError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            do {
                _ = try given.fit(table)
                return nil
            } catch { return (error as? FeatureError)?.code }
        }
        #expect(await task.value == .cancelled)
    }
}
