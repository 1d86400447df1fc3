// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Training rows dealt into folds of almost equal size.
///
/// Rows of target 0 and rows of target 1 are spread evenly if there are no others. The rows of each
/// class are shuffled by the child `purpose`, class of the stream of `seed`, joined, and dealt in
/// turn.
package struct TrainingFolds: Sendable {
    /// The fold of each row.
    package let folds: [Int]

    package init(target: [Double], foldCount: Int, seed: UInt64, purpose: String) {
        let stream = RandomStream(seed: seed)
        let isBinary = target.allSatisfy { $0 == 0 || $0 == 1 }
        let groups =
            isBinary
            ? [0.0, 1].map { label in target.indices.filter { target[$0] == label } }
            : [Array(target.indices)]
        var folds = [Int](repeating: 0, count: target.count)
        var next = 0
        for (index, group) in groups.enumerated() {
            var generator = stream.child(purpose, index)
            for position in generator.permutation(group.count) {
                folds[group[position]] = next % foldCount
                next += 1
            }
        }
        self.folds = folds
    }

    /// The rows of `fold` and all others, both ascending.
    func rows(of fold: Int) -> (inside: [Int], outside: [Int]) {
        (
            folds.indices.filter { folds[$0] == fold }, folds.indices.filter { folds[$0] != fold }
        )
    }
}
