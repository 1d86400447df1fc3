// SPDX-License-Identifier: Apache-2.0

extension FeatureSelection: PreparationRecipe {
    func validate() throws(FeatureError) {
        switch criterion {
        case .variance(let limit): try require(limit, in: 0..., "limit of the variance")
        case .informationValue(let rule, let bins):
            try rule.validate()
            try requireCount(bins, atLeast: 2, "bins")
        case .mutualInformation(let rule, let estimator):
            try rule.validate()
            switch estimator {
            case .binned(let bins): try requireCount(bins, atLeast: 2, "bins")
            case .nearestNeighbours(let count):
                try requireCount(count, atLeast: 1, "neighbours")
            }
        case .correlation(let limit, _, let preference):
            try require(limit, in: 0..., "limit of the correlation")
            try require(limit, in: ...1, "limit of the correlation")
            if case .informationValue(let bins) = preference {
                try requireCount(bins, atLeast: 2, "bins")
            }
        case .varianceInflation(let limit):
            try require(limit, in: 1..., "limit of the variance inflation")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedFeatureSelection {
        switch criterion {
        case .variance(let limit): try byVariance(table, limit)
        case .informationValue(let rule, let bins):
            rule.judge(try informationValues(table, try table.indices(columns), bins))
        case .mutualInformation(let rule, let estimator):
            rule.judge(try mutualInformation(table, estimator))
        case .correlation(let limit, let coefficient, let preference):
            try byCorrelation(table, limit, coefficient, preference)
        case .varianceInflation(let limit): try byVarianceInflation(table, limit)
        }
    }

    private typealias Scores = [(column: Int, score: Double)]

    private func byVariance(
        _ table: WorkingTable, _ limit: Double
    ) throws(FeatureError) -> FittedFeatureSelection {
        var fitted = FittedFeatureSelection(entries: [])
        for index in try table.numericIndices(columns) {
            let values = table.column(index).filter { !$0.isNaN }
            try table.columns[index].requireValues(values)
            let variance = Statistics.variance(values)
            guard variance.isFinite else {
                throw FeatureError(
                    .outOfRange, "the variance of the values is too large",
                    column: table.columns[index].source)
            }
            fitted.entries.append(
                .init(
                    column: index, score: variance,
                    verdict: variance > limit ? .kept : .scoreTooLow))
        }
        return fitted
    }

    private func informationValues(
        _ table: WorkingTable, _ indices: [Int], _ bins: Int
    ) throws(FeatureError) -> Scores {
        let labels = try table.requireTwoClasses()
        var scores: Scores = []
        for (step, index) in indices.enumerated() {
            let counts = BinnedCounts(
                table.column(index), of: table.columns[index], bins: bins, labels: labels,
                weights: table.weights)
            scores.append((index, counts.informationValue))
            try table.report("information values", step: step + 1, of: indices.count)
        }
        return scores
    }

    private func mutualInformation(
        _ table: WorkingTable, _ estimator: MutualInformationEstimator
    ) throws(FeatureError) -> Scores {
        let labels = try table.requireTwoClasses()
        let indices = try table.indices(columns)
        var scores: Scores = []
        for (step, index) in indices.enumerated() {
            let values = table.column(index)
            let column = table.columns[index]
            switch estimator {
            case .nearestNeighbours(let count) where column.kind == .numeric:
                try table.requireNoMissingValue(index)
                scores.append(
                    (
                        index,
                        NeighbourInformation.estimate(values, labels: labels, neighbours: count)
                    ))
            case .binned(let bins), .nearestNeighbours(let bins):
                let counts = BinnedCounts(
                    values, of: column, bins: bins, labels: labels, weights: table.weights)
                scores.append((index, counts.mutualInformation))
            }
            try table.report("mutual information", step: step + 1, of: indices.count)
        }
        return scores
    }

    private func byCorrelation(
        _ table: WorkingTable, _ limit: Double, _ coefficient: CorrelationCoefficient,
        _ preference: Preference
    ) throws(FeatureError) -> FittedFeatureSelection {
        let indices = try table.numericIndices(columns)
        var correlation = ColumnCorrelation()
        for index in indices {
            try table.requireNoMissingValue(index)
            correlation.append(table.column(index), coefficient)
        }
        var entries = indices.map {
            FittedFeatureSelection.Entry(column: $0, score: nil, verdict: .kept)
        }
        var order = Array(indices.indices)
        if case .informationValue(let bins) = preference {
            let scores = try informationValues(table, indices, bins).map(\.score)
            for position in order { entries[position].score = scores[position] }
            order.sort { (-scores[$0], $0) < (-scores[$1], $1) }
        }
        var kept: [Int] = []
        for (step, position) in order.enumerated() {
            for other in kept {
                let value = correlation[position, other]
                guard value.magnitude > limit else { continue }
                entries[position].verdict = .correlated(with: indices[other], value)
                break
            }
            if entries[position].verdict == .kept { kept.append(position) }
            try table.report("correlations", step: step + 1, of: order.count)
        }
        return FittedFeatureSelection(entries: entries)
    }

    private func byVarianceInflation(
        _ table: WorkingTable, _ limit: Double
    ) throws(FeatureError) -> FittedFeatureSelection {
        let indices = try table.numericIndices(columns)
        var correlation = ColumnCorrelation()
        for index in indices {
            try table.requireNoMissingValue(index)
            correlation.append(table.column(index))
        }
        var entries = indices.map {
            FittedFeatureSelection.Entry(column: $0, score: nil, verdict: .collinear)
        }
        var inflation = VarianceInflation(correlation, count: indices.count)
        let count = inflation.columns.count
        while let largest = inflation.factors.max(), largest > limit {
            let index = inflation.factors.lastIndex(of: largest) ?? 0
            entries[inflation.columns[index]].score = largest
            entries[inflation.columns[index]].verdict = .scoreTooHigh
            inflation.remove(at: index)
            try table.report(
                "variance inflation", step: count - inflation.columns.count, of: count)
        }
        for (column, factor) in zip(inflation.columns, inflation.factors) {
            entries[column].score = factor
            entries[column].verdict = .kept
        }
        return FittedFeatureSelection(entries: entries)
    }

    private func require(
        _ number: Double, in range: some RangeExpression<Double>, _ name: String
    ) throws(FeatureError) {
        guard number.isFinite, range.contains(number) else {
            throw FeatureError(.invalidParameter, "a \(name) of \(number) is not in \(range)")
        }
    }

    private func requireCount(
        _ count: Int, atLeast least: Int, _ name: String
    ) throws(FeatureError) {
        guard count >= least else {
            throw FeatureError(
                .invalidParameter, "\(count) \(name) where at least \(least) are needed")
        }
    }
}

extension FeatureSelection.Rule {
    fileprivate func validate() throws(FeatureError) {
        let isValid =
            switch self {
            case .atLeast(let limit): limit.isFinite
            case .between(let lower, let upper):
                lower.isFinite && upper.isFinite && lower <= upper
            case .highest(let count): count >= 1
            }
        guard isValid else {
            throw FeatureError(.invalidParameter, "no score can satisfy the rule \(self)")
        }
    }

    fileprivate func judge(_ scores: [(column: Int, score: Double)]) -> FittedFeatureSelection {
        var highest: Set<Int> = []
        if case .highest(let count) = self {
            let order = scores.indices.sorted {
                (-scores[$0].score, $0) < (-scores[$1].score, $1)
            }
            highest = Set(order.prefix(count))
        }
        return FittedFeatureSelection(
            entries: scores.enumerated().map { position, item in
                let verdict: FittedFeatureSelection.Verdict =
                    switch self {
                    case .atLeast(let limit): item.score >= limit ? .kept : .scoreTooLow
                    case .between(let lower, let upper):
                        item.score < lower
                            ? .scoreTooLow : item.score > upper ? .scoreTooHigh : .kept
                    case .highest:
                        highest.contains(position) ? .kept : .notAmongTheHighest
                    }
                return .init(column: item.column, score: item.score, verdict: verdict)
            })
    }
}

extension WorkingTable {
    /// Whether each row is of class 1; both classes must have weight.
    fileprivate func requireTwoClasses() throws(FeatureError) -> [Bool] {
        let labels = try requireLabels()
        for label in [false, true]
        where !labels.indices.contains(where: { labels[$0] == label && (weights?[$0] ?? 1) > 0 }) {
            throw FeatureError(
                .invalidValue,
                "no training row of weight has the target \(label ? 1 : 0); both are needed")
        }
        return labels
    }

    fileprivate func requireNoMissingValue(_ index: Int) throws(FeatureError) {
        if let row = column(index).firstIndex(where: \.isNaN) {
            throw missingValue(column: index, row: row)
        }
    }
}
