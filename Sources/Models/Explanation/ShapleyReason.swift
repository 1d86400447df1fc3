// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// One principal reason why a model sees more risk in a row than in the background.
public struct ShapleyReason: Codable, Hashable, Sendable {
    /// A column and its share in a reason.
    public struct Contribution: Codable, Hashable, Sendable {
        /// The column, or the group of columns.
        public let name: String

        /// How much it raises the output, above 0.
        public let value: Double
    }

    /// What the applicant is told.
    public let statement: ReasonStatement

    /// The columns behind it, the largest first.
    public let contributions: [Contribution]

    /// The sum of their values.
    public let value: Double
}

extension ShapleyValues {
    /// The principal reasons for the risk of a row: the columns whose values raise the output, the
    /// largest first.
    ///
    /// Columns whose statements have one code are one reason; no reason is given twice. Reasons of
    /// equal value stand in the order of the columns. A row that no column raises has no reason.
    ///
    /// - Parameters:
    ///   - row: the row of ``values``.
    ///   - limit: the most reasons; 4 is what lenders in the United States report at most.
    ///   - statements: what applicants are told, by column; a column without a statement is a
    ///     reason of its own whose code and text are its name.
    /// - Precondition: `row` is a row of ``values``.
    /// - Throws: ``ModelError`` with code `features` for a statement of an unknown column;
    ///   `invalidRecipe` for a limit below 1.
    public func reasons(
        row: Int, limit: Int = 4, statements: [String: ReasonStatement] = [:]
    ) throws(ModelError) -> [ShapleyReason] {
        precondition(outputs.indices.contains(row), "row \(row) of \(outputs.count)")
        guard limit >= 1 else {
            throw ModelError(.invalidRecipe, "a limit of \(limit) reasons, below 1")
        }
        for name in statements.keys.sorted() where !names.contains(name) {
            throw ModelError(
                .features,
                "no column '\(name)' for a statement; there are \(names.joined(separator: ", "))")
        }
        let raising = names.indices.filter { values[row, $0] > 0 }.sorted { left, right in
            let (a, b) = (values[row, left], values[row, right])
            return a == b ? left < right : a > b
        }
        var reasons: [(statement: ReasonStatement, columns: [Int])] = []
        for column in raising {
            let statement =
                statements[names[column]]
                ?? ReasonStatement(code: names[column], text: names[column])
            if let index = reasons.firstIndex(where: { $0.statement.code == statement.code }) {
                reasons[index].columns.append(column)
            } else {
                reasons.append((statement, [column]))
            }
        }
        let all = reasons.map { reason in
            ShapleyReason(
                statement: reason.statement,
                contributions: reason.columns.map {
                    ShapleyReason.Contribution(name: names[$0], value: values[row, $0])
                },
                value: reason.columns.reduce(0) { $0 + values[row, $1] })
        }
        let order = all.indices.sorted { left, right in
            all[left].value == all[right].value ? left < right : all[left].value > all[right].value
        }
        return order.prefix(limit).map { all[$0] }
    }
}
