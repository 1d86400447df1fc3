// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// What every fitted network that reads sequences holds.
struct SequenceModelCore: Hashable, Sendable {
    let network: SequenceNetwork
    let training: NetworkTraining
    let output: NetworkHead
    let stepNames: [String]
    let staticNames: [String]
    let scaling: SequenceScaling
    let parameters: [Float]
    let state: [Float]
    let history: [TrainingEpoch]

    var plan: SequencePlan {
        network.plan(
            stepCount: stepNames.count, staticCount: staticNames.count, output: output)
    }

    /// Refuses inputs that the network was not fitted to.
    func check(_ inputs: SequenceInputs) throws(ModelError) {
        guard inputs.sequences.featureCount == stepNames.count else {
            throw ModelError(
                .wrongWidth,
                "\(inputs.sequences.featureCount) numbers a step for a model of \(stepNames.count)")
        }
        guard inputs.staticNames.count == staticNames.count else {
            throw ModelError(
                .wrongWidth,
                "\(inputs.staticNames.count) static columns for a model of \(staticNames.count)")
        }
    }

    /// The network's outputs after their link function: one row for each sequence or for each of
    /// its steps, in the order of the inputs.
    func outputs(_ inputs: SequenceInputs) throws(ModelError) -> Matrix<Double> {
        try check(inputs)
        let plan = plan
        let pass = SequencePass<Float>(plan)
        pass.pack(parameters, forBackward: false)
        let width = output.width
        let isStepwise = plan.pooling == nil
        let rows = isStepwise ? inputs.sequences.values.rowCount : inputs.count
        var results = [Double](repeating: 0, count: rows * width)
        let state = ScalarBuffer<Float>(state)
        for first in stride(from: 0, to: inputs.count, by: SequenceProblem.blockSize) {
            let last = min(first + SequenceProblem.blockSize, inputs.count)
            let source = scaling.source(inputs, rows: first..<last)
            pass.arrange(
                Array(0..<last - first), of: source,
                partSize: SequencePass<Float>.lookingPartSize)
            let outputs = pass.forward(source, parameters: parameters, state: state.base)
            output.activate(outputs, rows: pass.headRowCount)
            let start = isStepwise ? inputs.sequences.offsets[first] : first
            var index = 0
            pass.forEachHeadRow { row, step in
                let target = start + (isStepwise ? source.offsets[row] + step : row)
                for column in 0..<width {
                    results[target * width + column] = Double(outputs[index * width + column])
                }
                index += 1
            }
        }
        return Matrix(rowCount: rows, columnCount: width, elements: results)
    }
}

extension SequenceModelCore {
    func encode(to encoder: inout CanonicalEncoder) {
        network.encode(to: &encoder)
        training.encode(to: &encoder)
        encoder.encode(strings: stepNames)
        encoder.encode(strings: staticNames)
        scaling.encode(to: &encoder)
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
        let stepNames = try decoder.decodeStrings()
        let staticNames = try decoder.decodeStrings()
        let scaling = try SequenceScaling(
            from: &decoder, stepCount: stepNames.count, staticCount: staticNames.count)
        guard !stepNames.isEmpty, Set(stepNames).count == stepNames.count else {
            throw decoder.error("the numbers of a step are \(stepNames)")
        }
        let plan = network.plan(
            stepCount: stepNames.count, staticCount: staticNames.count, output: output)
        self.init(
            network: network, training: training, output: output, stepNames: stepNames,
            staticNames: staticNames, scaling: scaling,
            parameters: try decoder.decodeFloats(plan.parameterCount, "parameters"),
            state: try decoder.decodeFloats(plan.head.stateCount, "state numbers"),
            history: try decoder.decodeEpochs(of: training))
    }
}
