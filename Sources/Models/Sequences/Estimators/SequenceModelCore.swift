// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// What every fitted network that reads sequences holds.
struct SequenceModelCore: Hashable, Sendable {
    let network: SequenceNetwork
    let training: NetworkTraining
    let output: NetworkHead
    let layout: SequenceLayout
    let parameters: [Float]
    let state: [Float]
    let history: [TrainingEpoch]

    var plan: SequencePlan { layout.plan(network, output: output) }

    /// The network's outputs after their link function (rows x outputs), a row for each sequence or
    /// for each of its steps, in the order of the inputs.
    func outputs(_ inputs: SequenceInputs) throws(ModelError) -> [Double] {
        try layout.check(inputs)
        let plan = plan
        let pass = SequencePass<Float>(plan)
        pass.pack(parameters, forBackward: false)
        let width = output.width
        let isStepwise = plan.pooling == nil
        let rows = isStepwise ? inputs.sequences.values.rowCount : inputs.count
        var results = [Double](repeating: 0, count: rows * width)
        let state = ScalarBuffer<Float>(state)
        for first in stride(from: 0, to: inputs.count, by: SequencePass<Float>.blockSize) {
            let last = min(first + SequencePass<Float>.blockSize, inputs.count)
            let source = layout.source(inputs, rows: first..<last)
            pass.arrange(
                Array(0..<last - first), of: source,
                partSize: SequencePass<Float>.lookingPartSize)
            let outputs = pass.forward(source, parameters: parameters, state: state.base)
            output.activate(outputs, rows: pass.headRowCount)
            let start = isStepwise ? inputs.sequences.offsets[first] : first
            for (index, row) in pass.targetRows.enumerated() {
                for column in 0..<width {
                    let value = outputs[index * width + column]
                    results[(start + row) * width + column] = Double(value)
                }
            }
        }
        return results
    }
}

extension SequenceModelCore {
    func encode(to encoder: inout CanonicalEncoder) {
        network.encode(to: &encoder)
        training.encode(to: &encoder)
        layout.encode(to: &encoder)
        encoder.encode(parameters)
        encoder.encode(state)
        encoder.encode(epochs: history)
    }

    init(
        from decoder: inout CanonicalDecoder, output: NetworkHead
    ) throws(CanonicalDecodingError) {
        let network = try SequenceNetwork(from: &decoder)
        let training = try NetworkTraining(from: &decoder)
        do { try training.validate() } catch { throw decoder.error(error.message) }
        let layout = try SequenceLayout(from: &decoder)
        let plan = layout.plan(network, output: output)
        self.init(
            network: network, training: training, output: output, layout: layout,
            parameters: try decoder.decodeFloats(plan.parameterCount, "parameters"),
            state: try decoder.decodeFloats(plan.head.stateCount, "state numbers"),
            history: try decoder.decodeEpochs(of: training))
    }
}
