// SPDX-License-Identifier: Apache-2.0

extension EventHistories {
    /// Each row as a sequence of `months` steps, one for each month before the as-of date, oldest
    /// first, with the measures of that month.
    ///
    /// The windows of `measures` are not used: every step has the window
    /// `.months(1).lagged(by: k)`.
    ///
    /// - Parameter missing: What a measure without a value becomes, such as the mean of a month
    ///   without events; `nil` to refuse it.
    /// - Throws: As ``features(_:progress:)``; `invalidParameter` for slopes, which need more
    ///   than a month; `wrongKind` for ``EventMeasure/Statistic/last`` of an attribute that is not
    ///   numeric; `missingValue` with row and name.
    /// - Complexity: O(rows x months x measures x events of a month).
    public func monthlySequences(
        _ measures: EventMeasure..., months: Int, missing: Double? = 0
    ) throws(FeatureError) -> SequenceBatch {
        guard (1...1200).contains(months), missing?.isFinite ?? true else {
            throw FeatureError(
                .invalidParameter,
                "\(months) months with \(missing.map { "\($0)" } ?? "nothing") for missing values "
                    + "are not 1 to 1200 months and a finite number")
        }
        let steps = (0..<months).reversed().map { EventWindow.months(1).lagged(by: $0) }
        let table = try features(
            EventFeatures(measures: measures.map { $0.over(steps) }))
        // Columns go by measure, then by step.
        var values: [[Double]] = []
        for column in table.columns {
            guard let numbers = column.numbers else { throw .wrongKind(column, needed: "numeric") }
            values.append(numbers)
        }
        var elements: [Double] = []
        elements.reserveCapacity(count * values.count)
        for row in 0..<count {
            for step in 0..<months {
                for measure in measures.indices {
                    let index = measure * months + step
                    guard let value = values[index][row].isNaN ? missing : values[index][row] else {
                        throw FeatureError(
                            .missingValue, "the month has no value", row: row,
                            column: table.columns[index].name)
                    }
                    elements.append(value)
                }
            }
        }
        return try SequenceBatch(
            elements: elements, offsets: (0...count).map { $0 * months },
            names: measures.map(\.subjectName))
    }
}
