// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// The choice of a number of neighbours by leaving out one row at a time.
struct LeaveOneOut {
    private static let rowsInStep = 1024

    private let memory: NeighbourMemory
    private let codes: [Int]
    private let classCount: Int

    init(_ memory: NeighbourMemory, codes: [Int], classCount: Int) {
        self.memory = memory
        self.codes = codes
        self.classCount = classCount
    }

    /// The steps that the choice reports.
    var stepCount: Int { (codes.count + Self.rowsInStep - 1) / Self.rowsInStep }

    /// The search with the count that puts the most weight of rows into their classes.
    ///
    /// - Throws: ``ModelError`` with code `cancelled`.
    func chosen(_ progress: FitObserver?) throws(ModelError) -> NeighbourSearch {
        guard case .count(let limit) = memory.search.neighbourhood else { return memory.search }
        // A row of weight 2 is there twice: the other one of it may be a neighbour.
        var correct = [Double](repeating: 0, count: limit)
        let least = memory.weights.min() ?? 1
        let needed = min(
            Int(min(Double(limit) / min(least, 1), 1e9).rounded(.up)), codes.count - 1)
        for step in 0..<stepCount {
            try checkCancellation("choosing the number of neighbours")
            let start = step * Self.rowsInStep
            let part = start..<min(start + Self.rowsInStep, codes.count)
            for (row, nearest) in zip(part, memory.others(needed, of: part)) {
                for count in 1...limit where predicted(row, count, nearest) == codes[row] {
                    correct[count - 1] += memory.weights[row]
                }
            }
            try FitProgress(step: step + 2, stepLimit: stepCount + 1, objective: nil)
                .report(to: progress)
        }
        let best = correct.indices.dropFirst().reduce(0) { correct[$1] > correct[$0] ? $1 : $0 }
        var search = memory.search
        search.neighbourhood = .count(best + 1)
        return search
    }

    /// The class of a row by the others.
    private func predicted(
        _ row: Int, _ count: Int, _ nearest: (rows: [Int], distances: [Double])
    ) -> Int {
        let sums = classDistribution(
            shares(row, count, nearest).map { (codes[$0.row], $0.share) }, classCount: classCount)
        return sums.indices.dropFirst().reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
    }

    private func shares(
        _ row: Int, _ count: Int, _ nearest: (rows: [Int], distances: [Double])
    ) -> [NeighbourShare] {
        var (rows, distances) = nearest
        var weights = rows.map { memory.weights[$0] }
        if memory.weights[row] > 1 {
            let place =
                rows.indices.first { distances[$0] > 0 || rows[$0] > row } ?? rows.endIndex
            rows.insert(row, at: place)
            distances.insert(0, at: place)
            weights.insert(memory.weights[row] - 1, at: place)
        }
        return memory.shares(rows, distances, weights: weights, count: Double(count))
    }
}
