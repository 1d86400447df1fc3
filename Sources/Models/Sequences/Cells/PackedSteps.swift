// SPDX-License-Identifier: Apache-2.0

/// How sequences that are sorted by falling length lie step by step, without any padding.
///
/// The rows of step `t` are `offsets[t]..<offsets[t + 1]`: the first `counts[t]` sequences, which
/// are those that have such a step.
package struct PackedSteps: Hashable, Sendable {
    /// The sequences that have this step; never rising.
    package let counts: [Int]
    /// One more than steps.
    package let offsets: [Int]

    /// The steps of sequences with these lengths, which do not rise and are at least 1.
    package init(lengths: [Int]) {
        var counts: [Int] = []
        var alive = lengths.count
        for step in 0..<(lengths.first ?? 0) {
            while lengths[alive - 1] <= step { alive -= 1 }
            counts.append(alive)
        }
        self.counts = counts
        offsets = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }

    /// The number of sequences.
    package var sequenceCount: Int { counts.first ?? 0 }

    /// The steps of all sequences together.
    package var rowCount: Int { offsets[counts.count] }
}
