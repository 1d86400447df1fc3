// SPDX-License-Identifier: Apache-2.0

/// The area under the ROC curve alone: ``ROC/auc`` without the memory that the curve takes.
///
/// - Parameters:
///   - labels: Whether each row is positive.
///   - scores: The finite score of each row, higher meaning more likely positive.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
/// - Returns: The area, in `0...1`; the same for any number of threads.
/// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``.
/// - Complexity: O(n) for scores that spread, at most O(n log n); about one copy of the scores.
public func rocAUC(
    labels: [Bool], scores: [Double], weights: [Double]? = nil
) throws(MetricsError) -> Double {
    let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
    try ranked.requireBothClasses()
    return ranked.area
}

/// The greatest distance between the two classes alone: ``ROC/kolmogorovSmirnov`` without the
/// memory that the curve takes.
///
/// - Parameters:
///   - labels: Whether each row is positive.
///   - scores: The finite score of each row, higher meaning more likely positive.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
/// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``.
/// - Complexity: O(n) for scores that spread, at most O(n log n). Without weights only the few rows
///   that can matter are sorted and copied.
public func kolmogorovSmirnov(
    labels: [Bool], scores: [Double], weights: [Double]? = nil
) throws(MetricsError) -> KolmogorovSmirnov {
    guard weights == nil else {
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        return ranked.kolmogorovSmirnov
    }
    try Validation.counts(labels: labels.count, "scores", scores.count, weights: nil)
    let result = Result { () throws(MetricsError) in
        try scores.withUnsafeBufferPointer { scores throws(MetricsError) in
            try labels.withUnsafeBufferPointer { labels throws(MetricsError) in
                try KolmogorovSmirnovSearch(scores: scores, labels: labels).found()
            }
        }
    }
    return try result.get()
}

/// The step-wise area under the precision-recall curve alone:
/// ``PrecisionRecallCurve/averagePrecision`` without the memory that the curve takes.
///
/// - Parameters:
///   - labels: Whether each row is positive.
///   - scores: The finite score of each row, higher meaning more likely positive.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
/// - Returns: The area, in `0...1`.
/// - Throws: ``MetricsError`` as ``PrecisionRecallCurve/init(labels:scores:weights:)``.
/// - Complexity: O(n) for scores that spread, at most O(n log n); about one copy of the scores.
public func averagePrecision(
    labels: [Bool], scores: [Double], weights: [Double]? = nil
) throws(MetricsError) -> Double {
    let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
    try ranked.requirePositives()
    return ranked.averagePrecision
}
