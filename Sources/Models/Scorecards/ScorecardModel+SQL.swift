// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension ScorecardModel {
    /// A `SELECT` that scores the rows of a table with the card's points.
    ///
    /// It is standard SQL (`CASE`, `IN`, `IS NULL`) with quoted names and literals, and is tested
    /// with SQLite; MySQL reads it in its modes `ANSI_QUOTES` and `NO_BACKSLASH_ESCAPES`. The
    /// columns of numeric variables must have a numeric type. Missing values are `NULL`. Where the
    /// card refuses a value, the points and the score are `NULL`, never a number.
    ///
    /// - Parameters:
    ///   - table: the name of the table, whose columns have the names of the variables.
    ///   - keys: columns that are handed through, such as the number of the application.
    ///   - score: the name of the column of the score.
    ///   - listsPoints: whether the points of every variable are columns too, `points_` and its
    ///     name.
    public func sql(
        table: String, keys: [String] = [], score: String = "score", listsPoints: Bool = false
    ) -> String {
        let points = variables.map { SQLText.caseExpression($0) }
        var columns = keys.map(SQLText.identifier)
        if listsPoints {
            columns += zip(variables, points).map { variable, points in
                "\(points) AS \(SQLText.identifier("points_" + variable.name))"
            }
        }
        let terms = (basePoints == 0 ? [] : [SQLText.number(basePoints)]) + points
        columns.append(
            terms.joined(separator: "\n    + ") + " AS \(SQLText.identifier(score))")
        return "SELECT\n  " + columns.joined(separator: ",\n  ")
            + "\nFROM \(SQLText.identifier(table))"
    }
}

/// Names, literals and expressions of standard SQL.
private enum SQLText {
    static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

    static func string(_ text: String) -> String { quoted(text, by: "'") }

    /// Quotes are doubled scalar by scalar: one with an accent on it is a quote to a database.
    private static func quoted(_ text: String, by quote: Unicode.Scalar) -> String {
        var result = String(quote)
        for scalar in text.unicodeScalars {
            if scalar == quote { result.unicodeScalars.append(quote) }
            result.unicodeScalars.append(scalar)
        }
        result.unicodeScalars.append(quote)
        return result
    }

    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
    }

    static func caseExpression(_ variable: ScorecardVariable) -> String {
        let name = identifier(variable.name)
        var whens: [String] = []
        var otherwise = "NULL"
        for rule in variable.binning.rules {
            let points = number(variable.points[rule.bin])
            switch rule.condition {
            case .missing: whens.append("WHEN \(name) IS NULL THEN \(points)")
            case .numbers(let numbers):
                let list = numbers.map(number).joined(separator: ", ")
                whens.append("WHEN \(name) IN (\(list)) THEN \(points)")
            case .levels(let levels):
                let list = levels.map(string).joined(separator: ", ")
                whens.append("WHEN \(name) IN (\(list)) THEN \(points)")
            case .below(let limit): whens.append("WHEN \(name) < \(number(limit)) THEN \(points)")
            case .otherwise: otherwise = points
            }
        }
        // A value that is missing and has no bin must not fall into "otherwise".
        if variable.binning.missingBin == nil {
            whens.insert("WHEN \(name) IS NULL THEN NULL", at: 0)
        }
        return "CASE " + whens.joined(separator: " ") + " ELSE \(otherwise) END"
    }
}
