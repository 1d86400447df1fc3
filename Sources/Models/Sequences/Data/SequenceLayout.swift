// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// What a network has learned of sequences before its first step: names and scales.
struct SequenceLayout: Hashable, Sendable {
    let stepNames, staticNames: [String]
    let steps, statics: ColumnScaling

    /// Learns from rows, every step of which counts by the row's weight.
    init(_ inputs: SequenceInputs, weights: [Double]) {
        stepNames = inputs.stepNames
        staticNames = inputs.staticNames
        steps = ColumnScaling(
            inputs.sequences.values, weights: inputs.sequences.forEveryStep(weights))
        statics = ColumnScaling(inputs.statics, weights: weights)
    }

    /// The inputs as a network reads them, or a range of their rows.
    func source(_ inputs: SequenceInputs, rows: Range<Int>? = nil) -> SequenceSource<Float> {
        let rows = rows ?? 0..<inputs.count
        let offsets = inputs.sequences.offsets[rows.lowerBound...rows.upperBound]
        let range = offsets[rows.lowerBound]..<offsets[rows.upperBound]
        return SequenceSource(
            values: steps.scaled(inputs.sequences.values, rows: range),
            offsets: offsets.map { $0 - range.lowerBound }, featureCount: stepNames.count,
            statics: statics.scaled(inputs.statics, rows: rows), staticCount: staticNames.count)
    }

    /// The network for these inputs.
    func plan(_ network: SequenceNetwork, output: NetworkHead) -> SequencePlan {
        network.plan(
            stepCount: stepNames.count, staticCount: staticNames.count, output: output)
    }

    /// Refuses inputs of other columns.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`.
    func check(_ inputs: SequenceInputs) throws(ModelError) {
        for (count, names, what) in [
            (inputs.stepNames.count, stepNames, "numbers a step"),
            (inputs.staticNames.count, staticNames, "static columns"),
        ] where count != names.count {
            throw ModelError(.wrongWidth, "\(count) \(what) for a model of \(names.count)")
        }
    }

    /// Refuses inputs of columns with other names.
    ///
    /// - Throws: ``ModelError`` with code `incompatible`.
    func checkNames(_ inputs: SequenceInputs) throws(ModelError) {
        guard inputs.stepNames == stepNames, inputs.staticNames == staticNames else {
            throw ModelError(
                .incompatible,
                "rows of \(inputs.stepNames) with \(inputs.staticNames), for a network of "
                    + "\(stepNames) with \(staticNames)")
        }
    }
}

extension SequenceLayout {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: stepNames)
        encoder.encode(strings: staticNames)
        steps.encode(to: &encoder)
        statics.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        stepNames = try decoder.decodeStrings()
        staticNames = try decoder.decodeStrings()
        steps = try ColumnScaling(from: &decoder, count: stepNames.count)
        statics = try ColumnScaling(from: &decoder, count: staticNames.count)
        guard !stepNames.isEmpty, Set(stepNames).count == stepNames.count else {
            throw decoder.error("the numbers of a step are \(stepNames)")
        }
    }
}

extension SequenceBatch {
    /// What is given for each sequence, once for each of its steps.
    func forEveryStep<Value>(_ values: [Value]) -> [Value] {
        values.indices.flatMap {
            repeatElement(values[$0], count: offsets[$0 + 1] - offsets[$0])
        }
    }
}
