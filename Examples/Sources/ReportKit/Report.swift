// SPDX-License-Identifier: Apache-2.0

/// A report: headline figures, then sections of text, tables and charts.
///
/// Every string is plain text; the page escapes it. See ``Report/html(drawing:)``.
public struct Report: Codable, Hashable, Sendable {
    /// The heading and the name of the browser's tab.
    public var title: String
    /// One or two sentences under the title.
    public var summary: String
    /// The few numbers a reader wants first.
    public var figures: [HeadlineFigure]
    /// The body, in reading order.
    public var sections: [ReportSection]
    /// Small print under the body: data source, seed, versions.
    public var footer: [String]

    /// Collects the parts of a report.
    public init(
        title: String, summary: String, figures: [HeadlineFigure] = [],
        sections: [ReportSection] = [], footer: [String] = []
    ) {
        self.title = title
        self.summary = summary
        self.figures = figures
        self.sections = sections
        self.footer = footer
    }
}

/// One number at the head of a report.
public struct HeadlineFigure: Codable, Hashable, Sendable {
    /// What is measured.
    public var label: String
    /// The number as it is to be read.
    public var value: String
    /// Its spread, unit or comparison.
    public var note: String

    /// Names a number.
    public init(_ label: String, _ value: String, note: String = "") {
        self.label = label
        self.value = value
        self.note = note
    }
}

/// A titled part of a report.
public struct ReportSection: Codable, Hashable, Sendable {
    /// The section's heading.
    public var title: String
    /// Its content, in reading order.
    public var blocks: [ReportBlock]

    /// Titles some blocks.
    public init(_ title: String, _ blocks: [ReportBlock]) {
        self.title = title
        self.blocks = blocks
    }
}

/// A piece of a section.
public enum ReportBlock: Codable, Hashable, Sendable {
    /// Running text.
    case paragraph(String)
    /// Tables, side by side where the page is wide enough.
    case tables([ReportTable])
    /// Charts side by side where the page is wide enough.
    case charts([Chart])
    /// Remarks, one line each.
    case notes([String])
}
