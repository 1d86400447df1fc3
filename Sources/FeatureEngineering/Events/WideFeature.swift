// SPDX-License-Identifier: Apache-2.0

/// A feature whose steps lie in columns next to each other, as monthly statuses often do.
public struct WideFeature: Sendable, Hashable, Codable {
    /// The feature's name.
    public var name: String
    /// The numeric columns of its steps, oldest first.
    public var columns: [String]

    /// The feature `name` of which `columns` hold the steps, oldest first.
    public init(_ name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }
}

extension [WideFeature] {
    /// The six months of the Taiwan credit-card data, April to September 2005, with three features:
    /// repayment status, amount of the bill, amount paid.
    ///
    /// Source: I-C. Yeh, UCI Machine Learning Repository, 2009, doi:10.24432/C55S3H.
    public static var taiwanCredit: [WideFeature] {
        let months = (1...6).reversed()
        // The file calls the newest status PAY_0 and the one before PAY_2.
        return [
            WideFeature("status", columns: months.map { "PAY_\($0 == 1 ? 0 : $0)" }),
            WideFeature("bill", columns: months.map { "BILL_AMT\($0)" }),
            WideFeature("payment", columns: months.map { "PAY_AMT\($0)" }),
        ]
    }
}

extension Table {
    /// One sequence for each row out of wide columns, with a step for each column.
    ///
    /// - Parameters:
    ///   - features: The features of a step, all of equally many columns.
    ///   - fill: What a missing value becomes; `nil` to refuse it.
    ///   - dropsEmptySteps: Whether a step at which every feature is missing is left out, so that
    ///     an account opened two months ago gets two steps.
    /// - Throws: ``FeatureError``: `unknownColumn` or `wrongKind`; `unequalLengths` if features
    ///   have different numbers of columns; `missingValue` with row and column; `emptyInput`,
    ///   `invalidParameter` or `duplicateColumn` for features that cannot be.
    /// - Complexity: O(rows x steps x features).
    public func sequences(
        _ features: [WideFeature], fill: Double? = nil, dropsEmptySteps: Bool = false
    ) throws(FeatureError) -> SequenceBatch {
        guard fill?.isFinite ?? true else {
            throw FeatureError(.invalidParameter, "a missing value cannot become \(fill ?? 0)")
        }
        let length = features.first?.columns.count ?? 0
        for feature in features where feature.columns.count != length {
            throw FeatureError(
                .unequalLengths,
                "the feature has \(feature.columns.count) steps where the first has \(length)",
                column: feature.name)
        }
        // By step, then by feature.
        var steps: [[[Double]]] = []
        for step in 0..<length {
            steps.append(
                try features.map { (feature) throws(FeatureError) in
                    let column = try self[column: feature.columns[step]]
                    guard let numbers = column.numbers else {
                        throw .wrongKind(column, needed: "numeric")
                    }
                    return numbers
                })
        }
        var elements: [Double] = []
        elements.reserveCapacity(rowCount * length * features.count)
        var offsets = [0]
        for row in 0..<rowCount {
            var count = 0
            for (step, columns) in steps.enumerated() {
                if dropsEmptySteps, columns.allSatisfy({ $0[row].isNaN }) { continue }
                count += 1
                for (column, feature) in zip(columns, features) {
                    guard let value = column[row].isNaN ? fill : column[row] else {
                        throw FeatureError(
                            .missingValue, "the value is missing", row: row,
                            column: feature.columns[step])
                    }
                    elements.append(value)
                }
            }
            offsets.append(offsets[row] + count)
        }
        return try SequenceBatch(
            elements: elements, offsets: offsets, names: features.map(\.name))
    }
}
