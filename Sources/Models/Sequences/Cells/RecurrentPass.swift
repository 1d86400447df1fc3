// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The way of one packed batch through stacked recurrent layers and back.
///
/// The memory is kept between batches. Every row is summed in an order of its own, so its bits do
/// not depend on the other sequences, on their number or on their lengths.
package final class RecurrentPass<Scalar: RecurrentScalar> {
    /// What one layer keeps of one direction for the way back.
    struct Direction {
        let gates = RecurrentRoom<Scalar>()
        let cell = RecurrentRoom<Scalar>()
        let tanhCell = RecurrentRoom<Scalar>()
        /// The output before as the products saw it.
        let before = RecurrentRoom<Scalar>()
        /// What of it reaches the next step, (sequences x hidden).
        let mask = RecurrentRoom<Scalar>()
    }

    /// What one layer keeps.
    struct Layer {
        let output = RecurrentRoom<Scalar>()
        let outputGradient = RecurrentRoom<Scalar>()
        /// The input after dropout, and what was multiplied.
        let input = RecurrentRoom<Scalar>()
        let mask = RecurrentRoom<Scalar>()
    }

    let shape: RecurrentShape
    private(set) var steps = PackedSteps(lengths: [])
    private(set) var dropout: RecurrentDropout?
    let directions: [Direction]
    let layers: [Layer]
    let carriedOutput = RecurrentRoom<Scalar>()
    let carriedCell = RecurrentRoom<Scalar>()
    let product = RecurrentRoom<Scalar>()
    let zeros: RecurrentRoom<Scalar>
    private let inputRoom = RecurrentRoom<Scalar>()
    private let inputGradientRoom = RecurrentRoom<Scalar>()
    /// Outputs and cells before the first step, (layers x sequences x
    /// hidden) of each; one direction.
    var initialOutput: UnsafePointer<Scalar>?
    var initialCell: UnsafePointer<Scalar>?

    package init(_ shape: RecurrentShape) {
        self.shape = shape
        directions = shape.blocks.map { _ in Direction() }
        layers = (0..<shape.layerCount).map { _ in Layer() }
        zeros = RecurrentRoom(shape.hiddenCount)
    }

    /// Makes room for a batch, whose ``input`` is to be filled next.
    package func prepare(_ steps: PackedSteps, dropout: RecurrentDropout? = nil) {
        self.steps = steps
        self.dropout = dropout
        inputRoom.reserve(steps.rowCount * shape.inputCount)
    }

    /// The features of every step, (rows x inputs).
    package var input: UnsafeMutablePointer<Scalar> { inputRoom.pointer }

    /// The outputs of the last layer, (rows x outputs).
    package var output: UnsafePointer<Scalar> {
        UnsafePointer(layers[layers.count - 1].output.pointer)
    }

    /// The derivatives by ``output``, to be filled before the way back.
    package var outputGradient: UnsafeMutablePointer<Scalar> {
        let room = layers[layers.count - 1].outputGradient
        room.reserve(steps.rowCount * shape.outputCount)
        return room.pointer
    }

    /// The derivatives by ``input``, after a way back that was asked for them.
    package var inputGradient: UnsafeMutablePointer<Scalar> {
        inputGradientRoom.reserve(steps.rowCount * shape.inputCount)
        return inputGradientRoom.pointer
    }

    /// What a layer reads.
    func input(of layer: Int) -> UnsafeMutablePointer<Scalar> {
        if layer == 0 { return input }
        return hasMask(layer) ? layers[layer].input.pointer : layers[layer - 1].output.pointer
    }

    /// Whether dropout stands before this layer.
    func hasMask(_ layer: Int) -> Bool {
        layer > 0 && dropout.map { $0.betweenLayers > 0 } ?? false
    }

    /// Whether units forget their output at random.
    var hasRecurrentMask: Bool { dropout.map { $0.recurrent > 0 } ?? false }

    /// The order in which a direction walks, and the step each comes from.
    func walk(backward: Bool) -> [(step: Int, from: Int?)] {
        let count = steps.counts.count
        return backward
            ? (0..<count).reversed().map { ($0, $0 + 1 < count ? $0 + 1 : nil) }
            : (0..<count).map { ($0, $0 > 0 ? $0 - 1 : nil) }
    }
}
