// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

extension BinningProcess {
    /// Bins every variable of `table` against the class `positive` of the column `target`.
    ///
    /// A variable whose constraints no bins can keep does not end the fit: the report names it.
    ///
    /// - Throws: As ``Table/labels(_:positive:negative:)`` and
    ///   ``fit(_:labels:weights:progress:)``.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(FeatureError) -> FittedBinningProcess {
        let labels = try table.labels(target, positive: positive)
        return try fit(
            table.removing([target]), labels: labels, weights: weights, progress: progress)
    }

    /// Bins every variable of `table`, where `labels` says which rows have the event.
    ///
    /// - Parameters:
    ///   - table: The training rows.
    ///   - labels: One per row; `true` is the event.
    ///   - weights: One per row, not negative.
    ///   - progress: Sees how many variables are done.
    /// - Throws: As ``OptimalBinning/fit(_:labels:weights:)``, but for `infeasible`, which the
    ///   report tells; `unknownColumn`; `cancelled` if the task was cancelled or `progress` asked
    ///   to stop.
    /// - Complexity: O(variables) fits of one variable, on several threads.
    public func fit(
        _ table: Table, labels: [Bool], weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(FeatureError) -> FittedBinningProcess {
        try validate()
        let classes = try BinningClasses(labels: labels, weights: weights)
        let columns = try chosenColumns(of: table)
        var samples: [BinningSample] = []
        for column in columns { samples.append(try BinningSample(column, classes: classes)) }
        let results = try fitted(samples) { (done) throws(FeatureError) in
            let step = FitProgress(
                stage: "binning", step: done, stepLimit: samples.count, objective: nil)
            if Task.isCancelled || step.isStopped(by: progress) {
                throw FeatureError(
                    .cancelled, "binning ended after \(done) of \(samples.count) variables")
            }
        }
        return try FittedBinningProcess(recipe: self, samples: samples, results: results)
    }

    /// The recipe of one variable.
    func recipe(of variable: String) -> OptimalBinning { overrides[variable] ?? binning }

    /// Bins samples on several threads, in order; infeasible ones are left to the caller.
    func fitted(
        _ samples: [BinningSample], _ report: (Int) throws(FeatureError) -> Void
    ) throws(FeatureError) -> [Result<VariableBinning, FeatureError>] {
        var results: [Result<VariableBinning, FeatureError>] = []
        // Blocks, so that a fit can be ended and its progress seen on the thread that called.
        let block = 4 * LoopThreads.limit
        for start in stride(from: 0, to: samples.count, by: block) {
            let part = samples[start..<min(start + block, samples.count)]
            results += concurrentMap(part.count) { index in
                let sample = part[start + index]
                return Result { () throws(FeatureError) in
                    try recipe(of: sample.variable).fit(sample)
                }
            }
            for case .failure(let error) in results where error.code != .infeasible { throw error }
            try report(results.count)
        }
        return results
    }

    private func chosenColumns(of table: Table) throws(FeatureError) -> [Column] {
        for name in overrides.keys.sorted() where variables?.contains(name) ?? true {
            _ = try table.index(of: name)
        }
        guard let variables else {
            let columns = table.columns.filter { $0.kind == .numeric || $0.kind == .categorical }
            guard !columns.isEmpty else {
                throw FeatureError(.emptyInput, "there is no numeric or categorical column to bin")
            }
            return columns
        }
        return try table.selecting(variables).columns
    }

    /// Checks the recipe and those of single variables.
    func validate() throws(FeatureError) {
        try binning.validate()
        for name in overrides.keys.sorted() { try overrides[name]?.validate() }
        if variables?.isEmpty == true {
            throw FeatureError(.invalidParameter, "the list of variables is empty")
        }
        guard minimumInformationValue >= 0, minimumInformationValue.isFinite,
            maximumInformationValue.map({ $0 >= minimumInformationValue }) ?? true,
            maximumVariables.map({ $0 > 0 }) ?? true
        else {
            throw FeatureError(
                .invalidParameter,
                "the selection keeps information values from \(minimumInformationValue) to "
                    + "\(maximumInformationValue ?? .infinity) of at most "
                    + "\(maximumVariables ?? Int.max) variables")
        }
    }
}

extension FittedBinningProcess {
    init(
        recipe: BinningProcess, samples: [BinningSample],
        results: [Result<VariableBinning, FeatureError>]
    ) throws(FeatureError) {
        var binnings: [VariableBinning] = []
        var obstacles: [String: String] = [:]
        for (sample, result) in zip(samples, results) {
            switch result {
            case .success(let binning): binnings.append(binning)
            case .failure(let error): obstacles[sample.variable] = error.detail
            }
        }
        self.init(
            recipe: recipe, binnings: binnings,
            report: Self.report(
                recipe, variables: samples.map { ($0.variable, $0.kind) }, binnings: binnings,
                obstacles: obstacles))
    }

    private static func report(
        _ recipe: BinningProcess, variables: [(name: String, kind: ColumnKind)],
        binnings: [VariableBinning], obstacles: [String: String]
    ) -> [VariableReport] {
        var values: [String: Double] = [:]
        for binning in binnings { values[binning.variable] = binning.informationValue }
        func isInRange(_ value: Double) -> Bool {
            value >= recipe.minimumInformationValue
                && value <= recipe.maximumInformationValue ?? .infinity
        }
        // A stable order: of two equal values the earlier variable comes first.
        let ranked = binnings.map(\.variable).enumerated()
            .filter { isInRange(values[$0.element] ?? 0) }
            .sorted {
                let (left, right) = (values[$0.element] ?? 0, values[$1.element] ?? 0)
                return left == right ? $0.offset < $1.offset : left > right
            }.map(\.element)
        let chosen = Set(ranked.prefix(recipe.maximumVariables ?? ranked.count))
        var next = 0
        return variables.map { name, kind in
            guard next < binnings.count, binnings[next].variable == name else {
                return VariableReport(
                    variable: name, kind: kind, decision: .infeasible, trend: nil,
                    obstacle: obstacles[name], regularBins: 0, informationValue: 0,
                    jensenShannon: 0, gini: 0)
            }
            let binning = binnings[next]
            next += 1
            let table = binning.table
            let value = binning.informationValue
            let decision: VariableReport.Decision =
                if chosen.contains(name) {
                    .selected
                } else if value < recipe.minimumInformationValue {
                    .informationValueTooSmall
                } else if isInRange(value) {
                    .beyondMaximumVariables
                } else {
                    .informationValueTooLarge
                }
            return VariableReport(
                variable: name, kind: kind, decision: decision, trend: binning.trend,
                obstacle: nil, regularBins: binning.regularBins.count, informationValue: value,
                jensenShannon: table.jensenShannon, gini: table.gini)
        }
    }
}
