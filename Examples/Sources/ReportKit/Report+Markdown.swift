// SPDX-License-Identifier: Apache-2.0

extension Report {
    /// The report as Markdown with tables (GitHub Flavored Markdown).
    ///
    /// Charts are given by their numbers, folded up. Every string is plain text; characters that
    /// mean something in Markdown are escaped.
    public var markdown: String {
        var blocks = ["# " + plain(title), plain(summary)]
        if !figures.isEmpty {
            blocks.append(
                figures.map { figure in
                    let note = figure.note.isEmpty ? "" : " (\(plain(figure.note)))"
                    return "- \(plain(figure.label)): **\(plain(figure.value))**\(note)"
                }.joined(separator: "\n"))
        }
        for section in sections {
            blocks.append("## " + plain(section.title))
            blocks += section.blocks.flatMap(\.markdown)
        }
        if !footer.isEmpty {
            blocks.append("---")
            blocks += footer.map(plain)
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }
}

extension ReportBlock {
    fileprivate var markdown: [String] {
        switch self {
        case .paragraph(let text): [plain(text)]
        case .tables(let tables): tables.flatMap(\.markdown)
        case .charts(let charts): charts.flatMap(\.markdown)
        case .notes(let notes):
            notes.isEmpty ? [] : [notes.map { "- " + plain($0) }.joined(separator: "\n")]
        }
    }
}

extension Chart {
    fileprivate var markdown: [String] {
        ["### " + plain(title)] + (caption.isEmpty ? [] : [plain(caption)])
            + ["<details><summary>Numbers</summary>"] + plot.table.markdown + ["</details>"]
    }
}

extension ReportTable {
    fileprivate var markdown: [String] {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let lines =
            [
                line(columns.map { plain($0.title) }),
                "|" + columns.map { $0.isNumeric ? "---:|" : "---|" }.joined(),
            ] + rows.map { line($0.map(plain)) }
        return (caption.isEmpty ? [] : ["*\(plain(caption))*"]) + [lines.joined(separator: "\n")]
    }
}

/// Text on one line that reads as itself in Markdown.
private func plain(_ text: String) -> String {
    var result = ""
    for character in text {
        if character.isNewline {
            result.append(" ")
            continue
        }
        if "\\`*_[]<>|&#~".contains(character) { result.append("\\") }
        result.append(character)
    }
    let mark = blockMark(result)
    return result.prefix(mark ?? 0) + (mark == nil ? "" : "\\") + result.dropFirst(mark ?? 0)
}

/// Where the character stands that would make a line of `text` a list or an underlined heading.
private func blockMark(_ text: String) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }.count
    let rest = text.dropFirst(digits)
    guard let mark = rest.first, (digits == 0 ? "+-=" : ".)").contains(mark) else { return nil }
    let isAlone = digits == 0 && text.allSatisfy { $0 == mark }
    return isAlone || rest.dropFirst().first.map { $0 == " " } ?? true ? digits : nil
}
