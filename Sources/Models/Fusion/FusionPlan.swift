// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A network that joins what it makes of a sequence, a text, and columns of numbers.
///
/// The parameters lie in the order of the parts, the head's last.
package struct FusionPlan: NetworkPlan, Sendable {
    package typealias Pass = FusionPass<Float>

    /// Columns, and the layers over them; `nil` takes them as they are.
    package struct Columns: Sendable {
        package let name: String
        package let count: Int
        package let stack: LayerStack?

        package init(_ name: String, count: Int, stack: LayerStack?) {
            precondition(
                stack.map { $0.inputWidth == count } ?? true,
                "\(count) columns for a stack of \(stack?.inputWidth ?? 0)")
            self.name = name
            self.count = count
            self.stack = stack
        }

        var outputWidth: Int { stack?.outputWidth ?? count }
    }

    /// Its head gives what stands for a sequence.
    package let sequence: SequencePlan?
    package let text: TextPlan?
    package let columns: [Columns]
    package let head: LayerStack
    package let output: NetworkHead

    /// - Precondition: the head takes the outputs of all parts, and a sequence has one row of them.
    package init(
        sequence: SequencePlan?, text: TextPlan?, columns: [Columns], head: LayerStack,
        output: NetworkHead
    ) {
        self.sequence = sequence
        self.text = text
        self.columns = columns
        self.head = head
        self.output = output
        precondition(
            head.inputWidth == joinedWidth && head.outputWidth == output.width
                && sequence.map { $0.pooling != nil } ?? true,
            "a head of \(head.inputWidth) inputs and \(head.outputWidth) outputs for "
                + "\(joinedWidth) and \(output.width)")
    }

    /// The outputs of each part, in the order in which they are joined.
    package var widths: [Int] {
        [sequence?.head.outputWidth, text?.outputWidth].compactMap { $0 }
            + columns.map { $0.outputWidth }
    }

    package var joinedWidth: Int { widths.reduce(0, +) }

    /// The stacks that have parameters and state, but for that of the sequence.
    private var stacks: [(name: String, stack: LayerStack?)] {
        (text.map { [("text", $0.stack)] } ?? []) + columns.map { ($0.name, $0.stack) }
            + [("head", head)]
    }

    /// What an optimiser walks.
    package var blocks: [ParameterBlock] {
        var blocks = named("sequence", sequence?.blocks ?? [])
        blocks += named("text", text?.sums.blocks ?? [])
        for (name, stack) in stacks { blocks += named(name, stack?.blocks ?? []) }
        return blocks
    }

    private func named(_ part: String, _ blocks: [ParameterBlock]) -> [ParameterBlock] {
        blocks.map {
            ParameterBlock(
                "\(part).\($0.name)", rows: $0.rows, columns: $0.columns, isDecayed: $0.isDecayed)
        }
    }

    package var parameterCount: Int { sumsStart + sumsCount + stackCount }
    package var stateCount: Int {
        (sequence?.head.stateCount ?? 0) + stacks.reduce(0) { $0 + ($1.stack?.stateCount ?? 0) }
    }

    /// Where the sums over terms begin among the parameters, behind the sequence's.
    var sumsStart: Int { sequence?.parameterCount ?? 0 }
    private var sumsCount: Int { text?.sums.parameterCount ?? 0 }
    private var stackCount: Int { stacks.reduce(0) { $0 + ($1.stack?.parameterCount ?? 0) } }

    /// Where the parameters and the state of each stack begin: of the text, the columns, the head.
    var stackStarts: [(parameters: Int, state: Int)] {
        var next = (parameters: sumsStart + sumsCount, state: sequence?.head.stateCount ?? 0)
        return stacks.map { _, stack in
            defer {
                next.parameters += stack?.parameterCount ?? 0
                next.state += stack?.stateCount ?? 0
            }
            return next
        }
    }

    /// The first parameters and state; every part draws from a stream of its own.
    package func initialise<Scalar: RecurrentScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream
    ) {
        sequence?.initialise(parameters, state: state, random: random.child("sequence"))
        text?.sums.initialise(parameters + sumsStart, random: random.child("terms"))
        for (start, part) in zip(stackStarts, stacks) {
            part.stack?.initialise(
                parameters + start.parameters, state: state + start.state,
                random: random.child(part.name))
        }
    }
}
