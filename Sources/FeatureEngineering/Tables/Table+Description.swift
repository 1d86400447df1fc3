// SPDX-License-Identifier: Apache-2.0

extension Table: CustomStringConvertible {
    /// Size, columns with their kinds, and the first five rows.
    public var description: String {
        let shownRows = min(rowCount, 5)
        var lines = ["\(rowCount) rows x \(columnCount) columns"]
        let blocks = columns.map { column in
            let cells =
                [column.name, column.kindDescription]
                + (0..<shownRows).map { column[$0].description }
            let width = cells.map(\.count).max() ?? 0
            return cells.map { $0 + String(repeating: " ", count: width - $0.count) }
        }
        for line in 0..<(columns.isEmpty ? 0 : shownRows + 2) {
            var text = blocks.map { $0[line] }.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            lines.append(text)
        }
        if shownRows < rowCount { lines.append("... \(rowCount - shownRows) more rows") }
        return lines.joined(separator: "\n")
    }
}

extension Column {
    fileprivate var kindDescription: String {
        levels.map { "categorical(\($0.count))" } ?? kind.rawValue
    }
}
