// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A network that reads sequences: recurrent layers, a pooling, and dense layers over what was pooled
/// and over what is known once for each sequence.
package struct SequencePlan: NetworkPlan, Sendable {
    package typealias Pass = SequencePass<Float>

    package let shape: RecurrentShape
    /// `nil` gives outputs at every step.
    package let pooling: SequencePooling?
    package let staticCount: Int
    package let head: LayerStack
    package let output: NetworkHead
    package let truncation: Int?
    package let betweenLayers: Double
    package let recurrentDropout: Double
    /// What is added to the first offsets of an LSTM's forget gates.
    package let forgetOffset: Double

    /// - Precondition: the head takes the recurrent outputs and the static values.
    package init(
        shape: RecurrentShape, pooling: SequencePooling?, staticCount: Int, head: LayerStack,
        output: NetworkHead, truncation: Int? = nil, betweenLayers: Double = 0,
        recurrentDropout: Double = 0, forgetOffset: Double = 0
    ) {
        precondition(
            head.inputWidth == shape.outputCount + staticCount,
            "a head of \(head.inputWidth) inputs for \(shape.outputCount) + \(staticCount)")
        self.shape = shape
        self.pooling = pooling
        self.staticCount = staticCount
        self.head = head
        self.output = output
        self.truncation = truncation
        self.betweenLayers = betweenLayers
        self.recurrentDropout = recurrentDropout
        self.forgetOffset = forgetOffset
    }

    /// The weights of the attention among the parameters, which follow those of the cells.
    package var attention: Range<Int> {
        let start = shape.parameterCount
        return start..<start + (pooling == .attention ? shape.outputCount : 0)
    }

    package var stateCount: Int { head.stateCount }
    package var parameterCount: Int { attention.upperBound + head.parameterCount }

    /// What an optimiser walks.
    package var blocks: [ParameterBlock] {
        var blocks: [ParameterBlock] = []
        let columns = shape.columnCount
        for (index, block) in shape.blocks.enumerated() {
            blocks += [
                ParameterBlock(
                    "recurrent.\(index).input", rows: block.inputCount, columns: columns,
                    isDecayed: true),
                ParameterBlock(
                    "recurrent.\(index).output", rows: shape.hiddenCount, columns: columns,
                    isDecayed: true),
                ParameterBlock("recurrent.\(index).offsets", columns: block.bias.count),
            ]
        }
        if !attention.isEmpty {
            blocks.append(ParameterBlock("attention", columns: attention.count, isDecayed: true))
        }
        return blocks
            + head.blocks.map {
                ParameterBlock(
                    "head.\($0.name)", rows: $0.rows, columns: $0.columns, isDecayed: $0.isDecayed)
            }
    }

    /// The first parameters: uniform within `1 / sqrt(hidden)` in the cells.
    package func initialise<Scalar: RecurrentScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream
    ) {
        let bound = 1 / Double(shape.hiddenCount).squareRoot()
        var stream = random.child("recurrent")
        for index in 0..<attention.upperBound {
            parameters[index] = Scalar((2 * stream.uniform() - 1) * bound)
        }
        if shape.cell == .lstm {
            for block in shape.blocks {
                let forget = block.bias.lowerBound + shape.hiddenCount
                for index in forget..<forget + shape.hiddenCount {
                    parameters[index] += Scalar(forgetOffset)
                }
            }
        }
        head.initialise(
            parameters + attention.upperBound, state: state, random: random.child("head"))
    }
}
