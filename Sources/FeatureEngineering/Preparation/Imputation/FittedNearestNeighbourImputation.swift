// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The training rows kept by a ``NearestNeighbourImputation``.
package struct FittedNearestNeighbourImputation: Sendable {
    /// Ascending.
    let columns: [Int]
    let neighbourCount: Int
    let weighting: NearestNeighbourImputation.Weighting
    /// The training rows in ascending order, (rows x columns) row by row; NaN where missing.
    let donors: [Double]
    /// Columns that get an indicator, ascending.
    let indicators: [Int]
    /// The mean of each column, NaN for a column without values.
    private let means: [Double]

    init(
        columns: [Int], neighbourCount: Int, weighting: NearestNeighbourImputation.Weighting,
        donors: [Double], indicators: [Int]
    ) {
        self.columns = columns
        self.neighbourCount = neighbourCount
        self.weighting = weighting
        self.donors = donors
        self.indicators = indicators
        means = columns.indices.map { position in
            let values = stride(from: position, to: donors.count, by: columns.count)
                .map { donors[$0] }.filter { !$0.isNaN }
            return values.isEmpty ? .nan : Statistics.mean(values)
        }
    }
}

extension FittedNearestNeighbourImputation: Hashable {
    /// Whether all bits are equal; a missing value equals a missing value.
    package static func == (left: Self, right: Self) -> Bool {
        left.columns == right.columns && left.neighbourCount == right.neighbourCount
            && left.weighting == right.weighting && left.indicators == right.indicators
            && left.donors.elementsEqual(right.donors) { $0.bitPattern == $1.bitPattern }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(columns)
        hasher.combine(neighbourCount)
        for value in donors { hasher.combine(value.bitPattern) }
    }
}

extension FittedNearestNeighbourImputation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(columns, below: inputs.count)
        guard columns.allSatisfy({ inputs[$0].kind == .numeric }), neighbourCount > 0,
            donors.isEmpty == columns.isEmpty,
            columns.isEmpty || donors.count.isMultiple(of: columns.count),
            donors.allSatisfy({ !$0.isInfinite }), means.allSatisfy(\.isFinite)
        else { throw FeatureError(.invalidParameter, "columns cannot be imputed so") }
        return try inputs + indicatorColumns(indicators, of: inputs)
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        if columns.contains(where: { row[$0].isNaN }) {
            let distances = squaredDistances(to: columns.map { row[$0] })
            for (position, column) in columns.enumerated() where row[column].isNaN {
                output[column] = value(position, distances)
            }
        }
        for index in indicators { output.append(row[index].isNaN ? 1 : 0) }
    }

    /// The mean squared difference to each donor over the columns that both have; NaN without any.
    private func squaredDistances(to row: [Double]) -> [Double] {
        let width = columns.count
        return stride(from: 0, to: donors.count, by: width).map { start in
            var sum = 0.0
            var count = 0.0
            for column in 0..<width {
                let difference = row[column] - donors[start + column]
                if !difference.isNaN {
                    sum += difference * difference
                    count += 1
                }
            }
            return sum / count
        }
    }

    private func value(_ position: Int, _ distances: [Double]) -> Double {
        var nearest: [(distance: Double, value: Double)] = []
        for (donor, distance) in distances.enumerated() where !distance.isNaN {
            let value = donors[donor * columns.count + position]
            if value.isNaN { continue }
            if nearest.count == neighbourCount {
                guard let last = nearest.last, distance < last.distance else { continue }
                nearest.removeLast()
            }
            // Behind all that are as near, which are smaller rows.
            let place = nearest.lastIndex { $0.distance <= distance }.map { $0 + 1 } ?? 0
            nearest.insert((distance, value), at: place)
        }
        guard let first = nearest.first else { return means[position] }
        guard weighting == .distance, first.distance.isFinite else {
            return Statistics.mean(nearest.map(\.value))
        }
        if first.distance == 0 {
            return Statistics.mean(nearest.filter { $0.distance == 0 }.map(\.value))
        }
        var sum = 0.0
        var weights = 0.0
        for (distance, value) in nearest {
            // Relative to the nearest, so that no weight overflows.
            let weight = (first.distance / distance).squareRoot()
            sum += weight * value
            weights += weight
        }
        return sum / weights
    }
}

extension FittedTransformation {
    /// A column named `name (missing)` for each position.
    func indicatorColumns(
        _ indicators: [Int], of inputs: [WorkingColumn]
    ) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(indicators, below: inputs.count)
        return indicators.map {
            WorkingColumn(name: "\(inputs[$0].name) (missing)", source: inputs[$0].source)
        }
    }
}

extension NearestNeighbourImputation: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(neighbourCount)
        encoder.encode(caseOf: weighting)
        encoder.encode(addsIndicators)
        encoder.encode(optional: columns) { $0.encode(strings: $1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        neighbourCount = try decoder.decodeInt()
        weighting = try decoder.decodeCase()
        addsIndicators = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}

extension FittedNearestNeighbourImputation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(positions: columns)
        encoder.encode(neighbourCount)
        encoder.encode(caseOf: weighting)
        encoder.encode(donors) { $0.encode($1) }
        encoder.encode(positions: indicators)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            columns: try decoder.decodePositions(), neighbourCount: try decoder.decodeInt(),
            weighting: try decoder.decodeCase(), donors: try decoder.decodeDoubles(),
            indicators: try decoder.decodePositions())
    }
}
