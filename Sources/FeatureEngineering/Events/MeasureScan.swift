// SPDX-License-Identifier: Apache-2.0

/// A numeric measure together with the columns it reads.
struct MeasureScan {
    private let scan: EventScan
    private let measure: EventMeasure
    private let days: [Int32]
    /// The numeric attribute, NaN where missing; empty for statistics that need none.
    private var numbers: [Double] = []
    /// The attribute's values as codes, -1 where missing; for counts of values.
    private var codes: [Int32] = []
    private var codeCount = 0

    init(
        _ scan: EventScan, _ measure: EventMeasure, _ storage: EventLog.Storage
    ) throws(FeatureError) {
        self.scan = scan
        self.measure = measure
        days = storage.days
        guard let attribute = measure.attribute else { return }
        let column = try storage.attributes[column: attribute]
        switch measure.statistic {
        case .distinctCount: (codes, codeCount) = column.valueCodes()
        case .changeCount: codes = changes(column.valueCodes().codes, storage)
        default:
            guard let numbers = column.numbers else {
                throw .wrongKind(column, needed: "numeric")
            }
            self.numbers = numbers
        }
    }

    /// The measure of every row over one of its windows.
    func values(
        _ window: EventWindow, _ histories: EventHistories, _ ranges: inout WindowRanges,
        name: String
    ) throws(FeatureError) -> [Double] {
        var values: [Double]
        switch measure.statistic {
        case .countSlope, .sumSlope, .meanSlope: values = slopes(window, &ranges)
        case .countRatio, .sumRatio: values = ratios(window, &ranges)
        case .daysSinceLast, .daysSinceFirst:
            let isLast = measure.statistic == .daysSinceLast
            values = zip(ranges.ranges(window, scan), histories.dates.days).map { range, asOf in
                let position = isLast ? scan.last(in: range) : scan.first(in: range)
                return position.map { Double(asOf - days[$0]) } ?? .nan
            }
        case .distinctCount: values = distinctCounts(ranges.ranges(window, scan))
        default: values = ranges.ranges(window, scan).map(statistic)
        }
        if let row = values.firstIndex(where: \.isInfinite) {
            throw FeatureError(.outOfRange, "the feature is not finite", row: row, column: name)
        }
        return values
    }

    /// NaN if there is nothing to measure, infinite if the result is too large.
    private func statistic(_ range: Range<Int>) -> Double {
        switch measure.statistic {
        case .count: return Double(scan.count(in: range))
        case .changeCount:
            var changes = 0
            scan.forEach(in: range) { changes += Int(codes[$0]) }
            return Double(changes)
        case .minimum, .maximum:
            var result = Double.nan
            // `minimum` and `maximum` prefer a number to NaN.
            if measure.statistic == .minimum {
                scan.forEach(in: range) { result = .minimum(result, numbers[$0]) }
            } else {
                scan.forEach(in: range) { result = .maximum(result, numbers[$0]) }
            }
            return result
        case .mean: return mean(range)
        case .standardDeviation: return standardDeviation(range)
        default: return total(range).sum
        }
    }

    private func total(_ range: Range<Int>) -> (sum: Double, count: Int) {
        var (sum, count) = (0.0, 0)
        scan.forEach(in: range) { position in
            let value = numbers[position]
            if value.isNaN { return }
            sum += value
            count += 1
        }
        return (sum.isNaN ? .infinity : sum, count)
    }

    private func mean(_ range: Range<Int>) -> Double {
        let total = total(range)
        return total.count == 0 ? .nan : total.sum / Double(total.count)
    }

    private func standardDeviation(_ range: Range<Int>) -> Double {
        let mean = mean(range)
        var (squares, count) = (0.0, 0)
        scan.forEach(in: range) { position in
            let difference = numbers[position] - mean
            if difference.isNaN { return }
            squares += difference * difference
            count += 1
        }
        return count < 2 ? .nan : (squares / Double(count - 1)).squareRoot()
    }

    private func distinctCounts(_ ranges: [Range<Int>]) -> [Double] {
        var lastRow = [Int](repeating: -1, count: codeCount)
        return ranges.enumerated().map { row, range in
            var count = 0
            scan.forEach(in: range) { position in
                let code = Int(codes[position])
                if code < 0 || lastRow[code] == row { return }
                lastRow[code] = row
                count += 1
            }
            return Double(count)
        }
    }

    private func ratios(_ window: EventWindow, _ ranges: inout WindowRanges) -> [Double] {
        guard let reference = measure.reference else { return [] }
        let (short, long) = (ranges.ranges(window, scan), ranges.ranges(reference, scan))
        let scale = Double(reference.length) / Double(window.length)
        return zip(short, long).map { short, long in
            let (part, whole) = (level(short), level(long))
            return whole == 0 ? .nan : whole.isInfinite ? .infinity : part / whole * scale
        }
    }

    private func slopes(_ window: EventWindow, _ ranges: inout WindowRanges) -> [Double] {
        // Oldest month first.
        let months = (0..<window.length).reversed().map { month in
            ranges.ranges(.months(1).lagged(by: window.lag + month), scan)
        }
        return (months.first ?? []).indices.map { row in
            leastSquaresSlope(months.map { level($0[row]) })
        }
    }

    /// What ratios and slopes are of: the number of events, or a sum or mean of the attribute.
    private func level(_ range: Range<Int>) -> Double {
        switch measure.statistic {
        case .countSlope, .countRatio: Double(scan.count(in: range))
        case .meanSlope: mean(range)
        default: total(range).sum
        }
    }

    /// 1 for every event that has another value than the last one before it, else 0.
    private func changes(_ codes: [Int32], _ storage: EventLog.Storage) -> [Int32] {
        var changes = [Int32](repeating: 0, count: codes.count)
        for account in storage.accounts.names.indices {
            var previous: Int32 = -1
            scan.forEach(in: storage.offsets[account]..<storage.offsets[account + 1]) { position in
                let code = codes[position]
                if code < 0 { return }
                if previous >= 0, code != previous { changes[position] = 1 }
                previous = code
            }
        }
        return changes
    }
}

/// The slope of `values` against 0, 1, 2, ..., without the NaN; NaN for fewer than two.
private func leastSquaresSlope(_ values: [Double]) -> Double {
    if values.contains(where: \.isInfinite) { return .infinity }
    var (count, sumX, sumY) = (0.0, 0.0, 0.0)
    for (x, y) in values.enumerated() where !y.isNaN {
        count += 1
        sumX += Double(x)
        sumY += y
    }
    if count < 2 { return .nan }
    let (meanX, meanY) = (sumX / count, sumY / count)
    var (products, squares) = (0.0, 0.0)
    for (x, y) in values.enumerated() where !y.isNaN {
        products += (Double(x) - meanX) * (y - meanY)
        squares += (Double(x) - meanX) * (Double(x) - meanX)
    }
    let slope = products / squares
    return slope.isNaN ? .infinity : slope
}

extension Column {
    /// The values as codes of equal values, -1 where missing.
    fileprivate func valueCodes() -> (codes: [Int32], count: Int) {
        func coded<Value: Hashable>(
            _ values: [Value], isMissing: (Value) -> Bool
        ) -> (codes: [Int32], count: Int) {
            var known: [Value: Int32] = [:]
            let codes = values.map { value -> Int32 in
                if isMissing(value) { return -1 }
                if let code = known[value] { return code }
                known[value] = Int32(known.count)
                return Int32(known.count - 1)
            }
            return (codes, known.count)
        }
        switch storage {
        case .categorical(let codes, let levels): return (codes, levels.count)
        case .numeric(let values): return coded(values, isMissing: \.isNaN)
        case .text(let values): return coded(values) { $0 == nil }
        case .date(let days): return coded(days) { $0 == Self.missingDay }
        }
    }
}
