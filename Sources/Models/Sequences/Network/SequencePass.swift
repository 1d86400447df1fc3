// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The way of mini-batches through a network that reads sequences, and back.
///
/// A batch is sorted by length and cut into parts of at most ``partSize`` sequences, which threads
/// take in turn; the parts are the same for every number of threads, and their gradients are added
/// in order.
package final class SequencePass<Scalar: RecurrentScalar>: NetworkPass {
    /// The sequences of one part.
    struct Part {
        /// Positions within the sorted batch.
        var positions: Range<Int>
        /// Those that have any step come first.
        var lengths: [Int]
        var steps: PackedSteps
        /// The first of its rows that the head reads.
        var headStart: Int
    }

    package static var partSize: Int { 32 }

    /// The sequences of a part that only looks: whole tiles of the kernels.
    package static var lookingPartSize: Int { 48 }

    let plan: SequencePlan
    let panels: RecurrentPanels<Scalar>
    private(set) var passes: [RecurrentPass<Scalar>] = []
    /// The softmax of the attention at every step of each part.
    private(set) var attentions: [RecurrentRoom<Scalar>] = []
    private(set) var gradients: [ScalarBuffer<Scalar>] = []
    private(set) var parts: [Part] = []
    let headInput = RecurrentRoom<Scalar>()
    let headInputGradient = RecurrentRoom<Scalar>()
    var workspace: LayerWorkspace<Scalar>?

    /// The rows of the batch, sorted by falling length.
    private(set) var order: [Int] = []

    /// The rows of the head: one for each sequence, or for each step of each.
    package private(set) var targetRows: [Int] = []

    var headRowCount: Int { targetRows.count }

    package init(_ plan: SequencePlan) {
        self.plan = plan
        panels = RecurrentPanels(plan.shape)
    }

    /// Whether the passes keep what the way back needs.
    private(set) var isForBackward = false

    /// Packs `parameters` for the passes that follow, and for ways back if there are to be any.
    package func pack(_ parameters: UnsafePointer<Scalar>, forBackward: Bool) {
        isForBackward = forBackward
        panels.pack(parameters, forBackward: forBackward)
    }

    package func arrange(_ rows: [Int], of source: SequenceSource<Scalar>) {
        arrange(rows, of: source, partSize: Self.partSize)
    }

    /// Arranges the sequences `rows` of `source` as the next batch, in parts of another size.
    func arrange(_ rows: [Int], of source: SequenceSource<Scalar>, partSize: Int) {
        let sorted = rows.enumerated().sorted {
            let (a, b) = (source.length($0.element), source.length($1.element))
            return a == b ? $0.offset < $1.offset : a > b
        }
        order = sorted.map { $0.element }
        parts = []
        targetRows = []
        for start in stride(from: 0, to: order.count, by: partSize) {
            let positions = start..<min(start + partSize, order.count)
            let lengths = positions.map { source.length(order[$0]) }
            let steps = PackedSteps(lengths: Array(lengths.prefix { $0 > 0 }))
            parts.append(
                Part(
                    positions: positions, lengths: lengths, steps: steps, headStart: headRowCount))
            guard plan.pooling == nil else {
                targetRows += order[positions]
                continue
            }
            for (step, count) in steps.counts.enumerated() {
                for row in order[positions].prefix(count) {
                    targetRows.append(source.offsets[row] + step)
                }
            }
        }
        while passes.count < parts.count {
            passes.append(RecurrentPass(plan.shape))
            attentions.append(RecurrentRoom())
        }
        if headRowCount > workspace?.rowLimit ?? -1 {
            workspace = plan.head.workspace(rows: max(headRowCount, 1))
        }
        headInput.reserve(headRowCount * plan.head.inputWidth)
    }

    /// Gradients of their own for the parts of a batch.
    func clearGradients() {
        while gradients.count < parts.count {
            gradients.append(ScalarBuffer(plan.attention.upperBound))
        }
        for index in parts.indices { gradients[index].clear() }
    }

    /// Calls `body` for every part, on several threads.
    func forEachPart(_ body: (Int) -> Void) {
        concurrently(parts.count, minimum: 2, block: 1) { start, count in
            for index in start..<start + count { body(index) }
        }
    }
}
