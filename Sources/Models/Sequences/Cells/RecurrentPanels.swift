// SPDX-License-Identifier: Apache-2.0

/// The weights of all layers as products read them: packed once, used by every step of a batch.
package final class RecurrentPanels<Scalar: RecurrentScalar> {
    struct Block {
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
        blocks = shape.blocks.map {
            Block(
                kernel: panels($0.inputCount, columns), recurrent: panels(hidden, columns),
                bias: RecurrentRoom(4 * hidden), kernelTransposed: panels(columns, $0.inputCount),
                recurrentTransposed: panels(columns, hidden))
        }
    }

    /// Packs `parameters`, and what a backward pass needs of them if there is to be one.
    package func pack(_ parameters: UnsafePointer<Scalar>, forBackward: Bool) {
        let (hidden, columns) = (shape.hiddenCount, shape.columnCount)
        for (layout, block) in zip(shape.blocks, blocks) {
            let kernel = parameters + layout.kernel.lowerBound
            let recurrent = parameters + layout.recurrent.lowerBound
            block.bias.pointer.update(
                from: parameters + layout.bias.lowerBound, count: 4 * hidden)
            Scalar.packPanels(
                layout.inputCount, columns, kernel, columns, transposed: false,
                block.kernel.pointer)
            Scalar.packPanels(
                hidden, columns, recurrent, columns, transposed: false, block.recurrent.pointer)
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
