// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double: RecurrentScalar {
    package static var panelWidth: Int { Int(CREDIT_PANEL_F64) }

    package static func packPanels(
        _ depth: Int, _ columns: Int, _ b: UnsafePointer<Double>, _ ldb: Int, transposed: Bool,
        _ panels: UnsafeMutablePointer<Double>
    ) {
        credit_pack_panels_f64(depth, columns, b, ldb, transposed, panels)
    }

    package static func panelProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Double>, _ lda: Int,
        _ panels: UnsafePointer<Double>, bias: UnsafePointer<Double>?, accumulate: Bool,
        _ c: UnsafeMutablePointer<Double>, _ ldc: Int
    ) {
        credit_panel_product_f64(
            rows, columns, depth, a, lda, panels, bias, accumulate, c, ldc)
    }

    package static func addTransposedProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Double>, _ lda: Int,
        _ b: UnsafePointer<Double>, _ ldb: Int, _ c: UnsafeMutablePointer<Double>, _ ldc: Int
    ) {
        credit_add_transposed_product_f64(rows, columns, depth, a, lda, b, ldb, c, ldc)
    }

    package static var stepUnits: Int { Int(CREDIT_STEP_UNITS_F64) }

    package static func packLSTM(
        _ inputs: Int, _ hidden: Int, _ kernel: UnsafePointer<Double>,
        _ recurrent: UnsafePointer<Double>, _ bias: UnsafePointer<Double>,
        _ panels: UnsafeMutablePointer<Double>
    ) {
        credit_pack_lstm_f64(inputs, hidden, kernel, recurrent, bias, panels)
    }

    package static func takeLSTMStep(_ step: LSTMStep<Double>) {
        var step = credit_lstm_step_f64(
            rows: step.rows, inputs: step.inputs, hidden: step.hidden, panels: step.panels,
            input: step.input, before: step.before, before_stride: step.beforeStride,
            cell_before: step.cellBefore, cell: step.cell, output: step.output,
            output_stride: step.outputStride, gates: step.gates, tanh_cell: step.tanhCell)
        credit_take_lstm_step_f64(&step)
    }

    package static func lstmStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Double>,
        _ previous: UnsafePointer<Double>, _ previousStride: Int,
        _ tanhCell: UnsafePointer<Double>, _ output: UnsafePointer<Double>,
        _ outputStride: Int, _ carriedOutput: UnsafePointer<Double>,
        _ carriedCell: UnsafeMutablePointer<Double>
    ) {
        credit_lstm_step_back_f64(
            rows, hidden, gates, previous, previousStride, tanhCell, output, outputStride,
            carriedOutput, carriedCell)
    }

    package static func gruStep(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Double>,
        _ previous: UnsafePointer<Double>, _ previousStride: Int,
        _ output: UnsafeMutablePointer<Double>, _ outputStride: Int
    ) {
        credit_gru_step_f64(
            rows, hidden, gates, previous, previousStride, output, outputStride)
    }

    package static func gruStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Double>,
        _ previous: UnsafePointer<Double>, _ previousStride: Int,
        _ output: UnsafePointer<Double>, _ outputStride: Int,
        _ carriedOutput: UnsafeMutablePointer<Double>
    ) {
        credit_gru_step_back_f64(
            rows, hidden, gates, previous, previousStride, output, outputStride, carriedOutput)
    }
}
