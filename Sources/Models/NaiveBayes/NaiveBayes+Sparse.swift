// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension NaiveBayes {
    /// Fits the model to sparse rows; what is not stored is counted without being touched.
    ///
    /// Columns may be Bernoulli, multinomial and complement. The other likelihoods need every value
    /// and are refused.
    ///
    /// - Parameters:
    ///   - data: sparse rows of two or more classes.
    ///   - progress: sees every group of columns of one likelihood that has been counted.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for a likelihood that takes dense
    ///   rows), `invalidValue` (a negative count), `nonFinite` or `cancelled`.
    /// - Complexity: O(stored elements + classes * features).
    public func fit(
        _ data: SparseClassificationData, progress: FitObserver? = nil
    ) throws(ModelError) -> NaiveBayesModel {
        try validate()
        let automatic = data.likelihoods
        let layout = try layout(of: data.featureNames) { automatic[$0] }
        let classCount = data.labels.classes.count
        var classWeights = [Double](repeating: 0, count: classCount)
        for (code, weight) in zip(data.labels.codes, data.weights) { classWeights[code] += weight }
        var groups: [NaiveBayesGroup] = []
        for part in layout {
            try checkCancellation("naive Bayes")
            groups.append(
                try NaiveBayesGroup(part, of: data, classWeights: classWeights))
            try FitProgress(step: groups.count, stepLimit: layout.count, objective: nil)
                .report(to: progress)
        }
        return try NaiveBayesModel(
            recipe: self, classes: data.labels.classes, featureNames: data.featureNames,
            counts: NaiveBayesCounts(classWeights: classWeights, groups: groups))
    }
}

extension NaiveBayesModel {
    /// `log P(class) + log P(x | class)` of every sparse row and class (rows x classes), each
    /// summed in the order of the row's columns.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` as ``jointLogLikelihoods(_:)``, and `invalidRecipe` where a
    ///   column's likelihood takes dense rows.
    /// - Complexity: O((rows + stored elements) * classes + features * classes).
    public func jointLogLikelihoods(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try checkFinite(features, names: featureNames)
        var scores = Matrix<Double>.zeros(features.rowCount, classes.count)
        scores.addToRows(Vector(logPriors))
        for (group, term) in zip(counts.groups, terms) {
            guard case .linear(let constants, let weights, _) = term else {
                throw group.likelihood.refusalOfSparseRows
            }
            let base = group.likelihood.input(0)
            let places = group.places(among: featureNames.count)
            let sums = Vector(constants) + weights.sum(.alongRows) * base
            scores.addToRows(sums)
            for row in 0..<features.rowCount {
                for position in features.positions(ofRow: row) {
                    let value = features.values[position]
                    guard let place = places[features.columnIndices[position]] else { continue }
                    try group.check(
                        value, row: row, column: features.columnIndices[position], featureNames)
                    let change = group.likelihood.input(value) - base
                    for code in classes.indices {
                        scores[row, code] += change * weights[code, place]
                    }
                }
            }
        }
        for row in 0..<features.rowCount {
            let row = (number: row, scores: scores.row(row).elements)
            guard row.scores.allSatisfy({ $0 < .infinity }), row.scores.contains(where: \.isFinite)
            else {
                throw ModelError(
                    .nonFinite, "row \(row.number): the features are too large to be summed")
            }
        }
        return scores
    }

    /// The probability of every class of sparse rows (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` as ``jointLogLikelihoods(_:)``, and `invalidRecipe` where a
    ///   column's likelihood takes dense rows.
    /// - Complexity: O((rows + stored elements) * classes + features * classes).
    public func classProbabilities(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try jointLogLikelihoods(features).softmax()
    }
}

extension NaiveBayesGroup {
    /// Counts the stored elements; those that are not stored are 0 in every row.
    fileprivate init(
        _ part: NaiveBayes.Layout, of data: SparseClassificationData, classWeights: [Double]
    ) throws(ModelError) {
        likelihood = part.likelihood
        columns = part.columns
        var sums = Matrix<Double>.zeros(classWeights.count, part.columns.count)
        counts = .sums(sums)
        switch likelihood {
        case .bernoulli, .multinomial, .complement: break
        default: throw likelihood.refusalOfSparseRows
        }
        let base = likelihood.input(0)
        for (code, weight) in classWeights.enumerated() {
            for place in columns.indices { sums[code, place] = base * weight }
        }
        let places = places(among: data.featureNames.count)
        for row in 0..<data.rowCount {
            let (code, weight) = (data.labels.codes[row], data.weights[row])
            for position in data.features.positions(ofRow: row) {
                let column = data.features.columnIndices[position]
                guard let place = places[column] else { continue }
                let value = data.features.values[position]
                try check(value, row: row, column: column, data.featureNames)
                sums[code, place] += weight * (likelihood.input(value) - base)
            }
        }
        guard sums.sum().isFinite else {
            throw ModelError(.nonFinite, "the counts are too large to be summed")
        }
        counts = .sums(sums)
    }

    /// For every feature its place in ``columns``, if it is there.
    fileprivate func places(among count: Int) -> [Int?] {
        var places = [Int?](repeating: nil, count: count)
        for (place, column) in columns.enumerated() { places[column] = place }
        return places
    }

    fileprivate func check(
        _ value: Double, row: Int, column: Int, _ names: [String]
    ) throws(ModelError) {
        guard let objection = likelihood.objection(to: value) else { return }
        throw ModelError(
            .invalidValue,
            "row \(row), column \(column) (\(names[column])) is \(value), \(objection)")
    }
}

extension NaiveBayesLikelihood {
    /// What a linear likelihood adds up of a value.
    fileprivate func input(_ value: Double) -> Double {
        if case .bernoulli(let threshold, _) = self { return value > threshold ? 1 : 0 }
        return value
    }

    fileprivate var refusalOfSparseRows: ModelError {
        ModelError(.invalidRecipe, "\(self) columns take dense rows")
    }
}

extension SparseClassificationData {
    /// What ``NaiveBayesLikelihood/automatic`` stands for in every column.
    fileprivate var likelihoods: [NaiveBayesLikelihood] {
        var likelihoods = [NaiveBayesLikelihood](
            repeating: .bernoulli(threshold: 0.5), count: featureNames.count)
        for row in 0..<rowCount where weights[row] > 0 {
            for position in features.positions(ofRow: row) {
                let value = features.values[position]
                if value != 0 && value != 1 {
                    likelihoods[features.columnIndices[position]] = .gaussian()
                }
            }
        }
        return likelihoods
    }
}
