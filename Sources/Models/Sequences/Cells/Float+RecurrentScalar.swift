// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float: RecurrentScalar {
    package static var panelWidth: Int { Int(CREDIT_PANEL_F32) }

    package static func packPanels(
        _ depth: Int, _ columns: Int, _ b: UnsafePointer<Float>, _ ldb: Int, transposed: Bool,
        _ panels: UnsafeMutablePointer<Float>
    ) {
        credit_pack_panels_f32(depth, columns, b, ldb, transposed, panels)
    }

    package static func panelProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Float>, _ lda: Int,
        _ panels: UnsafePointer<Float>, bias: UnsafePointer<Float>?, accumulate: Bool,
        _ c: UnsafeMutablePointer<Float>, _ ldc: Int
    ) {
        credit_panel_product_f32(
            rows, columns, depth, a, lda, panels, bias, accumulate, c, ldc)
    }

    package static func addTransposedProduct(
        _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Float>, _ lda: Int,
        _ b: UnsafePointer<Float>, _ ldb: Int, _ c: UnsafeMutablePointer<Float>, _ ldc: Int
    ) {
        credit_add_transposed_product_f32(rows, columns, depth, a, lda, b, ldb, c, ldc)
    }

    package static var stepUnits: Int { Int(CREDIT_STEP_UNITS_F32) }

    package static func packLSTM(
        _ inputs: Int, _ hidden: Int, _ kernel: UnsafePointer<Float>,
        _ recurrent: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
        _ panels: UnsafeMutablePointer<Float>
    ) {
        credit_pack_lstm_f32(inputs, hidden, kernel, recurrent, bias, panels)
    }

    package static func takeLSTMStep(_ step: LSTMStep<Float>) {
        var step = credit_lstm_step_f32(
            rows: step.rows, inputs: step.inputs, hidden: step.hidden, panels: step.panels,
            input: step.input, before: step.before, before_stride: step.beforeStride,
            cell_before: step.cellBefore, cell: step.cell, output: step.output,
            output_stride: step.outputStride, gates: step.gates, tanh_cell: step.tanhCell)
        credit_take_lstm_step_f32(&step)
    }

    package static func lstmStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Float>,
        _ previous: UnsafePointer<Float>, _ previousStride: Int,
        _ tanhCell: UnsafePointer<Float>, _ output: UnsafePointer<Float>,
        _ outputStride: Int, _ carriedOutput: UnsafePointer<Float>,
        _ carriedCell: UnsafeMutablePointer<Float>
    ) {
        credit_lstm_step_back_f32(
            rows, hidden, gates, previous, previousStride, tanhCell, output, outputStride,
            carriedOutput, carriedCell)
    }

    package static func gruStep(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Float>,
        _ previous: UnsafePointer<Float>, _ previousStride: Int,
        _ output: UnsafeMutablePointer<Float>, _ outputStride: Int
    ) {
        credit_gru_step_f32(
            rows, hidden, gates, previous, previousStride, output, outputStride)
    }

    package static func gruStepBack(
        _ rows: Int, _ hidden: Int, _ gates: UnsafeMutablePointer<Float>,
        _ previous: UnsafePointer<Float>, _ previousStride: Int,
        _ output: UnsafePointer<Float>, _ outputStride: Int,
        _ carriedOutput: UnsafeMutablePointer<Float>
    ) {
        credit_gru_step_back_f32(
            rows, hidden, gates, previous, previousStride, output, outputStride, carriedOutput)
    }
}
