// SPDX-License-Identifier: Apache-2.0

/// The sizes of stacked recurrent layers, and where their parameters lie in one list.
package struct RecurrentShape: Hashable, Sendable {
    /// The parameters of one layer in one direction.
    package struct Block: Hashable, Sendable {
        /// The features of a step.
        package var inputCount: Int
        /// The weights of the input, (inputs x gates * hidden).
        package var kernel: Range<Int>
        /// The weights of the output before, (hidden x gates * hidden).
        package var recurrent: Range<Int>
        /// The constants of the four columns of gates, (4 * hidden).
        package var bias: Range<Int>
    }

    package let cell: RecurrentCell
    package let inputCount: Int
    package let hiddenCount: Int
    package let layerCount: Int
    package let isBidirectional: Bool
    /// Layer by layer, forward before backward.
    package let blocks: [Block]

    package init(
        cell: RecurrentCell, inputCount: Int, hiddenCount: Int, layerCount: Int = 1,
        isBidirectional: Bool = false
    ) {
        self.cell = cell
        self.inputCount = inputCount
        self.hiddenCount = hiddenCount
        self.layerCount = layerCount
        self.isBidirectional = isBidirectional
        var (blocks, start): ([Block], Int) = ([], 0)
        func take(_ count: Int) -> Range<Int> {
            defer { start += count }
            return start..<start + count
        }
        let columns = cell.gateCount * hiddenCount
        let directions = isBidirectional ? 2 : 1
        for layer in 0..<layerCount {
            let inputs = layer == 0 ? inputCount : directions * hiddenCount
            for _ in 0..<directions {
                blocks.append(
                    Block(
                        inputCount: inputs, kernel: take(inputs * columns),
                        recurrent: take(hiddenCount * columns), bias: take(4 * hiddenCount)))
            }
        }
        self.blocks = blocks
    }

    package var directionCount: Int { isBidirectional ? 2 : 1 }

    /// The columns of the weights.
    package var columnCount: Int { cell.gateCount * hiddenCount }

    /// The numbers of a step's output.
    package var outputCount: Int { directionCount * hiddenCount }

    package var parameterCount: Int { blocks[blocks.count - 1].bias.upperBound }
}
