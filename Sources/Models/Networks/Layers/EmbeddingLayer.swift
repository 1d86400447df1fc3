// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Learned vectors in the place of columns of codes; every other column is a vector of itself.
///
/// The output has a part for every input column, in column order. A code is a whole number below
/// the number of levels; any other value, such as a level that training has not seen, gives zeros.
package struct EmbeddingLayer: NetworkLayer {
    package let inputWidth: Int
    package let outputWidth: Int

    /// The columns of codes.
    private let shapes: [EmbeddingShape]

    /// Runs of other columns: from, to and how many.
    private let plain: [(from: Int, to: Int, count: Int)]

    /// - Parameter columns: the number of levels and the width of the vectors of each column of
    ///   codes, and `nil` for the others.
    package init(_ columns: [(levels: Int, width: Int)?]) {
        inputWidth = columns.count
        let outputs = columns.reduce(0) { $0 + ($1?.width ?? 1) }
        outputWidth = outputs
        var shapes: [EmbeddingShape] = []
        var plain: [(from: Int, to: Int, count: Int)] = []
        var start = 0
        for (index, column) in columns.enumerated() {
            if let column {
                shapes.append(
                    EmbeddingShape(
                        inputs: columns.count, outputs: outputs, column: index,
                        levels: column.levels, width: column.width, start: start))
                start += column.width
            } else {
                if let last = plain.last, last.from + last.count == index {
                    plain[plain.count - 1].count += 1
                } else {
                    plain.append((index, start, 1))
                }
                start += 1
            }
        }
        self.shapes = shapes
        self.plain = plain
    }

    package var blocks: [ParameterBlock] {
        shapes.map {
            ParameterBlock(
                "table\($0.column)", rows: $0.levels, columns: $0.width, isDecayed: true)
        }
    }

    package func initialise<Scalar: NetworkScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        using random: inout RandomStream
    ) {
        var next = parameters
        for shape in shapes {
            // Every output is then about as large as a standardised column.
            for index in 0..<(shape.levels * shape.width) { next[index] = Scalar(random.normal()) }
            next += shape.levels * shape.width
        }
    }

    package func forward<Scalar: NetworkScalar>(_ pass: ForwardPass<Scalar>) {
        for run in plain {
            for row in 0..<pass.rows {
                (pass.output + row * outputWidth + run.to).update(
                    from: pass.input + row * inputWidth + run.from, count: run.count)
            }
        }
        var table = pass.parameters
        for shape in shapes {
            Scalar._embed(shape, pass.rows, table, pass.input, pass.output)
            table += shape.levels * shape.width
        }
    }

    package func backward<Scalar: NetworkScalar>(_ pass: BackwardPass<Scalar>) {
        var table = pass.gradient
        for shape in shapes {
            Scalar._embedGradient(shape, pass.rows, pass.input, pass.outputGradient, table)
            table += shape.levels * shape.width
        }
        guard let inputGradient = pass.inputGradient else { return }
        // A code has no slope.
        inputGradient.update(repeating: 0, count: pass.rows * inputWidth)
        for run in plain {
            for row in 0..<pass.rows {
                (inputGradient + row * inputWidth + run.from).update(
                    from: pass.outputGradient + row * outputWidth + run.to, count: run.count)
            }
        }
    }
}

/// Where the codes of an embedding come from and where its vectors go.
package struct EmbeddingShape: Hashable, Sendable {
    /// Columns of the whole input and output.
    var inputs: Int
    var outputs: Int
    var column: Int
    var levels: Int
    var width: Int
    /// The first output column.
    var start: Int
}
