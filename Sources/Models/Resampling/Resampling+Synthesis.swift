// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension Resampling {
    /// All rows, and added ones for every class but the largest.
    func overSampled(
        _ data: ClassificationData, _ stream: RandomStream
    ) throws(ModelError) -> ClassificationData {
        let weights = data.classWeights
        let target = (weights.max() ?? 0) * ratio
        var elements: [Double] = Array(data.features.elements)
        var codes = data.labels.codes
        for (code, rows) in rowsOfClass(data).enumerated() where !rows.isEmpty {
            let missing = (target - weights[code]).rounded()
            guard missing >= 1 else { continue }
            guard missing <= 1e9 else {
                throw ModelError(
                    .invalidWeights,
                    "class \(data.labels.classes[code]) lacks \(missing) rows, a row has weight 1")
            }
            try checkCancellation("over-sampling class \(data.labels.classes[code])")
            let plan = try SynthesisPlan(self, data, code: code, rows: rows)
            var generator = stream.child("over-sampling", code)
            for row in plan.rows(Int(missing), &generator) {
                elements += row
                codes.append(code)
            }
        }
        let added = codes.count - data.rowCount
        return try ClassificationData(
            features: Matrix(
                rowCount: codes.count, columnCount: data.features.columnCount,
                elements: elements),
            labels: ClassLabels(codes: codes, classes: data.labels.classes),
            weights: data.weights + [Double](repeating: 1, count: added),
            featureNames: data.featureNames)
    }
}

/// Where the new rows of a class come from.
struct SynthesisPlan {
    private let features: Matrix<Double>
    /// Rows that new ones start from, with the weight of each.
    private let starts: [Int]
    private let startWeights: [Double]
    /// The neighbours of each start within its class; empty where rows are copied.
    private let neighbours: [[Int]]
    private let nominal: [Int]
    private let isShared: Bool

    init(
        _ resampling: Resampling, _ data: ClassificationData, code: Int, rows: [Int]
    ) throws(ModelError) {
        features = data.features
        var starts = rows
        var weights = data.weights.gathering(rows)
        var nominal: [Int] = []
        var neighbourCount = 0
        var space = data.features
        var isShared = false
        switch resampling.method {
        case .smote(let count): neighbourCount = count
        case .smoteNominal(let names, let count):
            neighbourCount = count
            for name in names {
                guard let column = data.featureNames.firstIndex(of: name) else {
                    throw ModelError(.incompatible, "there is no feature '\(name)'")
                }
                nominal.append(column)
            }
            space = Self.mixedSpace(data, nominal: nominal)
        case .borderline(let count, let around):
            neighbourCount = count
            let nearest = resampling.others(features, count: around)
            let atBorder = rows.filter { row in
                let foreign = nearest[row].count { data.labels.codes[$0] != code }
                return 2 * foreign >= nearest[row].count && foreign < nearest[row].count
            }
            // Without a border every row may start, as in plain SMOTE.
            if !atBorder.isEmpty {
                (starts, weights) = (atBorder, data.weights.gathering(atBorder))
            }
        case .adasyn(let count):
            neighbourCount = count
            let nearest = resampling.others(features, count: count)
            let hardness = rows.map { row in
                let foreign = nearest[row].count { data.labels.codes[$0] != code }
                return data.weights[row] * Double(foreign) / Double(nearest[row].count)
            }
            isShared = true
            if hardness.contains(where: { $0 > 0 }) { weights = hardness }
        default: break
        }
        self.starts = starts
        startWeights = weights
        self.nominal = nominal
        self.isShared = isShared
        guard neighbourCount > 0, rows.count > 1 else {
            neighbours = starts.map { _ in [] }
            return
        }
        let index = RowIndex(
            space.gatheringRows(rows), metric: RowMetric(.euclidean), method: .bruteForce,
            leafSize: 30)
        let found = index.nearest(neighbourCount + 1, to: space.gatheringRows(starts))
        neighbours = zip(starts, found).map { start, nearest in
            Array(nearest.rows.map { rows[$0] }.filter { $0 != start }.prefix(neighbourCount))
        }
    }

    /// `count` new rows.
    func rows(_ count: Int, _ generator: inout RandomStream) -> [[Double]] {
        guard isShared else {
            let table = AliasTable(weights: startWeights)
            return (0..<count).map { _ in row(from: generator.categorical(table), &generator) }
        }
        let total = startWeights.reduce(0, +)
        // As many from each start as its share, to the nearest row.
        return starts.indices.flatMap { start in
            let share = Int((startWeights[start] / total * Double(count)).rounded())
            return (0..<share).map { _ in row(from: start, &generator) }
        }
    }

    private func row(from start: Int, _ generator: inout RandomStream) -> [Double] {
        var values = features.row(starts[start]).elements
        let near = neighbours[start]
        guard !near.isEmpty else { return values }
        let other = near[generator.integer(below: near.count)]
        let share = generator.uniform()
        for column in values.indices {
            values[column] += share * (features[other, column] - values[column])
        }
        for column in nominal {
            values[column] = mostFrequent(near.map { features[$0, column] })
        }
        return values
    }

    private func mostFrequent(_ values: [Double]) -> Double {
        var best = (value: Double.infinity, count: 0)
        for value in values {
            let count = values.count { $0 == value }
            if count > best.count || (count == best.count && value < best.value) {
                best = (value, count)
            }
        }
        return best.value
    }

    /// Features with a scaled indicator for every value of the nominal ones.
    private static func mixedSpace(
        _ data: ClassificationData, nominal: [Int]
    ) -> Matrix<Double> {
        let features = data.features
        let weights = data.classWeights
        let smallest =
            weights.indices.filter { weights[$0] > 0 }
            .min { weights[$0] < weights[$1] } ?? 0
        let rows = data.labels.codes.indices.filter { data.labels.codes[$0] == smallest }
        let numeric = (0..<features.columnCount).filter { !nominal.contains($0) }
        let deviations = numeric.map { column in
            deviation(rows.map { features[$0, column] })
        }.sorted()
        let middle = deviations.count / 2
        let median =
            deviations.isEmpty
            ? 1
            : deviations.count.isMultiple(of: 2)
                ? (deviations[middle - 1] + deviations[middle]) / 2 : deviations[middle]
        // Two indicators differ where a value does: each adds half of the median's square.
        let indicator = median / 2.0.squareRoot()
        var columns = numeric.map { features.column($0).elements }
        for column in nominal {
            let values = features.column(column).elements
            for value in Set(values).sorted() {
                columns.append(values.map { $0 == value ? indicator : 0 })
            }
        }
        return Matrix(columns: columns)
    }

    /// The population standard deviation.
    private static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count)).squareRoot()
    }
}
