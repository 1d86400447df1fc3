// SPDX-License-Identifier: Apache-2.0

/// Sequences as networks read them.
package struct SequenceSource<Scalar: RecurrentScalar>: Sendable {
    /// The steps of all sequences, (steps x features).
    package var values: [Scalar]
    /// Sequence `i` has the steps `offsets[i]..<offsets[i + 1]`.
    package var offsets: [Int]
    package var featureCount: Int
    /// What is known once for each sequence, (sequences x static values).
    package var statics: [Scalar]
    package var staticCount: Int

    package init(
        values: [Scalar], offsets: [Int], featureCount: Int, statics: [Scalar], staticCount: Int
    ) {
        self.values = values
        self.offsets = offsets
        self.featureCount = featureCount
        self.statics = statics
        self.staticCount = staticCount
    }

    package var count: Int { offsets.count - 1 }

    package func length(_ row: Int) -> Int { offsets[row + 1] - offsets[row] }
}
