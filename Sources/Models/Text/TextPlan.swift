// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// A network that reads texts: sums over their terms and the layers above.
package struct TextPlan: Sendable {
    package let sums: TermSums
    /// `nil` gives the sums.
    package let stack: LayerStack?

    package init(sums: TermSums, stack: LayerStack?) {
        self.sums = sums
        self.stack = stack
    }

    package var outputWidth: Int { stack?.outputWidth ?? sums.width }
}

/// `x W + b` for rows `x` of few terms.
package struct TermSums: Sendable {
    package let termCount: Int
    package let width: Int
    package let hasOffsets: Bool

    package init(termCount: Int, width: Int, hasOffsets: Bool) {
        self.termCount = termCount
        self.width = width
        self.hasOffsets = hasOffsets
    }

    /// W (terms x width), then b where there are offsets.
    package var blocks: [ParameterBlock] {
        [ParameterBlock("terms", rows: termCount, columns: width, isDecayed: true)]
            + (hasOffsets ? [ParameterBlock("offsets", columns: width)] : [])
    }

    package var parameterCount: Int { blocks.reduce(0) { $0 + $1.count } }

    private var offsetStart: Int { termCount * width }

    /// Weights uniform within `1 / sqrt(width)`, offsets of 0.
    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, random: RandomStream
    ) {
        let bound = 1 / Double(width).squareRoot()
        var stream = random
        for index in 0..<offsetStart {
            parameters[index] = Scalar((2 * stream.uniform() - 1) * bound)
        }
        if hasOffsets { (parameters + offsetStart).update(repeating: 0, count: width) }
    }

    /// The sums of `rows`, in their order; those of a row depend on it alone, to the last bit.
    package func forward<Scalar: NetworkScalar>(
        _ rows: [Int], of source: TermRows<Scalar>, parameters: UnsafePointer<Scalar>,
        output: UnsafeMutablePointer<Scalar>
    ) {
        for (index, row) in rows.enumerated() {
            let sum = output + index * width
            if hasOffsets {
                sum.update(from: parameters + offsetStart, count: width)
            } else {
                sum.update(repeating: 0, count: width)
            }
            for entry in source.offsets[row]..<source.offsets[row + 1] {
                Scalar._accumulate(
                    width, source.values[entry], parameters + source.columns[entry] * width, sum)
            }
        }
    }

    /// Adds the derivatives by the parameters, given those by the sums.
    package func backward<Scalar: NetworkScalar>(
        _ rows: [Int], of source: TermRows<Scalar>, outputGradient: UnsafePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>
    ) {
        for (index, row) in rows.enumerated() {
            for entry in source.offsets[row]..<source.offsets[row + 1] {
                Scalar._accumulate(
                    width, source.values[entry], outputGradient + index * width,
                    gradient + source.columns[entry] * width)
            }
        }
        if hasOffsets {
            Scalar._addColumnSums(rows.count, width, outputGradient, gradient + offsetStart)
        }
    }
}
