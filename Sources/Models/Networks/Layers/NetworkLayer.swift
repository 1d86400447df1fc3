// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A part of a network with an explicit forward and backward pass over rows.
///
/// A layer is a value that knows its widths only; its parameters, their gradients and its state lie
/// in flat buffers of the network, which an optimiser walks in one go.
package protocol NetworkLayer: Sendable {
    /// Columns of the input.
    var inputWidth: Int { get }

    /// Columns of the output.
    var outputWidth: Int { get }

    /// The parameters, in the order in which they lie in the buffer.
    var blocks: [ParameterBlock] { get }

    /// Numbers that are learned from the rows but not by gradients, such as running means.
    var stateCount: Int { get }

    /// Numbers that the backward pass needs besides the input and output.
    func cacheCount(rows: Int) -> Int

    /// Sets the first parameters and the first state.
    func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream)

    /// Calculates the outputs.
    func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>)

    /// Adds to the gradient of the parameters and calculates that of the inputs.
    func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>)
}

extension NetworkLayer {
    package var blocks: [ParameterBlock] { [] }
    package var stateCount: Int { 0 }
    package func cacheCount(rows: Int) -> Int { 0 }
    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream
    ) {}

    /// The number of parameters.
    package var parameterCount: Int { blocks.reduce(0) { $0 + $1.count } }
}

/// Consecutive parameters of one purpose.
package struct ParameterBlock: Hashable, Sendable {
    /// The purpose, such as `weights`.
    package var name: String

    /// The shape; a vector has one row.
    package var rows: Int
    package var columns: Int

    /// Whether weight decay applies: to weights, not to offsets and scales.
    package var isDecayed: Bool

    package init(_ name: String, rows: Int = 1, columns: Int, isDecayed: Bool = false) {
        self.name = name
        self.rows = rows
        self.columns = columns
        self.isDecayed = isDecayed
    }

    package var count: Int { rows * columns }
}

/// The buffers of one layer's forward pass.
package struct ForwardPass<Scalar: NetworkScalar> {
    package var rows: Int

    /// (rows x inputs).
    package var input: UnsafePointer<Scalar>

    /// (rows x outputs).
    package var output: UnsafeMutablePointer<Scalar>
    package var parameters: UnsafePointer<Scalar>
    package var state: UnsafeMutablePointer<Scalar>
    package var cache: UnsafeMutablePointer<Scalar>

    /// The source of random numbers in training, `nil` otherwise: then every row's output depends
    /// on that row alone, to the last bit.
    package var random: UnsafeMutablePointer<RandomStream>?

    package var isTraining: Bool { random != nil }
}

/// The buffers of one layer's backward pass, after the forward pass of the same rows.
package struct BackwardPass<Scalar: NetworkScalar> {
    package var rows: Int
    package var input: UnsafePointer<Scalar>
    package var output: UnsafePointer<Scalar>
    package var parameters: UnsafePointer<Scalar>
    package var cache: UnsafeMutablePointer<Scalar>

    /// (rows x outputs); the pass may overwrite it.
    package var outputGradient: UnsafeMutablePointer<Scalar>

    /// (rows x inputs), to be written; `nil` where nobody needs it.
    package var inputGradient: UnsafeMutablePointer<Scalar>?

    /// The gradient of the parameters, to be added to.
    package var gradient: UnsafeMutablePointer<Scalar>
}
