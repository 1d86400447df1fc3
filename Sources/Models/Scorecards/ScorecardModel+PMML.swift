// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension ScorecardModel {
    /// The card as a PMML 4.4 `Scorecard`, with the best points of every variable as baseline of
    /// its reason codes.
    ///
    /// The score is the predicted value, output as `score` beside up to four reason codes. Missing
    /// values are missing in the sense of PMML. A value for which the card has no bin fulfils no
    /// predicate, which makes the score invalid.
    ///
    /// Reference: Data Mining Group, PMML 4.4, Scorecard.
    ///
    /// - Parameters:
    ///   - name: the name of the model.
    ///   - statements: the codes that stand for the variables; a
    ///     variable's name where there is none.
    /// - Throws: ``ModelError`` with code `features` for a statement of a variable that the card
    ///   does not have, or a name or level with a control character, which XML cannot hold.
    public func pmml(
        name: String = "scorecard", statements: [String: ReasonStatement] = [:]
    ) throws(ModelError) -> String {
        for name in statements.keys.sorted() { _ = try self[variable: name] }
        let texts = variables.flatMap { [$0.name] + $0.binning.rules.flatMap(\.levels) }
        let codes = statements.keys.sorted().compactMap { statements[$0]?.code }
        for text in [name, target] + classes + codes + texts where !XMLWriter.canHold(text) {
            throw ModelError(
                .features, "the control characters of \(text.debugDescription) are not for XML")
        }
        let isSafe = recipe.scale.direction == .safetyRaisesPoints
        var writer = XMLWriter()
        writer.open(
            "PMML", [("xmlns", "http://www.dmg.org/PMML-4_4"), ("version", "4.4")])
        writer.open("Header", [("description", "\(target): points for not \(classes[1])")])
        writer.empty("Application", [("name", "swift-credit")])
        writer.close()
        writer.open("DataDictionary", [("numberOfFields", String(variables.count))])
        for variable in variables {
            let isNumeric = variable.binning.kind == .numeric
            writer.empty(
                "DataField",
                [
                    ("name", variable.name),
                    ("optype", isNumeric ? "continuous" : "categorical"),
                    ("dataType", isNumeric ? "double" : "string"),
                ])
        }
        writer.close()
        writer.open(
            "Scorecard",
            [
                ("modelName", name), ("functionName", "regression"),
                ("initialScore", "\(basePoints)"), ("useReasonCodes", "true"),
                ("reasonCodeAlgorithm", isSafe ? "pointsBelow" : "pointsAbove"),
                ("baselineMethod", isSafe ? "max" : "min"),
            ])
        writer.open("MiningSchema")
        for variable in variables {
            writer.empty(
                "MiningField",
                [
                    ("name", variable.name), ("usageType", "active"),
                    ("invalidValueTreatment", "asIs"),
                ])
        }
        writer.close()
        writer.open("Output")
        writer.empty(
            "OutputField",
            [
                ("name", "score"), ("feature", "predictedValue"), ("dataType", "double"),
                ("optype", "continuous"),
            ])
        for rank in 1...4 {
            writer.empty(
                "OutputField",
                [
                    ("name", "reason\(rank)"), ("feature", "reasonCode"), ("rank", String(rank)),
                    ("dataType", "string"), ("optype", "categorical"),
                ])
        }
        writer.close()
        writer.open("Characteristics")
        for variable in variables {
            write(variable, statements[variable.name]?.code ?? variable.name, isSafe, &writer)
        }
        writer.close()
        writer.close()
        writer.close()
        return writer.text
    }

    private func write(
        _ variable: ScorecardVariable, _ code: String, _ isSafe: Bool, _ writer: inout XMLWriter
    ) {
        let baseline = isSafe ? variable.highestPoints : variable.lowestPoints
        writer.open(
            "Characteristic",
            [
                ("name", variable.name), ("reasonCode", code), ("baselineScore", "\(baseline)"),
            ])
        for rule in variable.binning.rules {
            writer.open("Attribute", [("partialScore", "\(variable.points[rule.bin])")])
            write(rule.condition, of: variable.name, &writer)
            writer.close()
        }
        writer.close()
    }

    private func write(
        _ condition: BinRule.Condition, of name: String, _ writer: inout XMLWriter
    ) {
        switch condition {
        case .missing:
            writer.empty("SimplePredicate", [("field", name), ("operator", "isMissing")])
        case .numbers(let numbers): write(name, isOneOf: numbers.map { "\($0)" }, &writer)
        case .levels(let levels): write(name, isOneOf: levels, &writer)
        case .below(let limit):
            writer.empty(
                "SimplePredicate",
                [("field", name), ("operator", "lessThan"), ("value", "\(limit)")])
        case .otherwise:
            writer.empty("SimplePredicate", [("field", name), ("operator", "isNotMissing")])
        }
    }

    /// A set of strings in PMML leaves open how a backslash is written; alternatives do not.
    private func write(_ name: String, isOneOf values: [String], _ writer: inout XMLWriter) {
        if values.count > 1 { writer.open("CompoundPredicate", [("booleanOperator", "or")]) }
        for value in values {
            writer.empty(
                "SimplePredicate", [("field", name), ("operator", "equal"), ("value", value)])
        }
        if values.count > 1 { writer.close() }
    }
}
