// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A stack of layers of a fused network with the memory of its passes; without layers it gives what
/// it takes.
final class FusionBranch<Scalar: RecurrentScalar> {
    let stack: LayerStack?
    let inputWidth: Int
    private let parameterStart: Int
    private let stateStart: Int
    private let name: String
    private let inputRoom = RecurrentRoom<Scalar>()
    private let gradientRoom = RecurrentRoom<Scalar>()
    private var workspace: LayerWorkspace<Scalar>?

    init(
        _ name: String, _ stack: LayerStack?, inputWidth: Int,
        start: (parameters: Int, state: Int)
    ) {
        self.name = name
        self.stack = stack
        self.inputWidth = inputWidth
        parameterStart = start.parameters
        stateStart = start.state
    }

    /// Makes room for so many rows.
    func reserve(_ rows: Int) {
        inputRoom.reserve(rows * inputWidth)
        gradientRoom.reserve(rows * inputWidth)
        if let stack, rows > workspace?.rowLimit ?? -1 { workspace = stack.workspace(rows: rows) }
    }

    /// Where the input of the next pass is to be written, (rows x inputs).
    var input: UnsafeMutablePointer<Scalar> { inputRoom.pointer }

    /// The gradient by the input after a way back.
    var inputGradient: UnsafeMutablePointer<Scalar> { gradientRoom.pointer }

    /// Where the gradient by the outputs is to be written.
    var outputGradient: UnsafeMutablePointer<Scalar> {
        workspace?.outputGradient ?? gradientRoom.pointer
    }

    func forward(
        _ rows: Int, parameters: UnsafePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream?
    ) -> UnsafeMutablePointer<Scalar> {
        guard let stack, let workspace else { return input }
        var stream = random?.child(name) ?? RandomStream(seed: 0)
        return withUnsafeMutablePointer(to: &stream) {
            stack.forward(
                input, rows: rows, parameters: parameters + parameterStart,
                state: state + stateStart, workspace: workspace, random: random == nil ? nil : $0)
        }
    }

    func backward(
        _ rows: Int, parameters: UnsafePointer<Scalar>, into gradient: UnsafeMutablePointer<Scalar>
    ) {
        guard let stack, let workspace else { return }
        stack.backward(
            input, rows: rows, parameters: parameters + parameterStart, workspace: workspace,
            outputGradient: workspace.outputGradient, inputGradient: inputGradient,
            gradient: gradient + parameterStart)
    }
}
