// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The installed gnuplot, run once per drawing as a subprocess.
public struct Gnuplot: Sendable {
    /// The program's file.
    public let executable: URL

    /// Uses a program that is known to be there.
    public init(executable: URL) { self.executable = executable }

    /// The `gnuplot` on the search path, or `nil` where there is none.
    public static func find(
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
    ) -> Gnuplot? {
        for folder in searchPath.split(separator: ":") {
            let file = URL(fileURLWithPath: String(folder), isDirectory: true)
                .appending(path: "gnuplot")
            if FileManager.default.isExecutableFile(atPath: file.path) {
                return Gnuplot(executable: file)
            }
        }
        return nil
    }

    /// Draws a chart as an SVG element to be placed inside a page.
    ///
    /// - Parameters:
    ///   - chart: The plot and its texts.
    ///   - identifier: Prefix of every id in the drawing; unique on the page.
    /// - Throws: ``GnuplotError`` when the program cannot run or refuses the script.
    public func draw(_ chart: Chart, identifier: String) throws(GnuplotError) -> String {
        let drawable = chart.plot.drawable
        let script = preamble(drawable.size) + drawable.script + "\n"
        return try ThemedSVG.inlined(run(script), identifier: identifier, label: chart.title)
    }

    /// Draws a chart as an SVG file of its own, dark on white.
    ///
    /// - Throws: ``GnuplotError`` when the program cannot run or refuses the script.
    public func drawFile(_ chart: Chart) throws(GnuplotError) -> String {
        let drawable = chart.plot.drawable
        var script = preamble(drawable.size) + drawable.script + "\n"
        script.replace("noenhanced", with: "noenhanced background '#ffffff'")
        for color in ThemeColor.allCases {
            script.replace(color.marker, with: color.onWhite)
        }
        return try run(script)
    }

    /// Runs a script from standard input and returns what it wrote to standard output.
    ///
    /// The three streams are files, so neither side can block on a full pipe.
    func run(_ script: String) throws(GnuplotError) -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "report-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output: Data
        let messages: Data
        let process = Process()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            let files = ["in", "out", "err"].map { folder.appending(path: $0) }
            try Data(script.utf8).write(to: files[0])
            try Data().write(to: files[1])
            try Data().write(to: files[2])
            process.executableURL = executable
            process.arguments = ["-d"]
            var environment = ProcessInfo.processInfo.environment
            environment["LC_ALL"] = "C"
            process.environment = environment
            process.standardInput = try FileHandle(forReadingFrom: files[0])
            process.standardOutput = try FileHandle(forWritingTo: files[1])
            process.standardError = try FileHandle(forWritingTo: files[2])
            try process.run()
            process.waitUntilExit()
            output = try Data(contentsOf: files[1])
            messages = try Data(contentsOf: files[2])
        } catch {
            throw GnuplotError(.notRun, "\(executable.path) could not be run: \(error)")
        }
        let text = String(decoding: output, as: UTF8.self)
        guard process.terminationStatus == 0, text.contains("</svg>") else {
            let reason = String(decoding: messages, as: UTF8.self)
                .split(separator: "\n").joined(separator: " ")
            throw GnuplotError(
                .refused, "gnuplot ended with status \(process.terminationStatus): \(reason)")
        }
        return text
    }

    private func preamble(_ size: (width: Int, height: Int)) -> String {
        """
        set encoding utf8
        set terminal svg size \(size.width),\(size.height) dynamic noenhanced font 'sans-serif,13'
        set border 3 linecolor \(ThemeColor.muted.option)
        set tics nomirror scale 0.5 textcolor \(ThemeColor.ink.option)
        set grid linetype 1 linewidth 0.6 linecolor \(ThemeColor.grid.option)
        set key textcolor \(ThemeColor.ink.option) samplen 1.5 spacing 1.2
        set xlabel textcolor \(ThemeColor.ink.option)
        set ylabel textcolor \(ThemeColor.ink.option)
        set lmargin 8
        set rmargin 2

        """
    }
}

/// Why a drawing could not be made.
public struct GnuplotError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Hashable, Sendable {
        /// The program did not start.
        case notRun
        /// The program ended with an error.
        case refused
    }

    /// The kind.
    public let code: Code
    /// What happened, in one line.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
