// SPDX-License-Identifier: Apache-2.0

extension ScorecardDocument {
    /// The card as Markdown: one table of all bins, and one of the coefficients.
    public var markdown: String {
        var lines = [
            "| Variable | Bin | Share | Event rate | WoE | Points |",
            "|---|---|---:|---:|---:|---:|",
        ]
        if basePoints != 0 { lines.append("| (base) | | | | | \(Self.points(basePoints)) |") }
        for variable in variables {
            for (index, bin) in variable.bins.enumerated() {
                let name = index == 0 ? Self.markdownCell(variable.name) : ""
                lines.append(
                    "| \(name) | \(Self.markdownCell(bin.label)) | \(Self.percent(bin.share)) | "
                        + "\(Self.percent(bin.eventRate)) | \(Self.fixed(bin.weightOfEvidence, 3)) "
                        + "| \(Self.points(bin.points)) |")
            }
        }
        lines += [
            "", "| Variable | Coefficient | Standard error | p | IV | Event rate | Points |",
            "|---|---:|---:|---:|---:|---|---|",
        ]
        func row(_ name: String, _ coefficient: Coefficient, _ rest: String) -> String {
            let test = [
                Self.fixed(coefficient.value, 4),
                coefficient.standardError.map { Self.fixed($0, 4) } ?? "",
                coefficient.pValue.map { $0 < 0.0001 ? "< 0.0001" : Self.fixed($0, 4) } ?? "",
            ]
            return "| \(name) | \(test.joined(separator: " | ")) | \(rest) |"
        }
        lines.append(row("(intercept)", intercept, "| |"))
        for variable in variables {
            lines.append(
                row(
                    Self.markdownCell(variable.name), variable.coefficient,
                    "\(Self.fixed(variable.informationValue, 3)) | \(variable.eventRateTrend) | "
                        + variable.pointsTrend))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The bins as comma-separated values with a header, all numbers with every digit.
    public var csv: String {
        var lines = [
            "variable,bin,count,share,event_rate,weight_of_evidence,information_value,points"
        ]
        if basePoints != 0 { lines.append("(base),,,,,,,\(basePoints)") }
        for variable in variables {
            for bin in variable.bins {
                let numbers = [
                    bin.count, bin.share, bin.eventRate, bin.weightOfEvidence,
                    bin.informationValue, bin.points,
                ]
                lines.append(
                    ([Self.csvField(variable.name), Self.csvField(bin.label)]
                        + numbers.map(\.description)).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func markdownCell(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "|": "\\|"
            case "\n", "\r": " "
            default: String(scalar)
            }
        }.joined()
    }

    private static func csvField(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private static func points(_ value: Double) -> String {
        value == value.rounded() ? fixed(value, 0) : fixed(value, 2)
    }

    private static func percent(_ share: Double) -> String { fixed(100 * share, 1) + " %" }

    /// `value` with `digits` decimals, the last one rounded half away from zero.
    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 1e15 else { return value.description }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        let (whole, fraction) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
        guard digits > 0 else { return "\(sign)\(whole)" }
        let zeros = String(repeating: "0", count: digits - String(fraction).count)
        return "\(sign)\(whole).\(zeros)\(fraction)"
    }
}
