// SPDX-License-Identifier: Apache-2.0

/// The positions of rows in the order of their scores.
enum RowOrder {
    /// From the highest score to the lowest; rows of equal score and label keep their order.
    static func descending(labels: [Bool], scores: [Double]) throws(MetricsError) -> [Int] {
        let sorted = Result { () throws(MetricsError) in
            try scores.withUnsafeBufferPointer { scores throws(MetricsError) in
                try labels.withUnsafeBufferPointer { labels throws(MetricsError) in
                    try RowSorter(scores: scores, labels: labels).sorted { key, position in
                        PlacedRow?.some(PlacedRow(key: key, position: position))
                    }.rows
                }
            }
        }
        return try sorted.get().map { $0.position }
    }

    /// From the lowest value to the highest, stable.
    static func ascending(_ values: [Double]) throws(MetricsError) -> [Int] {
        let unlabelled = [Bool](repeating: false, count: values.count)
        return try descending(labels: unlabelled, scores: values.map { -$0 })
    }
}
