// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models

/// Loans with a target, and what makes features of their columns.
struct CreditSample {
    /// The columns that a model may use, and the target.
    var table: Table
    /// The column that says whether a loan went bad.
    var target: String
    /// Its value for a bad loan.
    var positive: String
    /// What models other than the scorecard see of the columns.
    var preparation: Pipeline

    /// Whether each loan went bad.
    func labels() throws(FeatureError) -> [Bool] {
        try table.labels(target, positive: positive)
    }

    /// The loans in `rows`, with the columns `names` only where they are given.
    func selecting(
        rows: [Int]? = nil, columns names: [String]? = nil
    ) throws(FeatureError) -> CreditSample {
        var part = self
        if let rows { part.table = part.table[rows: rows] }
        if let names { part.table = try part.table.selecting(names + [target]) }
        return part
    }
}
