// SPDX-License-Identifier: Apache-2.0

import Mustache

extension Report {
    /// The report as one HTML page that refers to nothing outside itself.
    ///
    /// - Parameter gnuplot: Draws the charts. Without it, or where it fails, the charts' numbers
    ///   stand in their place and the page says why.
    public func html(drawing gnuplot: Gnuplot?) -> String {
        var reasons: [String] = []
        var drawnCharts = 0
        func drawing(of chart: Chart) -> String? {
            drawnCharts += 1
            guard let gnuplot else { return nil }
            do {
                return try gnuplot.draw(chart, identifier: "chart\(drawnCharts)")
            } catch {
                reasons.append("\(chart.title): \(error)")
                return nil
            }
        }
        let sections = sections.map { section in
            PageSection(
                title: section.title,
                blocks: section.blocks.map { PageBlock($0, drawing: drawing) })
        }
        if gnuplot == nil && drawnCharts > 0 {
            reasons = [
                "gnuplot was not found, so the \(drawnCharts) charts are missing and their "
                    + "numbers stand in their place. Debian and Ubuntu have it as gnuplot-nox."
            ]
        }
        let page = Page(
            title: title, summary: summary, style: text(PackageResources.report_css),
            hasFigures: !figures.isEmpty, figures: figures.map(PageFigure.init),
            warning: reasons.isEmpty ? nil : reasons.joined(separator: " "),
            sections: sections, footer: footer)
        return Page.library.render(page, withTemplate: "report") ?? ""
    }
}

/// What the page's template sees.
private struct Page {
    var title: String
    var summary: String
    var style: String
    var hasFigures: Bool
    var figures: [PageFigure]
    var warning: String?
    var sections: [PageSection]
    var footer: [String]

    /// The templates, compiled from the resources of this module.
    static let library: MustacheLibrary = {
        do {
            return MustacheLibrary(templates: [
                "report": try MustacheTemplate(string: text(PackageResources.report_mustache)),
                "table": try MustacheTemplate(string: text(PackageResources.table_mustache)),
            ])
        } catch {
            preconditionFailure("the built-in report template does not parse: \(error)")
        }
    }()
}

private func text(_ resource: [UInt8]) -> String { String(decoding: resource, as: UTF8.self) }

private struct PageFigure {
    var label: String
    var value: String
    var note: String?

    init(_ figure: HeadlineFigure) {
        label = figure.label
        value = figure.value
        note = figure.note.isEmpty ? nil : figure.note
    }
}

private struct PageSection {
    var title: String
    var blocks: [PageBlock]
}

private struct PageBlock {
    var paragraph: String?
    var hasTables = false
    var tables: [PageTable] = []
    var hasCharts = false
    var charts: [PageChart] = []
    var hasNotes = false
    var notes: [String] = []

    init(_ block: ReportBlock, drawing: (Chart) -> String?) {
        switch block {
        case .paragraph(let text): paragraph = text
        case .tables(let tables):
            hasTables = true
            self.tables = tables.map(PageTable.init)
        case .charts(let charts):
            hasCharts = true
            self.charts = charts.map { PageChart($0, svg: drawing($0)) }
        case .notes(let notes):
            hasNotes = !notes.isEmpty
            self.notes = notes
        }
    }
}

private struct PageChart {
    var title: String
    var svg: String?
    var caption: String?
    var open: Bool
    var table: PageTable

    init(_ chart: Chart, svg: String?) {
        title = chart.title
        self.svg = svg
        caption = chart.caption.isEmpty ? nil : chart.caption
        open = svg == nil
        table = PageTable(chart.plot.table)
    }
}

private struct PageTable {
    struct Cell {
        var text: String
        var isNumeric: Bool
        var isHead: Bool
    }

    struct Row {
        var cells: [Cell]
    }

    /// Not `caption`: a name that is `nil` here would be looked up in the chart around the table.
    var tableCaption: String?
    var head: [Cell]
    var rows: [Row]

    init(_ table: ReportTable) {
        tableCaption = table.caption.isEmpty ? nil : table.caption
        head = table.columns.map { Cell(text: $0.title, isNumeric: $0.isNumeric, isHead: true) }
        rows = table.rows.map { row in
            Row(
                cells: row.enumerated().map { index, text in
                    Cell(
                        text: text, isNumeric: table.columns[index].isNumeric, isHead: index == 0)
                })
        }
    }
}
