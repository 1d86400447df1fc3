// SPDX-License-Identifier: Apache-2.0

/// The rows of one variable with their classes.
struct BinningSample {
    let variable: String
    /// NaN where missing; codes into `levels` for a categorical variable.
    let values: [Double]
    /// `nil` for numbers.
    let levels: [String]?
    let labels: [Bool]
    let weights: [Double]?
    /// The rows of positive weight, in an order that depends on nothing but the weights, so that
    /// sums of weights have the same bits whatever the order of the table.
    let rows: [UInt32]
    let total: ClassCounts

    var kind: ColumnKind { levels == nil ? .numeric : .categorical }
}

extension BinningSample {
    init(
        variable: String, values: [Double], levels: [String]?, classes: BinningClasses
    ) throws(FeatureError) {
        self.variable = variable
        self.values = values
        self.levels = levels
        labels = classes.labels
        weights = classes.weights
        rows = classes.rows
        total = classes.total
        guard values.count == labels.count else {
            throw FeatureError(
                .unequalLengths, "has \(values.count) rows and there are \(labels.count) labels",
                column: variable)
        }
    }

    init(_ column: Column, classes: BinningClasses) throws(FeatureError) {
        switch column.storage {
        case .numeric(let values):
            try self.init(
                variable: column.name, values: values, levels: nil, classes: classes)
        case .categorical(let codes, let levels):
            try self.init(
                variable: column.name, values: codes.map { $0 < 0 ? .nan : Double($0) },
                levels: levels, classes: classes)
        case .text, .date:
            throw FeatureError(
                .wrongKind, "is \(column.kind.rawValue), not numeric or categorical",
                column: column.name)
        }
    }

    /// The number of the first row that is missing; `nil` if none is.
    var firstMissingRow: Int? { values.firstIndex(where: \.isNaN) }

    /// The rows whose values stand aside, counted, and the others.
    ///
    /// `aside` says which bin aside a value belongs to; `nil` for none.
    func separated(
        bins: Int, _ aside: (Double) -> Int?
    ) -> (missing: ClassCounts, special: [ClassCounts], others: [UInt32]) {
        var missing = ClassCounts()
        var special = [ClassCounts](repeating: ClassCounts(), count: bins)
        var others: [UInt32] = []
        others.reserveCapacity(rows.count)
        for row in rows {
            let value = values[Int(row)]
            if value.isNaN {
                missing.add(weights?[Int(row)] ?? 1, isEvent: labels[Int(row)])
            } else if bins > 0, let bin = aside(value) {
                special[bin].add(weights?[Int(row)] ?? 1, isEvent: labels[Int(row)])
            } else {
                others.append(row)
            }
        }
        return (missing, special, others)
    }
}

/// The classes and weights of the rows, which all variables share.
struct BinningClasses {
    let labels: [Bool]
    let weights: [Double]?
    let rows: [UInt32]
    let total: ClassCounts

    init(labels: [Bool], weights: [Double]?) throws(FeatureError) {
        guard !labels.isEmpty else {
            throw FeatureError(.emptyInput, "there are no rows to learn from")
        }
        guard labels.count < UInt32.max else {
            throw FeatureError(.invalidParameter, "\(labels.count) rows are too many")
        }
        self.labels = labels
        self.weights = weights
        var rows = Array(0..<UInt32(labels.count))
        if let weights {
            guard weights.count == labels.count else {
                throw FeatureError(
                    .unequalLengths, "\(weights.count) weights for \(labels.count) labels")
            }
            if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
                throw FeatureError(
                    .outOfRange, "the weight is not a number of 0 or more", row: row,
                    value: "\(weights[row])")
            }
            rows = stableOrder(of: weights, rows: rows.filter { weights[Int($0)] > 0 })
        }
        self.rows = rows
        var total = ClassCounts()
        for row in rows { total.add(weights?[Int(row)] ?? 1, isEvent: labels[Int(row)]) }
        self.total = total
        guard !total.isPure else {
            throw FeatureError(
                .invalidParameter,
                "all \(rows.count) rows are of one class; binning needs rows with and without "
                    + "the event")
        }
    }
}
