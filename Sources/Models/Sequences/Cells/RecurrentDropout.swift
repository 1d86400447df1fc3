// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// What is left out at random while a network is trained.
///
/// Between layers every number of every step is drawn anew; what a sequence forgets of its own
/// output is the same at all its steps (Y. Gal and Z. Ghahramani, "A theoretically grounded
/// application of dropout in recurrent neural networks", NIPS 2016, arXiv:1512.05287).
package struct RecurrentDropout: Sendable {
    /// The share of the numbers between two layers that become 0.
    package var betweenLayers: Double
    /// The share of the units whose output does not reach the next step.
    package var recurrent: Double
    /// Where the draws come from.
    package var stream: RandomStream

    package init(betweenLayers: Double, recurrent: Double, stream: RandomStream) {
        self.betweenLayers = betweenLayers
        self.recurrent = recurrent
        self.stream = stream
    }

    /// Fills `mask` with 0 and with what keeps the mean, 1 / (1 - rate).
    static func draw<Scalar: BinaryFloatingPoint>(
        _ mask: UnsafeMutablePointer<Scalar>, _ count: Int, rate: Double,
        from stream: consuming RandomStream
    ) {
        let scale = Scalar(1 / (1 - rate))
        // Two draws of 32 bits from every word.
        let limit = UInt64(rate * 0x1p32)
        for index in stride(from: 0, to: count, by: 2) {
            let word = stream.next()
            mask[index] = word >> 32 < limit ? 0 : scale
            if index + 1 < count { mask[index + 1] = word & 0xFFFF_FFFF < limit ? 0 : scale }
        }
    }
}
