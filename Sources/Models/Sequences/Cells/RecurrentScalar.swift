// SPDX-License-Identifier: Apache-2.0

/// The kernels of recurrent networks; see CCreditSequences.h.
package protocol RecurrentScalar: NetworkScalar {
    /// The columns of a panel.
    static var panelWidth: Int { get }

    /// Packs B (depth x columns), or the transpose of what `b` holds.
    static func packPanels(
        _ depth: Int, _ columns: Int, _ b: UnsafePointer<Self>, _ ldb: Int, transposed: Bool,
        _ panels: UnsafeMutablePointer<Self>)

    /// `C = A B + bias`, or `C += A B`.
    static func panelProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Self>, _ lda: Int,
        _ panels: UnsafePointer<Self>, bias: UnsafePointer<Self>?, accumulate: Bool,
        _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

    /// `C (rows x columns) += Aᵀ B`.
    static func addTransposedProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Self>, _ lda: Int,
        _ b: UnsafePointer<Self>, _ ldb: Int, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

    /// The units of a panel of an LSTM.
    static var stepUnits: Int { get }

    /// Packs an LSTM's weights for ``takeLSTMStep(_:)``.
    static func packLSTM(
        _ inputs: Int, _ hidden: Int, _ kernel: UnsafePointer<Self>,
        _ recurrent: UnsafePointer<Self>, _ bias: UnsafePointer<Self>,
        _ panels: UnsafeMutablePointer<Self>)

    /// A step of an LSTM, products included.
    static func takeLSTMStep(_ step: LSTMStep<Self>)

    /// The derivatives of a step of an LSTM.
    static func lstmStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Self>,
        _ previous: UnsafePointer<Self>, _ previousStride: Int, _ tanhCell: UnsafePointer<Self>,
        _ output: UnsafePointer<Self>, _ outputStride: Int,
        _ carriedOutput: UnsafePointer<Self>, _ carriedCell: UnsafeMutablePointer<Self>)

    /// A step of a GRU.
    static func gruStep(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Self>,
        _ previous: UnsafePointer<Self>, _ previousStride: Int,
        _ output: UnsafeMutablePointer<Self>, _ outputStride: Int)

    /// The derivatives of a step of a GRU.
    static func gruStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Self>,
        _ previous: UnsafePointer<Self>, _ previousStride: Int, _ output: UnsafePointer<Self>,
        _ outputStride: Int, _ carriedOutput: UnsafeMutablePointer<Self>)
}

/// A step of an LSTM for some rows.
package struct LSTMStep<Scalar> {
    var rows, inputs, hidden: Int
    var panels: UnsafePointer<Scalar>
    /// (rows x inputs).
    var input: UnsafePointer<Scalar>
    /// The output and the cell before, `nil` where they are 0.
    var before: UnsafePointer<Scalar>?
    var beforeStride: Int
    var cellBefore: UnsafePointer<Scalar>?
    /// The cell, (rows x hidden), which may be the one before, and the output.
    var cell, output: UnsafeMutablePointer<Scalar>
    var outputStride: Int
    /// What the way back needs: (rows x 4 hidden) and (rows x hidden).
    var gates: UnsafeMutablePointer<Scalar>?
    var tanhCell: UnsafeMutablePointer<Scalar>?
}
