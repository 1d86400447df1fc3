// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// Which rows belong to the class `positive` of a two-class column.
    ///
    /// The column is categorical, or numeric with the classes written as numbers. With `negative`,
    /// every value must be one of the two; without it, all values but `positive` must be one and
    /// the same.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, `wrongKind`, `missingValue`,
    ///   `unknownLevel` (naming the row and the value that is neither class), or
    ///   `invalidParameter` if `positive` cannot be a value of the column.
    public func labels(
        _ name: String, positive: String, negative: String? = nil
    ) throws(FeatureError) -> [Bool] {
        let column = try self[column: name]
        guard positive != negative else {
            throw FeatureError(
                .invalidParameter, "both classes are called '\(positive)'", column: name)
        }
        switch column.storage {
        case .categorical(let codes, let levels):
            let known = [positive] + (negative.map { [$0] } ?? [])
            for level in known where !levels.contains(level) {
                throw FeatureError(
                    .invalidParameter,
                    "class '\(level)' is not among the levels \(levels.joined(separator: ", "))",
                    column: name, value: level)
            }
            func code(_ level: String) -> Int32? { levels.firstIndex(of: level).map(Int32.init) }
            return try twoClasses(
                codes, positive: code(positive)!, negative: negative.flatMap(code),
                isMissing: { $0 < 0 }, text: { levels[Int($0)] }, column: name)
        case .numeric(let values):
            let numbers = try [positive, negative ?? positive].map { (text) throws(FeatureError) in
                guard let number = Double(text), number.isFinite else {
                    throw FeatureError(
                        .invalidParameter, "class '\(text)' is not a number, as the column is",
                        column: name, value: text)
                }
                return number
            }
            return try twoClasses(
                values, positive: numbers[0], negative: negative == nil ? nil : numbers[1],
                isMissing: \.isNaN, text: \.shortText, column: name)
        case .text, .date:
            throw FeatureError.wrongKind(column, needed: "a categorical or numeric column")
        }
    }

    private func twoClasses<Value: Equatable>(
        _ values: [Value], positive: Value, negative: Value?, isMissing: (Value) -> Bool,
        text: (Value) -> String, column: String
    ) throws(FeatureError) -> [Bool] {
        var negative = negative
        var labels: [Bool] = []
        labels.reserveCapacity(values.count)
        for (row, value) in values.enumerated() {
            if isMissing(value) {
                throw FeatureError(
                    .missingValue, "the class is missing", row: row, column: column)
            }
            if value != positive {
                if negative == nil { negative = value }
                guard value == negative else {
                    throw FeatureError.unknownLevel(
                        text(value), of: [text(positive), text(negative!)], row: row,
                        column: column)
                }
            }
            labels.append(value == positive)
        }
        return labels
    }
}
