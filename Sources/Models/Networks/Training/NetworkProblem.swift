// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A network, its training rows and its validation rows, as a trainer sees them.
package protocol NetworkProblem<Scalar> {
    associatedtype Scalar: NetworkScalar

    /// The parameters, in the order in which they lie in the buffer.
    var blocks: [ParameterBlock] { get }

    /// Numbers that are learned, but not by gradients.
    var stateCount: Int { get }

    /// The number of training rows, or sequences.
    var rowCount: Int { get }

    /// Sets the first parameters and the first state.
    func initialise(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream)

    /// Adds the gradient of the sum of the weighted losses of `rows` to `gradient`.
    ///
    /// - Parameter random: the numbers of this batch.
    func accumulate(
        _ rows: UnsafeBufferPointer<Int>, parameters: UnsafePointer<Scalar>,
        state: UnsafeMutablePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
        random: UnsafeMutablePointer<RandomStream>
    ) -> LossSum

    /// The sum of the weighted losses of the validation rows; `nil` where there are none.
    func validate(
        parameters: UnsafePointer<Scalar>, state: UnsafeMutablePointer<Scalar>
    ) -> LossSum?
}

extension NetworkProblem {
    package var parameterCount: Int { blocks.reduce(0) { $0 + $1.count } }
}

/// A sum of weighted losses and the sum of the weights.
package struct LossSum: Hashable, Sendable {
    package var loss: Double
    package var weight: Double

    package init(loss: Double = 0, weight: Double = 0) {
        self.loss = loss
        self.weight = weight
    }

    package static func += (a: inout LossSum, b: LossSum) {
        a.loss += b.loss
        a.weight += b.weight
    }

    package var mean: Double { loss / weight }
}
