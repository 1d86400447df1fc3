// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A network whose rows are of any length or of several parts.
package protocol NetworkPlan {
    /// Its way of batches of single precision.
    associatedtype Pass: NetworkPass<Self, Float>

    /// What an optimiser walks.
    var blocks: [ParameterBlock] { get }

    /// Numbers that are learned, but not by gradients.
    var stateCount: Int { get }

    /// What is made of the outputs.
    var output: NetworkHead { get }

    /// Sets the first parameters and the first state.
    func initialise<Scalar: RecurrentScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream)
}

/// The way of mini-batches through a network, and back.
package protocol NetworkPass<Plan, Scalar>: AnyObject {
    associatedtype Plan
    associatedtype Scalar: RecurrentScalar
    /// All rows, as the network reads them.
    associatedtype Source

    init(_ plan: Plan)

    /// Packs `parameters` for the passes that follow, and for ways back if there are to be any.
    func pack(_ parameters: UnsafePointer<Scalar>, forBackward: Bool)

    /// Arranges the rows of `source` as the next batch.
    func arrange(_ rows: [Int], of source: Source)

    /// Which target belongs to each row of outputs of the arranged batch.
    var targetRows: [Int] { get }

    /// The outputs of the arranged batch, which lie here until the next pass.
    ///
    /// - Parameters:
    ///   - parameters: those that were packed.
    ///   - random: in training the source of random numbers, otherwise `nil`; then the outputs of a
    ///     row do not depend on the others, to the last bit.
    func forward(
        _ source: Source, parameters: UnsafePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream?
    ) -> UnsafeMutablePointer<Scalar>

    /// Where the gradient by the outputs of the last pass is to be written.
    var outputGradient: UnsafeMutablePointer<Scalar> { get }

    /// Adds the derivatives by all parameters to `gradient`, given ``outputGradient``.
    func backward(
        _ source: Source, parameters: UnsafePointer<Scalar>,
        into gradient: UnsafeMutablePointer<Scalar>)
}

extension NetworkPass {
    /// The rows of a batch that is only looked at.
    static var blockSize: Int { 768 }
}
