// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A one-line progress bar on standard error, silent unless that is a terminal.
///
/// Redraws only when the shown percentage or the label changes, and erases itself at the end.
public struct ProgressBar {
    private let width: Int
    private let isActive: Bool
    private let write: (String) -> Void
    private var shown = ""

    /// A bar on standard error.
    public init(width: Int = 28) {
        self.init(width: width, isActive: isatty(STDERR_FILENO) == 1) { text in
            FileHandle.standardError.write(Data(text.utf8))
        }
    }

    /// A bar that writes elsewhere.
    public init(width: Int, isActive: Bool, write: @escaping (String) -> Void) {
        self.width = width
        self.isActive = isActive
        self.write = write
    }

    /// The result of `work`, with a bar on standard error while it runs.
    public static func during<Result>(
        _ work: (@escaping (Double, String) -> Void) throws -> Result
    ) rethrows -> Result {
        var bar = ProgressBar()
        defer { bar.finish() }
        return try work { bar.show($0, $1) }
    }

    /// Shows the share of the work that is done, between 0 and 1, and what is going on.
    public mutating func show(_ fraction: Double, _ label: String) {
        guard isActive else { return }
        let share = min(max(fraction.isNaN ? 0 : fraction, 0), 1)
        let filled = Int(share * Double(width))
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: width - filled)
        let line = "\(bar) \(Int(share * 100)) % \(label)"
        guard line != shown else { return }
        shown = line
        write("\r\u{1B}[2K" + line)
    }

    /// Erases the bar.
    public mutating func finish() {
        guard isActive, !shown.isEmpty else { return }
        shown = ""
        write("\r\u{1B}[2K")
    }
}
