// SPDX-License-Identifier: Apache-2.0

/// A colour that the page's style sheet decides, so that one drawing serves both themes.
///
/// Scripts draw with the marker; ``ThemedSVG`` turns the marker into the CSS variable.
enum ThemeColor: Int, CaseIterable {
    case ink = 1
    case muted, grid, good, bad, accent

    /// The colour that stands for it in a script, as `#rrggbb`; no real palette holds it.
    var marker: String { "#01020\(rawValue)" }

    /// The marker as gnuplot writes it, without blanks.
    var markerRGB: String { "rgb(1,2,\(rawValue))" }

    /// The CSS value that replaces it.
    var css: String { "var(--chart-\(self))" }

    /// The colour in a drawing of its own, on white.
    var onWhite: String {
        switch self {
        case .ink: "#1f2933"
        case .muted: "#7b8794"
        case .grid: "#e4e7eb"
        case .good: "#1b7f79"
        case .bad: "#c2410c"
        case .accent: "#2f4b9c"
        }
    }

    /// The colour in a gnuplot command.
    var option: String { "rgb '\(marker)'" }
}
