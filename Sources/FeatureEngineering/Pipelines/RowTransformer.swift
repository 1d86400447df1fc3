// SPDX-License-Identifier: Apache-2.0

/// Turns rows into features one at a time, for a service that scores applications as they come.
///
/// ```swift
/// var transformer = RowTransformer(pipeline)
/// let features = try transformer.features(of: [.number(24), .level("own"), .missing])
/// ```
///
/// It keeps the room for the numbers between the steps from row to row, so a row costs no more than
/// one of a batch. Each task needs a transformer of its own.
public struct RowTransformer: Sendable {
    /// The pipeline that the rows go through.
    public let pipeline: FittedPipeline
    private var values: [Double] = []
    private var output: [Double] = []
    /// Where each input was in the table of the row before.
    private var positions: [Int] = []

    /// A transformer of rows by `pipeline`.
    public init(_ pipeline: FittedPipeline) { self.pipeline = pipeline }

    /// The features of a row given by its values in the order of the pipeline's inputs.
    ///
    /// - Throws: ``FeatureError``: `raggedRow` for another number of values, `wrongKind` for a
    ///   value of another kind than its input, `unknownLevel`, `missingValue` or `outOfRange`, all
    ///   naming the column.
    /// - Complexity: O(inputs + features), but for steps that look at the training rows.
    public mutating func features(of row: [Column.Value]) throws(FeatureError) -> [Double] {
        let inputs = pipeline.inputs
        guard row.count == inputs.count else {
            throw FeatureError(
                .raggedRow, "\(row.count) values for a pipeline of \(inputs.count) inputs")
        }
        values.removeAll(keepingCapacity: true)
        for (index, input) in inputs.enumerated() {
            guard let number = input.number(row[index]) else {
                throw FeatureError(
                    .wrongKind, "is not \(input.kind.rawValue), which is needed",
                    column: input.name, value: row[index].description)
            }
            values.append(number)
        }
        try pipeline.apply(&values, &output, row: nil) { source in
            inputs.firstIndex { $0.name == source }.map { row[$0] }
        }
        return values
    }

    /// The features of one row of a table, bit for bit as if the whole table were transformed.
    ///
    /// - Throws: As ``FittedPipeline/transform(_:)-(Table)``.
    /// - Complexity: O(inputs + features), whatever the size of the table.
    public mutating func features(of row: Table.Row) throws(FeatureError) -> [Double] {
        let inputs = pipeline.inputs
        if !isKnown(row.table) { positions = try row.table.positions(of: inputs) }
        values.removeAll(keepingCapacity: true)
        for (index, input) in inputs.enumerated() {
            let column = row.table.columns[positions[index]]
            guard column.kind == input.kind, let number = input.number(column[row.index]) else {
                throw .wrongKind(column, needed: input.kind.rawValue)
            }
            values.append(number)
        }
        try pipeline.apply(&values, &output, row: row.index) { source in try? row[source] }
        return values
    }

    /// Whether the inputs are where they were in the table before.
    private func isKnown(_ table: Table) -> Bool {
        guard positions.count == pipeline.inputs.count else { return false }
        return zip(positions, pipeline.inputs).allSatisfy { position, input in
            position < table.columnCount && table.columns[position].name == input.name
        }
    }
}
