// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import FoundationEssentials

extension ModelCard {
    /// The card as JSON with sorted keys, all numbers with every digit.
    ///
    /// - Throws: ``ModelError`` with code `invalidValue` for a number that JSON cannot hold.
    public var json: String {
        get throws(ModelError) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            do {
                return String(decoding: try encoder.encode(self), as: UTF8.self)
            } catch {
                throw ModelError(.invalidValue, "a model card as JSON", underlying: error)
            }
        }
    }

    /// The card as Markdown, with its own digest at the end.
    public var markdown: String {
        var lines = ["# \(Self.cell(name)) \(Self.cell(version))", ""]
        if !summary.isEmpty { lines += [summary, ""] }
        lines += Self.table(
            ["Model", ""],
            [
                ["Kind", modelKind], ["SHA-256", modelDigest], ["Target", target],
                ["Positive class", positiveClass], ["Inputs", inputNames.joined(separator: ", ")],
            ])
        for (title, texts) in [
            ("Intended uses", intendedUses), ("Not for", excludedUses),
            ("Limitations", limitations), ("Considerations", considerations),
            ("Contacts", contacts),
        ] where !texts.isEmpty {
            lines += ["## \(title)", ""] + texts.map { "- \($0)" } + [""]
        }
        if let training { lines += section(training) }
        for evaluation in evaluations { lines += section(evaluation) }
        if !importances.isEmpty {
            lines += ["## Importance of columns", ""]
            lines += Self.table(
                ["Column", "Loss of \(importances[0].score)", "Standard deviation"],
                importances.map { [$0.name, Self.fixed($0.loss), Self.fixed($0.spread)] })
        }
        lines.append("SHA-256 of this card: \(digest)")
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ data: DataSummary) -> [String] {
        let rows = data.columns.map { column in
            [column.name, column.kind.rawValue, String(column.missingCount)]
                + [column.minimum, column.mean, column.maximum].map { number in
                    number.map(Self.fixed) ?? ""
                } + [column.levelCount.map(String.init) ?? ""]
        }
        return ["## Training data: \(Self.cell(data.name))", ""]
            + ["\(data.rowCount) rows, \(Self.percent(data.positiveRate)) positive.", ""]
            + Self.table(
                ["Column", "Kind", "Missing", "Minimum", "Mean", "Maximum", "Levels"], rows)
    }

    private func section(_ evaluation: Evaluation) -> [String] {
        let rate = Self.percent(evaluation.positiveRate)
        var lines = ["## Evaluation: \(Self.cell(evaluation.name))", ""]
        lines += ["\(evaluation.rowCount) rows, \(rate) positive.", ""]
        let hasSpread = evaluation.scores.contains { $0.spread != nil }
        lines += Self.table(
            ["Score", "Value"] + (hasSpread ? ["Standard deviation"] : []),
            evaluation.scores.map { score in
                [score.name, Self.fixed(score.value)]
                    + (hasSpread ? [score.spread.map(Self.fixed) ?? ""] : [])
            })
        guard !evaluation.groups.isEmpty else { return lines }
        return lines
            + Self.table(
                ["Group", "Level", "Rows", "Positive", "Mean probability", "ROC AUC"],
                evaluation.groups.map { group in
                    [
                        group.column, group.level, String(group.rowCount),
                        Self.percent(group.positiveRate), Self.percent(group.meanProbability),
                        group.rocAUC.map(Self.fixed) ?? "",
                    ]
                })
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
        let lines = ([header] + rows).map { row in
            "| " + row.map(cell).joined(separator: " | ") + " |"
        }
        let rule = "|" + header.map { _ in "---" }.joined(separator: "|") + "|"
        return [lines[0], rule] + lines.dropFirst() + [""]
    }

    private static func cell(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "|": "\\|"
            case "\n", "\r": " "
            default: String(scalar)
            }
        }
        .joined()
    }

    private static func percent(_ share: Double) -> String {
        "\((share * 1000).rounded() / 10) %"
    }

    private static func fixed(_ value: Double) -> String {
        "\((value * 10_000).rounded() / 10_000)"
    }
}
