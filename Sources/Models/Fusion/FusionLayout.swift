// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// What a fused network has learned of its inputs before its first step: classes, names, scales and
/// the vocabulary.
struct FusionLayout: Hashable, Sendable {
    /// The columns of a part, and what is taken out of them.
    struct Columns: Hashable, Sendable {
        let names: [String]
        let scaling: ColumnScaling
    }

    let classes: [String]
    /// `nil` for parts that the network does not read.
    let steps: Columns?
    let terms: FittedTerms?
    let network: Columns?
    let statics: Columns?

    init(
        classes: [String], steps: Columns?, terms: FittedTerms?, network: Columns?,
        statics: Columns?
    ) {
        self.classes = classes
        self.steps = steps
        self.terms = terms
        self.network = network
        self.statics = statics
    }

    /// Learns from the rows of positive weight.
    init(
        _ recipe: FusionClassifier, _ inputs: FusionInputs, classes: [String], weights: [Double],
        progress: FitObserver?
    ) throws(ModelError) {
        func columns(_ values: Matrix<Double>?, _ names: [String], _ weights: [Double]) -> Columns?
        {
            values.map { Columns(names: names, scaling: ColumnScaling($0, weights: weights)) }
        }
        let stepWeights = inputs.sequences?.forEveryStep(weights) ?? []
        var terms: FittedTerms?
        if let texts = inputs.texts {
            terms = try FittedTerms(
                recipe.texts, texts: weights.indices.filter { weights[$0] > 0 }.map { texts[$0] },
                progress: progress)
        }
        self.init(
            classes: classes,
            steps: columns(inputs.sequences?.values, inputs.sequences?.names ?? [], stepWeights),
            terms: terms, network: columns(inputs.network, inputs.networkNames, weights),
            statics: columns(inputs.statics, inputs.staticNames, weights))
    }

    /// The parts that the network reads.
    var parts: [FusionInputs.Part] {
        FusionInputs.Part.allCases.filter { part in
            switch part {
            case .sequences: steps != nil
            case .texts: terms != nil
            case .network: network != nil
            case .statics: statics != nil
            }
        }
    }

    /// The network for these inputs.
    func plan(_ recipe: FusionClassifier) -> FusionPlan {
        let output = NetworkHead.classes(classes.count, focal: recipe.focalExponent)
        let text = terms.map { recipe.texts.plan(termCount: $0.count, following: output.width) }
        func columns(_ name: String, _ columns: Columns?, _ layers: [HiddenLayer])
            -> [FusionPlan.Columns]
        {
            guard let count = columns?.names.count else { return [] }
            let stack = LayerStack(layers, inputWidth: count)
            return [FusionPlan.Columns(name, count: count, stack: stack)]
        }
        let sequence = steps.map { recipe.sequences.plan(stepCount: $0.names.count, output: nil) }
        let all =
            columns("network", network, recipe.networkLayers)
            + columns("statics", statics, recipe.staticLayers)
        let joined =
            (sequence?.head.outputWidth ?? 0) + (text?.outputWidth ?? 0)
            + all.reduce(0) { $0 + $1.outputWidth }
        var layers = recipe.hiddenLayers.parts(inputWidth: joined)
        // Sums over terms alone are the outputs already.
        let isLinear = parts == [.texts] && recipe.texts.isLinear && layers.isEmpty
        layers.append(
            isLinear
                ? ActivationLayer(output.width, .identity)
                : DenseLayer(layers.last?.outputWidth ?? joined, output.width))
        return FusionPlan(
            sequence: sequence, text: text, columns: all, head: LayerStack(layers), output: output)
    }

    /// The inputs as the network reads them.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for other parts than the network's, and
    ///   `wrongWidth` for other columns.
    func source(_ inputs: FusionInputs) throws(ModelError) -> FusionSource<Float> {
        guard inputs.parts == parts else {
            throw ModelError(
                .incompatible,
                "rows of \(inputs.parts.map(\.rawValue)) for a network of \(parts.map(\.rawValue))")
        }
        for (part, columns, count) in [
            ("numbers of a step", steps, inputs.sequences?.featureCount ?? 0),
            ("columns of the network", network, inputs.networkNames.count),
            ("static columns", statics, inputs.staticNames.count),
        ] where count != columns?.names.count ?? 0 {
            throw ModelError(
                .wrongWidth, "\(count) \(part) for a model of \(columns?.names.count ?? 0)")
        }
        var sequences: SequenceSource<Float>?
        if let batch = inputs.sequences, let steps {
            sequences = SequenceSource(
                values: steps.scaling.scaled(batch.values), offsets: batch.offsets,
                featureCount: batch.featureCount, statics: [], staticCount: 0)
        }
        var rows: TermRows<Float>?
        if let texts = inputs.texts, let terms { rows = try terms.rows(texts) }
        let columns = [(network, inputs.network), (statics, inputs.statics)].compactMap {
            columns, values -> [Float]? in
            guard let columns, let values else { return nil }
            return columns.scaling.scaled(values)
        }
        return FusionSource(sequences: sequences, terms: rows, columns: columns)
    }
}

extension [HiddenLayer] {
    /// The parts of these layers, one after the other.
    func parts(inputWidth: Int) -> [any NetworkLayer] {
        var parts: [any NetworkLayer] = []
        for layer in self { parts += layer.parts(after: parts.last?.outputWidth ?? inputWidth) }
        return parts
    }
}

extension LayerStack {
    /// The stack of some layers; `nil` for none.
    init?(_ layers: [HiddenLayer], inputWidth: Int) {
        guard !layers.isEmpty else { return nil }
        self.init(layers.parts(inputWidth: inputWidth))
    }
}

extension TextNetwork {
    /// Whether its outputs are sums over the terms.
    var isLinear: Bool {
        if case .embedded = terms { return false }
        return layers.isEmpty
    }
}
