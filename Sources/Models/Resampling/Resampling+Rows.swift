// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension Resampling {
    /// The changed rows: those that are kept in their order, then the added ones class by class.
    ///
    /// Rows of weight 0 are left out; an added row has the weight 1.
    ///
    /// - Parameters:
    ///   - data: training rows of two or more classes.
    ///   - seed: of the random choices.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `oneClass` where cleaning would leave no
    ///   other class, `incompatible` where a nominal feature is not there, and `cancelled`.
    /// - Complexity: O(rows² * features) for methods with neighbours, O(rows) for the others.
    public func resampled(
        _ data: ClassificationData, seed: UInt64
    ) throws(ModelError) -> ClassificationData {
        try validate()
        try checkCancellation("resampling")
        let data = try data.withoutWeightlessRows()
        let stream = RandomStream(seed: seed)
        switch method {
        case .randomUnder: return try data.selecting(rows: underSampled(data, stream))
        case .tomekLinks: return try data.selecting(rows: withoutTomekLinks(data))
        case .editedNeighbours(let count, let byMajority):
            return try data.selecting(
                rows: edited(data, count: count, byMajority: byMajority))
        case .randomOver, .smote, .smoteNominal, .borderline, .adasyn:
            return try overSampled(data, stream)
        }
    }

    /// The rows of each class, in order.
    func rowsOfClass(_ data: ClassificationData) -> [[Int]] {
        var rows = [[Int]](repeating: [], count: data.labels.classes.count)
        for (row, code) in data.labels.codes.enumerated() { rows[code].append(row) }
        return rows
    }

    /// The class of the least weight above 0.
    private func smallestClass(_ data: ClassificationData) -> Int {
        let weights = data.classWeights
        let present = weights.indices.filter { weights[$0] > 0 }
        return present.min { weights[$0] < weights[$1] } ?? 0
    }

    private func underSampled(_ data: ClassificationData, _ stream: RandomStream) -> [Int] {
        let weights = data.classWeights
        let limit = weights[smallestClass(data)] / ratio
        var kept: [Int] = []
        for (code, var rows) in rowsOfClass(data).enumerated() {
            guard weights[code] > limit else {
                kept += rows
                continue
            }
            var generator = stream.child("random under-sampling", code)
            generator.shuffle(&rows)
            var sum = 0.0
            for row in rows where sum + data.weights[row] <= limit * (1 + 1e-12) {
                sum += data.weights[row]
                kept.append(row)
            }
            // A class of one heavy row keeps it.
            if sum == 0, let first = rows.first { kept.append(first) }
        }
        return kept.sorted()
    }

    private func withoutTomekLinks(_ data: ClassificationData) -> [Int] {
        let nearest = others(data.features, count: 1)
        let codes = data.labels.codes
        let smallest = smallestClass(data)
        return codes.indices.filter { row in
            guard codes[row] != smallest, let other = nearest[row].first else { return true }
            return codes[other] == codes[row] || nearest[other].first != row
        }
    }

    private func edited(
        _ data: ClassificationData, count: Int, byMajority: Bool
    ) -> [Int] {
        let nearest = others(data.features, count: count)
        let codes = data.labels.codes
        let smallest = smallestClass(data)
        return codes.indices.filter { row in
            if codes[row] == smallest { return true }
            if !byMajority { return nearest[row].allSatisfy { codes[$0] == codes[row] } }
            var votes = [Int](repeating: 0, count: data.labels.classes.count)
            for other in nearest[row] { votes[codes[other]] += 1 }
            // Of equally frequent classes the first speaks, as for a vote of neighbours.
            return votes.indices.max {
                votes[$0] < votes[$1] || (votes[$0] == votes[$1] && $0 > $1)
            }
                == codes[row]
        }
    }

    /// The `count` rows nearest to each row, itself not among them.
    func others(_ features: Matrix<Double>, count: Int) -> [[Int]] {
        let index = RowIndex(
            features, metric: RowMetric(.euclidean), method: .bruteForce, leafSize: 30)
        return index.nearest(count + 1, to: features).enumerated().map { row, found in
            // Of many equal rows the row itself may be missing; then the last one goes.
            Array(found.rows.filter { $0 != row }.prefix(count))
        }
    }
}
