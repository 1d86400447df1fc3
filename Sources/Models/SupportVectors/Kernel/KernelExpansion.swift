// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Weighted sums of the kernel values of new rows with the support vectors.
///
/// A sum has the same bits for a row alone and in any batch, for any number of threads and every
/// BLAS.
struct KernelExpansion: Equatable, Sendable {
    /// Where the kernel values come from.
    enum Origin: Equatable, Sendable {
        /// Of a row with the vectors (vectors x features).
        case computed(RowKernel, vectors: Matrix<Double>)
        /// The columns of the new rows.
        case given(columns: [Int])
    }

    let origin: Origin
    /// For each machine a factor of every vector (machines x vectors).
    let coefficients: Matrix<Double>
    /// What is added to the sum of each machine.
    let intercepts: [Double]
    private let panels: RowPanels?

    init(_ origin: Origin, coefficients: Matrix<Double>, intercepts: [Double]) {
        self.origin = origin
        self.coefficients = coefficients
        self.intercepts = intercepts
        if case .computed(_, let vectors) = origin {
            panels = RowPanels(vectors, rows: 0..<vectors.rowCount)
        } else {
            panels = nil
        }
    }

    /// The machines over the rows of `source` at `rows`.
    init(_ source: KernelSource, rows: [Int], coefficients: Matrix<Double>, intercepts: [Double]) {
        let origin: Origin =
            source.kernel.map { .computed($0, vectors: source.matrix.gatheringRows(rows)) }
            ?? .given(columns: rows)
        self.init(origin, coefficients: coefficients, intercepts: intercepts)
    }

    static func == (a: KernelExpansion, b: KernelExpansion) -> Bool {
        a.origin == b.origin && a.coefficients == b.coefficients && a.intercepts == b.intercepts
    }

    /// The number of support vectors.
    var count: Int { coefficients.columnCount }

    /// The sum of every machine (rows x machines).
    func values(_ features: Matrix<Double>) -> Matrix<Double> {
        let (rows, width) = (features.rowCount, features.columnCount)
        let minimum = max(2, 300_000 / (count * (width + 16) + 1))
        // Without support vectors there is nothing to add.
        var elements = (0..<rows).flatMap { _ in intercepts }
        elements.withUnsafeMutableBufferPointer { output in
            guard let output = output.baseAddress else { return }
            features.withElements { features in
                concurrently(rows, minimum: minimum, block: 1) { start, length in
                    write(features, width: width, start..<start + length, to: output)
                }
            }
        }
        return Matrix(rowCount: rows, columnCount: intercepts.count, elements: elements)
    }

    private func write(
        _ features: UnsafePointer<Double>, width: Int, _ rows: Range<Int>,
        to output: UnsafeMutablePointer<Double>
    ) {
        // Kernel values of some rows at a time read the vectors once.
        let most = 4
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(most * count, 1)) { buffer in
            guard let values = buffer.baseAddress else { return }
            coefficients.withElements { factors in
                for first in stride(from: rows.lowerBound, to: rows.upperBound, by: most) {
                    let numbers = Array(0..<min(most, rows.upperBound - first))
                    let features = features + first * width
                    switch origin {
                    case .given(let columns):
                        for number in numbers {
                            for (position, column) in columns.enumerated() {
                                values[number * count + position] =
                                    features[number * width + column]
                            }
                        }
                    case .computed(let kernel, _):
                        panels?.write(kernel, of: features, numbers, to: values)
                    }
                    for number in numbers {
                        for machine in intercepts.indices {
                            output[(first + number) * intercepts.count + machine] =
                                Double._orderedDot(
                                    count, factors + machine * count, values + number * count)
                                + intercepts[machine]
                        }
                    }
                }
            }
        }
    }
}
