// SPDX-License-Identifier: Apache-2.0

/// A column on its way from a table to a feature.
package struct WorkingColumn: Hashable, Sendable {
    /// The code of a level without a name that the training rows did not have.
    static let unknownCode = -1.0

    /// The code of a level that the training rows did not have: `-1 - hash`, so that a step that
    /// hashes levels can tell it from others.
    static func unknownCode(of level: String) -> Double {
        var level = level
        return -1 - Double(level.withUTF8 { murmurHash3($0) })
    }

    /// Whether `code` is that of a level that the training rows did not have.
    static func isUnknown(_ code: Double) -> Bool { code < 0 }

    var name: String
    /// The column of the table that it comes from.
    var source: String
    /// The levels whose codes the values are; `nil` for numbers and dates.
    var levels: [String]?
    /// Whether the values are days since 1970-01-01.
    var isDate: Bool
    /// Whether the values are codes of unknown levels.
    var isText: Bool
    /// Whether values may still be missing behind the last step.
    var keepsMissing = false

    init(
        name: String, source: String, levels: [String]? = nil, isDate: Bool = false,
        isText: Bool = false
    ) {
        self.name = name
        self.source = source
        self.levels = levels
        self.isDate = isDate
        self.isText = isText
    }

    /// What the values are.
    var kind: ColumnKind {
        isDate ? .date : isText ? .text : levels == nil ? .numeric : .categorical
    }

    func requireValues(_ values: [Double]) throws(FeatureError) {
        guard !values.isEmpty else {
            throw FeatureError(
                .emptyInput, "every value is missing in the training rows", column: name)
        }
    }
}

/// The training rows on their way through a pipeline.
///
/// Missing is NaN; levels are codes, dates are days since 1970-01-01, texts are codes of unknown
/// levels.
struct WorkingTable {
    /// What the columns are.
    private(set) var columns: [WorkingColumn]
    /// The values of each column, one per row.
    private(set) var values: [[Double]]
    /// The rows of the fitted table that are left, in their order; never empty.
    private(set) var rows: [Int]
    /// The target of each row: 1 for the positive class and 0 for the other, or a number; `nil`
    /// where no target was named, or its positive class was not.
    private(set) var target: [Double]?
    /// The weight of each row; `nil` for 1.
    private(set) var weights: [Double]?
    /// What long fits report to.
    private let observer: FitObserver?

    /// The number of rows.
    var rowCount: Int { rows.count }

    init(
        columns: [WorkingColumn], values: [[Double]], rowCount: Int, target: [Double]? = nil,
        weights: [Double]? = nil, observer: FitObserver? = nil
    ) {
        self.columns = columns
        self.values = values
        rows = Array(0..<rowCount)
        self.target = target
        self.weights = weights
        self.observer = observer
    }

    /// The values of a column.
    func column(_ index: Int) -> [Double] { values[index] }

    /// The values of a row.
    func row(_ row: Int) -> [Double] { values.map { $0[row] } }

    /// Keeps only `kept`, positions among the rows, ascending and not empty.
    mutating func keepRows(_ kept: [Int]) {
        func gathered(_ values: [Double]) -> [Double] { kept.map { values[$0] } }
        values = values.map(gathered)
        rows = kept.map { rows[$0] }
        target = target.map(gathered)
        weights = weights.map(gathered)
    }

    /// Puts other features of the same rows in the place of the columns.
    mutating func replaceColumns(_ columns: [WorkingColumn], values: [[Double]]) {
        self.columns = columns
        self.values = values
    }

    /// Puts what comes out of `fitted` in the place of the columns; with a `stage`, reports every
    /// 64 rows, for steps that take long for each.
    mutating func apply(
        _ fitted: some FittedTransformation, stage: String? = nil
    ) throws(FeatureError) {
        let outputs = try fitted.outputColumns(columns)
        var results = [[Double]](
            repeating: [Double](repeating: 0, count: rowCount), count: outputs.count)
        var input = [Double](repeating: 0, count: columns.count)
        var output: [Double] = []
        output.reserveCapacity(outputs.count)
        for row in 0..<rowCount {
            for index in columns.indices { input[index] = values[index][row] }
            output.removeAll(keepingCapacity: true)
            do throws(TransformationFailure) {
                try fitted.apply(input, &output)
            } catch {
                throw missingValue(column: error.column, row: row)
            }
            for index in outputs.indices { results[index][row] = output[index] }
            if let stage, row % 64 == 63 || row == rowCount - 1 {
                try report(stage, step: row / 64 + 1, of: (rowCount - 1) / 64 + 1)
            }
        }
        replaceColumns(outputs, values: results)
    }
}

extension WorkingTable {
    /// The targets, for a step that learns from them.
    ///
    /// - Throws: ``FeatureError`` with `missingTarget`, or `missingValue` naming the row.
    func requireTarget() throws(FeatureError) -> [Double] {
        guard let target else {
            throw FeatureError(
                .missingTarget,
                "a step learns from the target; fit must name it, and its positive class if it is "
                    + "categorical")
        }
        if let row = target.firstIndex(where: \.isNaN) {
            throw FeatureError(.missingValue, "the target is missing", row: rows[row])
        }
        return target
    }

    /// Whether each row is of the positive class, for a step that learns from two classes.
    ///
    /// - Throws: ``FeatureError`` with `missingTarget`, `missingValue`, or `invalidValue` naming
    ///   the row whose target is neither 0 nor 1.
    func requireLabels() throws(FeatureError) -> [Bool] {
        let target = try requireTarget()
        if let row = target.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw FeatureError(
                .invalidValue, "the target is neither 0 nor 1; fit must name its positive class",
                row: rows[row], value: target[row].shortText)
        }
        return target.map { $0 == 1 }
    }

    /// The error of a value that is missing at `row`, a position among the rows.
    func missingValue(column: Int, row: Int) -> FeatureError {
        .missing(columns[column], row: rows[row])
    }

    /// Reports that `step` of at most `limit` steps of `stage` is done; ends a cancelled fit.
    ///
    /// - Throws: ``FeatureError`` with `cancelled`.
    func report(
        _ stage: String, step: Int, of limit: Int, objective: Double? = nil
    ) throws(FeatureError) {
        if Task.isCancelled {
            throw FeatureError(.cancelled, "\(stage), step \(step): the task was cancelled")
        }
        let progress = FitProgress(
            stage: stage, step: step, stepLimit: limit, objective: objective)
        if progress.isStopped(by: observer) {
            throw FeatureError(.cancelled, "\(stage): stopped by the observer after step \(step)")
        }
    }

    /// The positions of the named columns, ascending; of all but dates and texts without names.
    func indices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "numeric or categorical") {
            $0 == .numeric || $0 == .categorical
        }
    }

    /// The positions of the named columns, which must be numeric; of all numeric ones without.
    func numericIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "numeric") { $0 == .numeric }
    }

    /// The positions of the named columns, which must be categorical; of all such ones without.
    func categoricalIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "categorical") { $0 == .categorical }
    }

    /// The positions of the named columns, which must be categorical or text; of all such ones
    /// without.
    func textualIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "categorical or text") { $0 == .categorical || $0 == .text }
    }

    /// The positions of the named columns, which must be dates; of all dates without.
    func dateIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "a date") { $0 == .date }
    }

    private func indices(
        _ names: [String]?, ofKind kind: String, _ isOfKind: (ColumnKind) -> Bool
    ) throws(FeatureError) -> [Int] {
        guard let names else { return columns.indices.filter { isOfKind(columns[$0].kind) } }
        let indices = try ColumnSelection(names: names, isExclusion: false)
            .keptIndices(of: columns.map(\.name))
        for index in indices where !isOfKind(columns[index].kind) {
            throw FeatureError(
                .wrongKind, "is not \(kind), which the step needs", column: columns[index].name)
        }
        return indices
    }
}
