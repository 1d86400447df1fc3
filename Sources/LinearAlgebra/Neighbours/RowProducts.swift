// SPDX-License-Identifier: Apache-2.0

/// Rows measured from their mean, with their squared lengths: lower bounds of squared Euclidean
/// distances to many queries.
///
/// `|q - x|² = |q|² + |x|² - 2 q·x` loses digits where it cancels, so it only says which rows may
/// be near enough; the distance to these is summed from their differences. Single precision is
/// enough for that: what rounding may take is subtracted from the bounds.
struct RowProducts: Sendable {
    private static let elementsInGroup = 1 << 16

    private let rowCount: Int
    private let centre: Vector<Double>
    /// A power of two that brings the largest element near 1.
    private let scale: Double
    /// The scaled rows in panels, column by column.
    private let panels: [Float]
    /// Scaled squared lengths less the largest error that rounding can cause.
    private let lengths: [Float]
    private let slack: Double

    init(_ rows: Matrix<Double>) {
        rowCount = rows.rowCount
        let mean = rows.mean(.alongColumns)
        centre = mean.map { $0.isFinite ? $0 : 0 }
        let centred = rows.subtractingFromRows(centre)
        let largest = rows.isEmpty ? 0 : max(centred.max(), -centred.min())
        let exponent = largest > 0 ? max(-1000, min(1000, largest.exponent)) : 0
        scale = Double(sign: .plus, exponent: -exponent, significand: 1)
        // Of conversions, products and sums of as many terms as columns, several times over.
        let slack = Double(4 * (rows.columnCount + 8)) * Double(Float.ulpOfOne)
        self.slack = slack
        let (columns, width, scale) = (rows.columnCount, Float._rowsInPanel, scale)
        let panelCount = (rowCount + width - 1) / width
        var panels = [Float](repeating: 0, count: panelCount * width * columns)
        // A bound of infinity keeps the rows beyond the last one away.
        var lengths = [Float](repeating: .infinity, count: panelCount * width)
        centred.withPointer { elements in
            for row in 0..<rows.rowCount {
                let (panel, place) = row.quotientAndRemainder(dividingBy: width)
                var length = 0.0
                for column in 0..<columns {
                    let element = elements[row * columns + column] * scale
                    length += element * element
                    panels[(panel * columns + column) * width + place] = Float(element)
                }
                lengths[row] = Float(length * (1 - slack)).nextDown - Float.leastNormalMagnitude
            }
        }
        self.panels = panels
        self.lengths = lengths
    }

    func search(
        _ queries: Matrix<Double>, among rows: Matrix<Double>, _ found: inout [NearestRows]
    ) {
        let width = Float._queriesInPanel
        let groups = (queries.rowCount + width - 1) / width
        found.withUnsafeMutableBufferPointer { found in
            guard let found = found.baseAddress else { return }
            concurrently(groups, minimum: 2, block: 1) { start, count in
                let first = start * width
                search(
                    first..<min(first + count * width, queries.rowCount), of: queries, among: rows,
                    found)
            }
        }
    }

    /// The search for some of the queries, by groups of panels that stay in the cache.
    private func search(
        _ part: Range<Int>, of queries: Matrix<Double>, among rows: Matrix<Double>,
        _ found: UnsafeMutablePointer<NearestRows>
    ) {
        let batches = stride(from: part.lowerBound, to: part.upperBound, by: Float._queriesInPanel)
            .map { first in
                QueryBatch(
                    first..<min(first + Float._queriesInPanel, part.upperBound), of: queries,
                    centre: centre, scale: scale, slack: slack)
            }
        let panelCount = lengths.count / Float._rowsInPanel
        let panelSize = max(1, rows.columnCount * Float._rowsInPanel)
        let panelsInGroup = max(1, Self.elementsInGroup / panelSize)
        queries.withPointer { queries in
            rows.withPointer { rows in
                for group in stride(from: 0, to: panelCount, by: panelsInGroup) {
                    let panels = group..<min(group + panelsInGroup, panelCount)
                    for batch in batches { search(panels, batch, queries, rows, found) }
                }
            }
        }
    }

    private func search(
        _ group: Range<Int>, _ batch: QueryBatch, _ queries: UnsafePointer<Double>,
        _ rows: UnsafePointer<Double>, _ found: UnsafeMutablePointer<NearestRows>
    ) {
        let (columns, width) = (centre.count, Float._rowsInPanel)
        // Queries that are not there have no near rows.
        var limits = [Float](repeating: -.infinity, count: Float._queriesInPanel)
        var masks = [UInt32](repeating: 0, count: Float._queriesInPanel)
        for index in batch.queries.indices {
            limits[index - batch.queries.lowerBound] = batch.limit(index, found[index].bound)
        }
        var panel = group.lowerBound
        while true {
            panel = Float._nextNearPanel(
                panel, group.upperBound, columns, panels: panels, lengths: lengths,
                queries: batch.elements, limits: limits, masks: &masks)
            guard panel < group.upperBound else { return }
            for index in batch.queries {
                let place = index - batch.queries.lowerBound
                var mask = masks[place]
                guard mask != 0 else { continue }
                while mask != 0 {
                    let row = panel * width + mask.trailingZeroBitCount
                    mask &= mask - 1
                    // A bound that is not a number says nothing, of the rows beyond the last too.
                    guard row < rowCount else { break }
                    found[index].offer(
                        Double._squaredDistance(
                            columns, queries + index * columns, rows + row * columns), row)
                }
                limits[place] = batch.limit(index, found[index].bound)
            }
            panel += 1
        }
    }
}

/// Some queries in the form that the search for near rows takes.
private struct QueryBatch {
    let queries: Range<Int>
    /// The scaled differences to the centre, column by column.
    let elements: [Float]
    /// Squared lengths of these, less the largest error that rounding can cause.
    private let lengths: [Double]
    private let squaredScale: Double

    init(
        _ part: Range<Int>, of queries: Matrix<Double>, centre: Vector<Double>, scale: Double,
        slack: Double
    ) {
        self.queries = part
        squaredScale = scale * scale
        let width = Float._queriesInPanel
        var elements = [Float](repeating: 0, count: width * centre.count)
        var lengths: [Double] = []
        for (place, query) in part.enumerated() {
            var length = 0.0
            for column in 0..<centre.count {
                let element = (queries[query, column] - centre[column]) * scale
                length += element * element
                elements[column * width + place] = Float(element)
            }
            lengths.append(length * (1 - slack))
        }
        self.elements = elements
        self.lengths = lengths
    }

    /// What `length - 2 row · query` may be at most for a row within the reduced distance `bound`.
    func limit(_ query: Int, _ bound: Double) -> Float {
        let limit = Float(bound * squaredScale - lengths[query - queries.lowerBound])
        return limit.isNaN ? .infinity : limit.nextUp + Float.leastNormalMagnitude
    }
}
