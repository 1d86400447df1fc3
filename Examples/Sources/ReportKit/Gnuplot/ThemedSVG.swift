// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Turns gnuplot's SVG file into an element that several can stand on one page in either theme.
enum ThemedSVG {
    /// The `svg` element of a file, with its ids prefixed and its colours left to the page.
    static func inlined(_ file: String, identifier: String, label: String) -> String {
        guard let start = file.range(of: "<svg") else { return "" }
        var svg = String(file[start.lowerBound...])
        // Names that a browser would show as tooltips, and filters that nothing refers to.
        svg.replace(/<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/, with: "")
        svg.replace(/<filter id='(?:textbox|greybox)'.*?<\/filter>/.dotMatchesNewlines(), with: "")
        svg.replace(/\s(?<name>stroke|fill|color)\s?=\s?['"](?<value>[^'"]*)['"]/) { match in
            attribute(String(match.name), String(match.value))
        }
        svg.replace(/<g fill="none"[^>]*>\s*<\/g>\n?/, with: "")
        svg.replace(/\bid=['"]([^'"]*)['"]/) { "id=\"\(identifier)-\($0.1)\"" }
        svg.replace(/xlink:href=['"]#([^'"]*)['"]/) { "href=\"#\(identifier)-\($0.1)\"" }
        svg.replace(/url\(#([^)]*)\)/) { "url(#\(identifier)-\($0.1))" }
        svg.replace(/font-family="[^"]*"/, with: "font-family=\"inherit\"")
        svg.replace(
            "<svg", with: "<svg role=\"img\" aria-label=\"\(escaped(label))\"", maxReplacements: 1)
        return svg
    }

    private static func attribute(_ name: String, _ value: String) -> String {
        let plain = value.replacing(" ", with: "")
        if let color = ThemeColor.allCases.first(where: { $0.markerRGB == plain }) {
            return " \(name)=\"\(color.css)\""
        }
        // A group's own colour would hide the page's ink from `currentColor` below it.
        if name == "color" && (plain == "black" || plain == "white") { return "" }
        return " \(name)=\"\(plain == "black" ? "currentColor" : value)\""
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
