// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension ScorecardModel {
    /// The card in the format of ONNX, in double precision: from the columns of a table to points.
    ///
    /// Every variable is an input of (rows x 1) under its name: numbers with NaN for missing ones,
    /// levels as strings with the empty string for missing ones. The outputs are `score` (rows x
    /// 1), `probabilities` (rows x 2) by the regression and `label` (rows). A row with a value that
    /// the card refuses has NaN, never a number.
    ///
    /// - Parameter name: the name of the graph.
    /// - Returns: the bytes of an `.onnx` file, equal for equal cards.
    /// - Throws: ``ModelError`` with code `features` for an empty level, and for a variable called
    ///   `probabilities`, `label` or `score`.
    public func onnx(name: String = "scorecard") throws(ModelError) -> [UInt8] {
        try ONNXGraph.check(inputNames)
        var graph = ONNXGraph(name: name)
        var score = graph.constant([basePoints], [1, 1])
        var evidence: [String] = []
        for variable in variables {
            let bin = try bin(of: variable, &graph)
            // The last place is for values that the card refuses.
            let points = variable.points + [.nan]
            let weights = variable.binning.bins.map(\.weightOfEvidence) + [.nan]
            score = graph.node(
                "Add",
                [score, graph.node("Gather", [graph.constant(points, [points.count]), bin])])
            evidence.append(
                graph.node("Gather", [graph.constant(weights, [weights.count]), bin]))
        }
        graph.output("score", score, .double, columns: 1)
        let features = graph.node("Concat", evidence, [("axis", .int(1))])
        let logOdds = graph.linear(
            features, regression.coefficients, rows: variables.count, columns: 1,
            [regression.intercept])
        graph.classify(graph.binaryProbabilities(logOdds), classes)
        return graph.bytes(metadata: [("target", target), ("digest", digest.description)])
    }

    /// The position of the bin of each row, (rows x 1); that behind the last where it is refused.
    private func bin(
        of variable: ScorecardVariable, _ graph: inout ONNXGraph
    ) throws(ModelError) -> String {
        let rules = variable.binning.rules
        let refused = variable.binning.bins.count
        var otherwise = refused
        if case .otherwise? = rules.last?.condition { otherwise = rules[rules.count - 1].bin }
        if variable.binning.kind == .categorical {
            var keys = [""]
            var values = [variable.binning.missingBin ?? refused]
            for rule in rules {
                for level in rule.levels where !keys.dropFirst().contains(level) {
                    guard !level.isEmpty else {
                        throw ModelError(
                            .features,
                            "the variable '\(variable.name)' has an empty level, which is missing")
                    }
                    keys.append(level)
                    values.append(rule.bin)
                }
            }
            return graph.node(
                "LabelEncoder", [graph.input(variable.name, .string, columns: 1)],
                [
                    ("keys_strings", .strings(keys)), ("values_int64s", .ints(values)),
                    ("default_int64", .int(otherwise)),
                ], isMachineLearning: true)
        }
        let value = graph.input(variable.name, .double, columns: 1)
        var bin = graph.constant([otherwise], [1, 1])
        // The first rule that holds decides, so it is the last to be written over the others.
        for rule in rules.reversed() {
            for condition in conditions(rule.condition, value, &graph) {
                bin = graph.node("Where", [condition, graph.constant([rule.bin], [1, 1]), bin])
            }
        }
        if variable.binning.missingBin == nil {
            let isMissing = graph.node("IsNaN", [value])
            bin = graph.node("Where", [isMissing, graph.constant([refused], [1, 1]), bin])
        }
        return bin
    }

    /// Conditions on a number, any of which holds.
    private func conditions(
        _ condition: BinRule.Condition, _ value: String, _ graph: inout ONNXGraph
    ) -> [String] {
        switch condition {
        case .missing: return [graph.node("IsNaN", [value])]
        case .numbers(let numbers):
            return numbers.map { number in
                graph.node("Equal", [value, graph.constant([number], [1, 1])])
            }
        case .below(let limit):
            return [graph.node("Less", [value, graph.constant([limit], [1, 1])])]
        case .levels, .otherwise: return []
        }
    }
}
