// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Sequences, and what is known once for each of them: the rows of a model that reads sequences.
///
/// A sequence may be empty, such as that of an applicant without any event.
public struct SequenceInputs: Sendable, Equatable {
    /// The steps of every row.
    public let sequences: SequenceBatch

    /// What is known once for each row, (rows x static values), finite; it may have no columns.
    public let statics: Matrix<Double>

    /// The names of the static columns.
    public let staticNames: [String]

    /// Joins sequences with static values.
    ///
    /// - Parameters:
    ///   - sequences: one per row.
    ///   - statics: (rows x static values); `nil` where there are none.
    ///   - staticNames: one per column; `s0`, `s1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `empty` without a row; `wrongWidth` for another number of
    ///   rows or names; `nonFinite` with row and column.
    public init(
        _ sequences: SequenceBatch, statics: Matrix<Double>? = nil, staticNames: [String]? = nil
    ) throws(ModelError) {
        guard sequences.count > 0 else { throw ModelError(.empty, "there is no sequence") }
        let statics = statics ?? .zeros(sequences.count, 0)
        guard statics.rowCount == sequences.count else {
            throw ModelError(
                .wrongWidth, "\(statics.rowCount) rows of statics for \(sequences.count) sequences")
        }
        let names = staticNames ?? (0..<statics.columnCount).map { "s\($0)" }
        guard names.count == statics.columnCount else {
            throw ModelError(
                .wrongWidth, "\(names.count) names for \(statics.columnCount) static columns")
        }
        try checkFinite(statics, names: names)
        self.init(checked: sequences, statics, names)
    }

    /// Rows of a wide table, such as one column for each month and channel, as sequences.
    ///
    /// - Parameters:
    ///   - features: (rows x columns), finite.
    ///   - steps: for each step, oldest first, the column of every channel.
    ///   - names: the names of the channels.
    ///   - statics: the columns that are no steps.
    ///   - staticNames: their names; `s0`, `s1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `wrongWidth` where a step has not a column for each
    ///   channel or a column is none of the features'; `features` for names that are no names of a
    ///   sequence; `empty` or `nonFinite`.
    public init(
        wide features: Matrix<Double>, steps: [[Int]], names: [String], statics: [Int] = [],
        staticNames: [String]? = nil
    ) throws(ModelError) {
        for columns in steps + [statics] {
            if let column = columns.first(where: { $0 < 0 || $0 >= features.columnCount }) {
                throw ModelError(
                    .wrongWidth, "there is no column \(column) among \(features.columnCount)")
            }
        }
        if let step = steps.firstIndex(where: { $0.count != names.count }) {
            throw ModelError(
                .wrongWidth, "step \(step) has \(steps[step].count) of \(names.count) channels")
        }
        let rows = 0..<features.rowCount
        var elements: [Double] = []
        elements.reserveCapacity(rows.count * steps.count * names.count)
        for row in rows {
            for columns in steps {
                for column in columns { elements.append(features[row, column]) }
            }
        }
        let sequences: SequenceBatch
        do {
            sequences = try SequenceBatch(
                elements: elements, offsets: (0...rows.count).map { $0 * steps.count },
                names: names)
        } catch {
            throw ModelError(.features, "the columns make no sequences", underlying: error)
        }
        var values: [Double] = []
        for row in rows { for column in statics { values.append(features[row, column]) } }
        try self.init(
            sequences,
            statics: Matrix(
                rowCount: rows.count, columnCount: statics.count, elements: values),
            staticNames: staticNames)
    }

    /// The names of the numbers of a step.
    public var stepNames: [String] { sequences.names }

    /// The number of rows.
    public var count: Int { sequences.count }

    /// The inputs at `rows`, in that order.
    ///
    /// - Precondition: every index is a row.
    public subscript(rows rows: [Int]) -> SequenceInputs {
        SequenceInputs(
            checked: sequences[rows: rows], statics.gatheringRows(rows), staticNames)
    }

    private init(checked sequences: SequenceBatch, _ statics: Matrix<Double>, _ names: [String]) {
        self.sequences = sequences
        self.statics = statics
        staticNames = names
    }
}
