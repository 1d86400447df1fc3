// SPDX-License-Identifier: Apache-2.0

/// The weights of all layers as products read them: packed once, used by every step of a batch.
package final class RecurrentPanels<Scalar: RecurrentScalar> {
    struct Block {
        /// All weights of an LSTM.
        let lstm: RecurrentRoom<Scalar>
        /// Those of a GRU.
        let kernel, recurrent, bias: RecurrentRoom<Scalar>
        /// For the derivatives by the inputs and by the output before.
        let kernelTransposed, recurrentTransposed: RecurrentRoom<Scalar>
    }

    let shape: RecurrentShape
    let blocks: [Block]

    package init(_ shape: RecurrentShape) {
        self.shape = shape
        func panels(_ depth: Int, _ columns: Int) -> RecurrentRoom<Scalar> {
            let width = Scalar.panelWidth
            return RecurrentRoom(depth * ((columns + width - 1) / width) * width)
        }
        let (hidden, columns) = (shape.hiddenCount, shape.columnCount)
        let isLSTM = shape.cell == .lstm
        let units = (hidden + Scalar.stepUnits - 1) / Scalar.stepUnits * Scalar.stepUnits
        blocks = shape.blocks.map {
            Block(
                lstm: RecurrentRoom(isLSTM ? (1 + $0.inputCount + hidden) * 4 * units : 0),
                kernel: isLSTM ? RecurrentRoom() : panels($0.inputCount, columns),
                recurrent: isLSTM ? RecurrentRoom() : panels(hidden, columns),
                bias: RecurrentRoom(isLSTM ? 0 : 4 * hidden),
                kernelTransposed: panels(columns, $0.inputCount),
                recurrentTransposed: panels(columns, hidden))
        }
    }

    /// Packs `parameters`, and what a backward pass needs of them if there is to be one.
    package func pack(_ parameters: UnsafePointer<Scalar>, forBackward: Bool) {
        let (hidden, columns) = (shape.hiddenCount, shape.columnCount)
        for (layout, block) in zip(shape.blocks, blocks) {
            let kernel = parameters + layout.kernel.lowerBound
            let recurrent = parameters + layout.recurrent.lowerBound
            let bias = parameters + layout.bias.lowerBound
            switch shape.cell {
            case .lstm:
                Scalar.packLSTM(
                    layout.inputCount, hidden, kernel, recurrent, bias, block.lstm.pointer)
            case .gru:
                block.bias.pointer.update(from: bias, count: 4 * hidden)
                Scalar.packPanels(
                    layout.inputCount, columns, kernel, columns, transposed: false,
                    block.kernel.pointer)
                Scalar.packPanels(
                    hidden, columns, recurrent, columns, transposed: false,
                    block.recurrent.pointer)
            }
            guard forBackward else { continue }
            Scalar.packPanels(
                columns, layout.inputCount, kernel, columns, transposed: true,
                block.kernelTransposed.pointer)
            Scalar.packPanels(
                columns, hidden, recurrent, columns, transposed: true,
                block.recurrentTransposed.pointer)
        }
    }
}
