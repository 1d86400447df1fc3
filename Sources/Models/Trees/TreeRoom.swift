// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// A way to part the rows of a node in two.
struct NodeSplit {
    /// The score, then the gain.
    var gain: Double
    var feature: Int
    /// Codes up to this one go left; `next` is the code above it in the node, or -1.
    var code: Int
    var next: Int
    var missingLeft: Bool
    var leftTotal: Int64
    /// The levels that go left, for a nominal feature.
    var set: [UInt64] = []
    /// A threshold that was drawn.
    var threshold: Double?
}

/// The room in which trees are grown: the rows of the nodes, and sums by code.
final class TreeRoom {
    /// The rows, those of a node next to each other.
    let rows: UnsafeMutablePointer<UInt32>
    /// What each of these rows adds to sums.
    let values: UnsafeMutablePointer<credit_tree_row>
    private let otherRows: UnsafeMutablePointer<UInt32>
    private let otherValues: UnsafeMutablePointer<credit_tree_row>
    /// The sums of every code, for each class where there are several; 0 between uses.
    let sums: UnsafeMutablePointer<Int64>
    /// A bit for each code that occurs; 0 between uses.
    let marks: UnsafeMutablePointer<UInt64>
    let isLeft: UnsafeMutablePointer<UInt8>
    let scratch: UnsafeMutablePointer<Double>
    let codeLimit: Int
    let channels: Int
    let words: Int

    init(_ binned: BinnedFeatures, channels: Int) {
        self.channels = channels
        codeLimit = binned.codeLimit
        words = (codeLimit + 63) / 64
        rows = .allocate(capacity: binned.rowCount)
        otherRows = .allocate(capacity: binned.rowCount)
        values = .allocate(capacity: binned.rowCount)
        otherValues = .allocate(capacity: binned.rowCount)
        sums = .allocate(capacity: codeLimit * channels)
        sums.initialize(repeating: 0, count: codeLimit * channels)
        marks = .allocate(capacity: words)
        marks.initialize(repeating: 0, count: words)
        isLeft = .allocate(capacity: codeLimit)
        scratch = .allocate(capacity: 16 * (codeLimit + 1) + 8 * channels)
    }

    deinit {
        rows.deallocate()
        otherRows.deallocate()
        values.deallocate()
        otherValues.deallocate()
        sums.deallocate()
        marks.deallocate()
        isLeft.deallocate()
        scratch.deallocate()
    }

    /// The sum of the weights of each class, in units.
    func classTotals(_ start: Int, _ count: Int, _ classCount: Int) -> [Int64] {
        var totals = [Int64](repeating: 0, count: classCount)
        for index in start..<start + count {
            totals[Int(values[index].a)] += Int64(values[index].b)
        }
        return totals
    }

    /// Sums the rows of a node by the codes of a column; whether codes that occur are marked.
    func sum(
        _ start: Int, _ count: Int, column: Int, codes: BinnedFeatures.Codes, rowCount: Int,
        bins: Int, marks needsMarks: Bool
    ) -> Bool {
        let (rows, values) = (rows + start, values + start)
        let offset = column * rowCount
        let isMarked = needsMarks || channels > 1 || count < 2 * bins
        switch codes {
        case .narrow(let codes):
            codes.withUnsafeBufferPointer { codes in
                let own = codes.baseAddress! + offset
                if channels > 1 {
                    credit_tree_sum_classes_u8(count, rows, values, own, channels, sums, marks)
                } else if isMarked {
                    credit_tree_sum_marked_u8(count, rows, values, own, sums, marks)
                } else {
                    credit_tree_sum_u8(count, rows, values, own, sums)
                }
            }
        case .wide(let codes):
            codes.withUnsafeBufferPointer { codes in
                let own = codes.baseAddress! + offset
                if channels > 1 {
                    credit_tree_sum_classes_u16(count, rows, values, own, channels, sums, marks)
                } else if isMarked {
                    credit_tree_sum_marked_u16(count, rows, values, own, sums, marks)
                } else {
                    credit_tree_sum_u16(count, rows, values, own, sums)
                }
            }
        }
        return isMarked
    }

    /// Sets the sums back to 0.
    func clear(isMarked: Bool) {
        if isMarked {
            credit_tree_clear(words, channels, sums, marks)
        } else {
            sums.update(repeating: 0, count: codeLimit * channels)
        }
    }

    /// The least and the largest code of a column in a node, and whether values are missing.
    func range(
        _ start: Int, _ count: Int, column: Int, codes: BinnedFeatures.Codes, rowCount: Int,
        bins: Int
    ) -> (least: Int, largest: Int, hasMissing: Bool) {
        var (least, largest): (Int32, Int32) = (0, 0)
        let hasMissing: Bool
        switch codes {
        case .narrow(let codes):
            hasMissing = codes.withUnsafeBufferPointer {
                credit_tree_range_u8(
                    count, rows + start, $0.baseAddress! + column * rowCount, Int32(bins), &least,
                    &largest)
            }
        case .wide(let codes):
            hasMissing = codes.withUnsafeBufferPointer {
                credit_tree_range_u16(
                    count, rows + start, $0.baseAddress! + column * rowCount, Int32(bins), &least,
                    &largest)
            }
        }
        return (Int(least), Int(largest), hasMissing)
    }

    /// Marks the codes that go left by a split.
    func markLeft(_ split: NodeSplit, _ column: BinnedColumn) {
        if column.isNominal {
            for code in 0..<column.bins {
                isLeft[code] = UInt8(split.set[code >> 6] >> UInt64(code & 63) & 1)
            }
        } else {
            let cut = split.code + 1
            isLeft.update(repeating: 1, count: cut)
            (isLeft + cut).update(repeating: 0, count: column.bins - cut)
        }
        isLeft[column.bins] = split.missingLeft ? 1 : 0
    }

    /// The packed sums of the rows that go left.
    func leftSum(
        _ start: Int, _ count: Int, column: Int, codes: BinnedFeatures.Codes, rowCount: Int
    ) -> Int64 {
        switch codes {
        case .narrow(let codes):
            codes.withUnsafeBufferPointer {
                credit_tree_left_sum_u8(
                    count, rows + start, values + start, $0.baseAddress! + column * rowCount,
                    isLeft)
            }
        case .wide(let codes):
            codes.withUnsafeBufferPointer {
                credit_tree_left_sum_u16(
                    count, rows + start, values + start, $0.baseAddress! + column * rowCount,
                    isLeft)
            }
        }
    }

    /// Moves the rows that go left to the front of the node's; returns how many they are.
    func partition(
        _ start: Int, _ count: Int, by split: NodeSplit, _ column: BinnedColumn,
        codes: BinnedFeatures.Codes, rowCount: Int
    ) -> Int {
        markLeft(split, column)
        let offset = split.feature * rowCount
        switch codes {
        case .narrow(let codes):
            return codes.withUnsafeBufferPointer {
                credit_tree_partition_u8(
                    count, rows + start, values + start, $0.baseAddress! + offset, isLeft,
                    otherRows + start, otherValues + start)
            }
        case .wide(let codes):
            return codes.withUnsafeBufferPointer {
                credit_tree_partition_u16(
                    count, rows + start, values + start, $0.baseAddress! + offset, isLeft,
                    otherRows + start, otherValues + start)
            }
        }
    }
}
