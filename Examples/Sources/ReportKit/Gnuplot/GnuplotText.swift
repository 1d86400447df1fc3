// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Text as a gnuplot literal.
///
/// Between single quotes gnuplot expands neither escapes nor back-quoted shell commands.
func quoted(_ text: String) -> String {
    let line = text.map { $0.isNewline ? " " : $0 }
    return "'" + String(line).replacingOccurrences(of: "'", with: "''") + "'"
}

/// Rows of numbers as a named inline data block; `nil` and values not finite read `NaN`.
func dataBlock(_ name: String, _ rows: [[Double?]]) -> String {
    let lines = rows.map { row in
        row.map { $0.flatMap { $0.isFinite ? "\($0)" : nil } ?? "NaN" }.joined(separator: " ")
    }
    return "$\(name) << EOD\n" + lines.joined(separator: "\n") + "\nEOD"
}
