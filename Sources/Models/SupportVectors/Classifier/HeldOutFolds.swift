// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Deals rows of two classes to folds, the classes in equal shares.
///
/// The folds do not depend on the names or the order of the classes.
///
/// - Throws: ``ModelError`` with code `invalidSplit` where a class has fewer rows than folds.
func heldOutFolds(
    _ isPositive: [Bool], foldCount: Int, seed: UInt64
) throws(ModelError) -> [Int] {
    let stream = RandomStream(seed: seed)
    var folds = [Int](repeating: 0, count: isPositive.count)
    var next = 0
    for (number, sign) in [true, false].enumerated() {
        var rows = isPositive.indices.filter { isPositive[$0] == sign }
        guard rows.count >= foldCount else {
            throw ModelError(
                .invalidSplit,
                "a class has \(rows.count) rows for \(foldCount) folds of the probabilities")
        }
        var generator = stream.child("support vector probabilities", number)
        generator.shuffle(&rows)
        for row in rows {
            folds[row] = next
            next = (next + 1) % foldCount
        }
    }
    return folds
}
