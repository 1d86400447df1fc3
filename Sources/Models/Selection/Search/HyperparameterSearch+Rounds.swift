// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension HyperparameterSearch {
    /// A round of a search: how many candidates are judged, and on how many rows.
    struct Round: Equatable {
        var candidates: Int
        var rows: Int
    }

    /// The trials of all rounds; `evaluate` gives the score of every fold of some rows, `nil` for
    /// all.
    func run<Recipe>(
        _ space: SearchSpace<Recipe>, labels: ClassLabels, _ progress: FitObserver?,
        _ evaluate: (Recipe, [Int]?) throws(ModelError) -> [Double]
    ) throws(ModelError) -> SearchReport<Recipe> {
        let candidates = try candidates(of: space)
        let rounds = try rounds(of: candidates.count, rowCount: labels.count)
        let stepLimit = rounds.reduce(0) { $0 + $1.candidates }
        var remaining = Array(candidates.indices)
        var trials: [SearchReport<Recipe>.Trial] = []
        for (number, round) in rounds.enumerated() {
            let rows = try sample(round.rows, of: labels)
            var found: [SearchReport<Recipe>.Trial] = []
            for index in remaining.prefix(round.candidates) {
                try checkCancellation("hyperparameter search, candidate \(index)")
                let outcome = try outcome { () throws(ModelError) in
                    try evaluate(candidates[index].recipe, rows)
                }
                found.append(
                    SearchReport.Trial(
                        index: index, round: number, rowCount: round.rows,
                        recipe: candidates[index].recipe, values: candidates[index].values,
                        outcome: outcome))
                try FitProgress(
                    stage: "hyperparameter search", step: trials.count + found.count,
                    stepLimit: stepLimit,
                    objective: score.prefersLarger ? nil : found.last?.meanScore
                ).report(to: progress)
            }
            found.sort(by: isBetter)
            remaining = found.map(\.index)
            trials += found
        }
        let last = trials.filter { $0.round == rounds.count - 1 }
        guard let best = last.first, best.meanScore != nil else {
            throw trials.lazy.compactMap(\.error).first
                ?? ModelError(.invalidRecipe, "a search without candidates")
        }
        return SearchReport(score: score.name, trials: trials, best: best)
    }

    /// Better scores first, failures last; of equal ones the candidate that comes first.
    private func isBetter<Recipe>(
        _ a: SearchReport<Recipe>.Trial, _ b: SearchReport<Recipe>.Trial
    ) -> Bool {
        switch (a.meanScore, b.meanScore) {
        case (let first?, let second?):
            if score.isBetter(first, than: second) { return true }
            if score.isBetter(second, than: first) { return false }
            return a.index < b.index
        case (_?, nil): return true
        case (nil, _?): return false
        case (nil, nil): return a.index < b.index
        }
    }

    private func candidates<Recipe>(
        of space: SearchSpace<Recipe>
    ) throws(ModelError) -> [SearchSpace<Recipe>.Candidate] {
        switch strategy {
        case .grid: return try space.grid()
        case .random(let count, let seed), .successiveHalving(let count, _, _, let seed):
            guard (1...1_000_000).contains(count) else {
                throw ModelError(.invalidRecipe, "a search of \(count) candidates")
            }
            return space.random(count, seed: seed)
        }
    }

    /// The rounds of a search.
    func rounds(of candidates: Int, rowCount: Int) throws(ModelError) -> [Round] {
        guard case .successiveHalving(_, let factor, let minimumRows, _) = strategy else {
            return [Round(candidates: candidates, rows: rowCount)]
        }
        guard factor >= 2, minimumRows >= 1, minimumRows <= rowCount else {
            throw ModelError(
                .invalidRecipe,
                "halving by \(factor) from \(minimumRows) rows, there are \(rowCount)")
        }
        var rounds = [Round(candidates: candidates, rows: minimumRows)]
        while let last = rounds.last, last.candidates > 1, last.rows <= rowCount / factor {
            rounds.append(
                Round(
                    candidates: (last.candidates + factor - 1) / factor, rows: last.rows * factor))
        }
        // The last ones see everything there is.
        rounds[rounds.count - 1].rows = rowCount
        return rounds
    }

    /// Rows with the shares of the classes; `nil` for all.
    private func sample(_ count: Int, of labels: ClassLabels) throws(ModelError) -> [Int]? {
        guard count < labels.count, case .successiveHalving(_, _, _, let seed) = strategy else {
            return nil
        }
        let split = ShuffleSplit(
            validationShare: Double(count) / Double(labels.count),
            seed: RandomStream(seed: seed).child("halving rows", count).firstWord)
        return try split.folds(of: SplitRows(labels: labels))[0].validation
    }

    private func outcome(
        _ evaluate: () throws(ModelError) -> [Double]
    ) throws(ModelError) -> Result<[Double], ModelError> {
        do throws(ModelError) {
            return .success(try evaluate())
        } catch {
            if error.code == .cancelled { throw error }
            return .failure(error)
        }
    }

    /// The score of every fold of rows of any number of classes.
    func foldScores(
        of classifier: some Classifier, on data: ClassificationData, _ rows: SplitRows
    ) throws(ModelError) -> [Double] {
        var scores: [Double] = []
        try validation.run(validation.split.folds(of: rows), nil) { fold throws(ModelError) in
            let model = try classifier.fit(data.selecting(rows: fold.training))
            let found = try model.classProbabilities(
                data.features.gatheringRows(fold.validation))
            scores.append(
                try score.value(
                    of: data.labels[rows: fold.validation], found,
                    data.weights.gathering(fold.validation)))
        }
        return scores
    }
}

extension RandomStream {
    /// The first 64 bits of a stream at its start.
    fileprivate var firstWord: UInt64 {
        var stream = self
        return stream.next()
    }
}
