// SPDX-License-Identifier: Apache-2.0

/// Distinct values of one variable, ascending, with the running counts of both classes.
struct GroupedSample {
    /// Ascending.
    var values: [Double] = []
    /// What stands below `values[i]`; one longer than `values`.
    var below: [ClassCounts] = [ClassCounts()]

    var total: ClassCounts { below[values.count] }

    /// The counts of the values at positions `range`.
    func counts(_ range: Range<Int>) -> ClassCounts {
        below[range.upperBound] - below[range.lowerBound]
    }

    /// The values of `rows`, sorted.
    ///
    /// - Precondition: No value is NaN.
    init(_ values: [Double], rows: [UInt32], labels: [Bool], weights: [Double]?) {
        self.values.reserveCapacity(rows.count)
        below.reserveCapacity(rows.count + 1)
        var running = ClassCounts()
        for row in stableOrder(of: values, rows: rows) {
            let value = values[Int(row)]
            if self.values.last != value {
                self.values.append(value)
                below.append(running)
            }
            running.add(weights?[Int(row)] ?? 1, isEvent: labels[Int(row)])
            below[below.count - 1] = running
        }
    }

    /// Groups that are sorted already; their positions are the values.
    init(groups: [ClassCounts]) {
        for (index, counts) in groups.enumerated() {
            values.append(Double(index))
            below.append(below[index] + counts)
        }
    }

    /// The position of the first value that is not below `split`.
    func position(of split: Double) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < split { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A number between the values at `position - 1` and `position`, above the first of them.
    func split(at position: Int) -> Double {
        let middle = values[position - 1] / 2 + values[position] / 2
        return middle > values[position - 1] ? middle : values[position]
    }
}
