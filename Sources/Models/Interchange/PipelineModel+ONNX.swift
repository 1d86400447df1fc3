// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension PipelineModel where Estimator == LogisticRegression {
    /// The pipeline and the model in the format of ONNX, in double precision: from the columns of a
    /// table to probabilities.
    ///
    /// Every column is an input of (rows x 1) under its name: numbers with NaN for missing ones,
    /// levels as strings with the empty string for missing ones. The outputs are `probabilities`
    /// (rows x 2) and `label` (rows), the first of the most probable classes; a row that the
    /// pipeline refuses has NaN. Selection of columns, imputation by constants, scaling and one-hot
    /// encoding can be written.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal models.
    /// - Throws: ``ModelError`` with code `features` for a step that has no such form,
    ///   for a column of dates or texts, an empty level, and a column called
    ///   `probabilities`, `label` or `score`.
    public func onnx(name: String = "pipeline") throws(ModelError) -> [UInt8] {
        let steps = try featureStep { () throws(FeatureError) in try pipeline.portableSteps() }
        try ONNXGraph.check(inputNames)
        var writer = PipelineGraph(name: name)
        for input in pipeline.inputs { try writer.add(input) }
        for step in steps { writer.apply(step) }
        var graph = writer.graph
        let features = graph.node("Concat", writer.columns, [("axis", .int(1))])
        let logOdds = graph.linear(
            features, model.coefficients, rows: model.featureNames.count, columns: 1,
            [model.intercept])
        graph.classify(graph.binaryProbabilities(logOdds), classes)
        return graph.bytes(metadata: [("target", target), ("digest", digest.description)])
    }
}

/// The columns of a pipeline as values of (rows x 1) in a graph.
private struct PipelineGraph {
    var graph: ONNXGraph
    var columns: [String] = []

    init(name: String) { graph = ONNXGraph(name: name) }

    mutating func add(_ input: FittedPipeline.Input) throws(ModelError) {
        switch input.kind {
        case .numeric: columns.append(graph.input(input.name, .double, columns: 1))
        case .categorical:
            let levels = input.levels ?? []
            guard !levels.contains("") else {
                throw ModelError(
                    .features, "the column '\(input.name)' has an empty level, which is missing")
            }
            let value = graph.input(input.name, .string, columns: 1)
            // Codes from 0; levels that are not known and the missing one are behind them.
            let codes = graph.node(
                "LabelEncoder", [value],
                [
                    ("keys_strings", .strings(levels + [""])),
                    ("values_int64s", .ints(Array(0...levels.count))),
                    ("default_int64", .int(levels.count + 1)),
                ], isMachineLearning: true)
            let numbers = levels.indices.map(Double.init) + [.nan, -1]
            columns.append(
                graph.node("Gather", [graph.constant(numbers, [numbers.count]), codes]))
        case .text, .date:
            throw ModelError(
                .features, "the column '\(input.name)' is \(input.kind.rawValue), not for ONNX")
        }
    }

    mutating func apply(_ step: PortableStep) {
        switch step {
        case .keep(let kept): columns = kept.map { columns[$0] }
        case .replaceMissing(let replacements, let indicators):
            let before = columns
            for (column, value) in replacements {
                columns[column] = graph.node(
                    "Where",
                    [graph.node("IsNaN", [before[column]]), number(value), before[column]])
            }
            for column in indicators {
                columns.append(indicator(graph.node("IsNaN", [before[column]])))
            }
        case .scale(let scales, let offset, let factor, let limits):
            for (column, centre, spread) in scales {
                var value = graph.node("Sub", [columns[column], number(centre)])
                value = graph.node("Div", [value, number(spread)])
                value = graph.node("Mul", [value, number(factor)])
                value = graph.node("Add", [number(offset), value])
                if let limits {
                    value = clipped(value, to: limits)
                }
                columns[column] = value
            }
        case .clip(let clips):
            for (column, limits) in clips { columns[column] = clipped(columns[column], to: limits) }
        case .indicate(let encodings, let refusesUnknown, let marksUnknown):
            var next: [String] = []
            for (index, column) in columns.enumerated() {
                guard let encoding = encodings.first(where: { $0.column == index }) else {
                    next.append(column)
                    continue
                }
                // 0 for what is encoded and NaN for what is refused.
                var refusal = graph.node("Mul", [column, number(0)])
                let isUnknown = graph.node("Less", [column, number(0)])
                if refusesUnknown {
                    refusal = graph.node("Where", [isUnknown, number(.nan), refusal])
                }
                for code in encoding.codes {
                    let isLevel = indicator(graph.node("Equal", [column, number(Double(code))]))
                    next.append(graph.node("Add", [isLevel, refusal]))
                }
                if marksUnknown { next.append(graph.node("Add", [indicator(isUnknown), refusal])) }
            }
            columns = next
        }
    }

    /// Clipping that keeps NaN.
    private mutating func clipped(_ value: String, to limits: ClosedRange<Double>) -> String {
        let low = graph.node("Less", [value, number(limits.lowerBound)])
        let raised = graph.node("Where", [low, number(limits.lowerBound), value])
        let high = graph.node("Greater", [raised, number(limits.upperBound)])
        return graph.node("Where", [high, number(limits.upperBound), raised])
    }

    private mutating func number(_ value: Double) -> String { graph.constant([value], [1, 1]) }

    private mutating func indicator(_ condition: String) -> String {
        graph.node("Cast", [condition], [("to", .int(ONNXGraph.Element.double.rawValue))])
    }
}
