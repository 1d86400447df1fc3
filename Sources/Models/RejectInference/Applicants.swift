// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Accepted applications, then refused ones, with what models say of them.
struct Applicants {
    /// Whether each accepted application turned out positive.
    var outcomes: [Bool]

    /// The weight of each accepted application; refused ones have 1.
    var weights: [Double]

    /// The probability of each application by the model of accepted ones.
    var probabilities: [Double]

    /// The probability of acceptance of each application.
    var acceptance: [Double]?

    var acceptedCount: Int { outcomes.count }
    var rejected: Range<Int> { outcomes.count..<probabilities.count }

    /// The band of each application by quantiles of `values` of all of them.
    func bands(_ values: [Double], _ count: Int) -> [Int] {
        let limits = Vector(values).quantiles(
            (1..<max(2, count)).map { Double($0) / Double(count) }
        )
        .elements
        return values.map { value in
            count == 1 ? 0 : limits.partitioningIndex { $0 >= value }
        }
    }
}

/// A row of the fit: the position of its application, its outcome and its weight.
struct InferredRow: Equatable {
    var source: Int
    var isPositive: Bool
    var weight: Double
}

extension RejectInference {
    /// The rows of accepted applications, then those of refused ones.
    func inferredRows(_ applicants: Applicants) throws(ModelError) -> [InferredRow] {
        let known = applicants.outcomes.indices.map {
            InferredRow(
                source: $0, isPositive: applicants.outcomes[$0], weight: applicants.weights[$0])
        }
        switch method {
        case .hardCutoff(let threshold):
            return known
                + applicants.rejected.map { row in
                    InferredRow(
                        source: row, isPositive: applicants.probabilities[row] >= threshold,
                        weight: 1)
                }
        case .augmentation(let bandCount): return augmented(known, applicants, bandCount)
        case .parcelling(let bandCount, let factor):
            return known + parcelled(applicants, bandCount, factor)
        case .fuzzy(let factor):
            return known
                + split(applicants.rejected) { min(1, applicants.probabilities[$0] * factor) }
        case .extrapolation:
            let extrapolated = try extrapolatedProbabilities(applicants)
            return known
                + split(applicants.rejected) { extrapolated[$0 - applicants.acceptedCount] }
        }
    }

    /// Each refused application as two rows.
    private func split(_ rows: Range<Int>, _ probability: (Int) -> Double) -> [InferredRow] {
        rows.flatMap { row in
            let share = probability(row)
            return [
                InferredRow(source: row, isPositive: true, weight: share),
                InferredRow(source: row, isPositive: false, weight: 1 - share),
            ]
        }
    }

    private func augmented(
        _ known: [InferredRow], _ applicants: Applicants, _ bandCount: Int
    ) -> [InferredRow] {
        let bands = applicants.bands(applicants.acceptance ?? [], bandCount)
        var accepted = [Double](repeating: 0, count: bandCount)
        var all = accepted
        for row in bands.indices {
            let isAccepted = row < applicants.acceptedCount
            let weight = isAccepted ? applicants.weights[row] : 1
            all[bands[row]] += weight
            if isAccepted { accepted[bands[row]] += weight }
        }
        // A band of refused applications only is carried by the next that has accepted ones; those
        // at the top, which a sensible model does not make, by the last one.
        var factors = [Double](repeating: 1, count: bandCount)
        var carried = 0.0
        for band in 0..<bandCount {
            guard accepted[band] > 0 else {
                carried += all[band]
                continue
            }
            factors[band] = (all[band] + carried) / accepted[band]
            carried = 0
        }
        if carried > 0, let last = accepted.lastIndex(where: { $0 > 0 }) {
            factors[last] += carried / accepted[last]
        }
        return known.map { row in
            InferredRow(
                source: row.source, isPositive: row.isPositive,
                weight: row.weight * factors[bands[row.source]])
        }
    }

    private func parcelled(
        _ applicants: Applicants, _ bandCount: Int, _ factor: Double
    ) -> [InferredRow] {
        let bands = applicants.bands(applicants.probabilities, bandCount)
        var totals = [Double](repeating: 0, count: bandCount)
        var positives = totals
        for (row, isPositive) in applicants.outcomes.enumerated() {
            totals[bands[row]] += applicants.weights[row]
            if isPositive { positives[bands[row]] += applicants.weights[row] }
        }
        var isPositive = [Bool](repeating: false, count: applicants.probabilities.count)
        for band in 0..<bandCount {
            var rows = applicants.rejected.filter { bands[$0] == band }
            guard !rows.isEmpty else { continue }
            // A band without accepted applications has what the model says of it.
            let rate =
                totals[band] > 0
                ? positives[band] / totals[band]
                : rows.reduce(0) { $0 + applicants.probabilities[$1] } / Double(rows.count)
            let count = Int((min(1, rate * factor) * Double(rows.count)).rounded())
            var generator = RandomStream(seed: seed).child("parcelling", band)
            generator.shuffle(&rows)
            for row in rows.prefix(count) { isPositive[row] = true }
        }
        return applicants.rejected.map {
            InferredRow(source: $0, isPositive: isPositive[$0], weight: 1)
        }
    }

    /// The probabilities of the refused applications by a regression of the accepted outcomes.
    private func extrapolatedProbabilities(
        _ applicants: Applicants
    ) throws(ModelError) -> [Double] {
        let features = Matrix<Double>(columns: [
            Self.logOdds(applicants.probabilities), Self.logOdds(applicants.acceptance ?? []),
        ])
        let count = applicants.acceptedCount
        let model = try LogisticRegression().fit(
            ClassificationData(
                features: features[0..<count], labels: ClassLabels(applicants.outcomes),
                weights: applicants.weights))
        return try model.probabilities(features[count...])
    }

    /// Log-odds of probabilities that are kept away from 0 and 1.
    private static func logOdds(_ probabilities: [Double]) -> [Double] {
        let kept = Vector(probabilities.map { min(max($0, 1e-6), 1 - 1e-6) })
        return (kept / (1 - kept)).log().elements
    }
}
