// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The rows that a fit learns from, and those that it is stopped by.
struct HeldOutRows {
    /// Ascending, as the others.
    let training: [Int]
    var validation: [Int] = []

    /// The rows of positive weight, of which a share is held out by the seed.
    ///
    /// - Parameter stopping: `nil` holds out none.
    /// - Throws: ``ModelError`` with code `invalidSplit` where one of the parts would be empty.
    init(weights: [Double], _ stopping: EarlyStopping?, seed: UInt64) throws(ModelError) {
        let rows = weights.indices.filter { weights[$0] > 0 }
        guard let stopping else {
            training = rows
            return
        }
        let count = Int((stopping.share * Double(rows.count)).rounded())
        guard count >= 1, count < rows.count else {
            throw ModelError(
                .invalidSplit,
                "a share of \(stopping.share) of \(rows.count) rows is \(count) rows")
        }
        var stream = RandomStream(seed: seed).child("validation")
        validation = stream.sample(count, below: rows.count).sorted().map { rows[$0] }
        let isHeld = Set(validation)
        training = rows.filter { !isHeld.contains($0) }
    }
}
