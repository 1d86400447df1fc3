// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReportKit
import Testing
import _ExampleTestSupport

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct ReportPageTests {
    private let hostile = "<b>\"A & B's\"</b>"
    private let escaped = "&lt;b&gt;&quot;A &amp; B&#39;s&quot;&lt;/b&gt;"

    @Test func `Every text is escaped`() {
        let report = Report(
            title: hostile, summary: hostile,
            figures: [HeadlineFigure(hostile, hostile, note: hostile)],
            sections: [
                ReportSection(
                    hostile,
                    [
                        .paragraph(hostile), .notes([hostile]),
                        .tables([
                            ReportTable(
                                caption: hostile, columns: [.text(hostile), .number(hostile)],
                                rows: [[hostile, hostile]])
                        ]),
                        .charts([Chart(hostile, caption: hostile, .roc(Samples.roc))]),
                    ])
            ], footer: [hostile])
        let html = report.html(drawing: nil)
        #expect(!html.contains("<b>"))
        #expect(html.components(separatedBy: escaped).count - 1 == 17)
    }

    @Test func `A page is whole and refers to nothing outside itself`() {
        let report = Report(
            title: "Loans", summary: "All of them.",
            sections: [ReportSection("Charts", [.charts(Samples.charts)])])
        let html = report.html(drawing: Gnuplot.find())
        #expect(html.hasPrefix("<!DOCTYPE html>"))
        #expect(html.hasSuffix("</html>\n"))
        #expect(html.contains("prefers-color-scheme: dark"))
        for word in ["<script", "<link", "@import", "src=", "url(http", "href=\"http"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(!html.contains("{{"))
    }

    @Test func `Without gnuplot the numbers stand open and the page says what is missing`() {
        let report = Report(
            title: "Loans", summary: "",
            sections: [ReportSection("Charts", [.charts(Samples.charts)])])
        let html = report.html(drawing: nil)
        #expect(html.contains("gnuplot was not found, so the 5 charts are missing"))
        #expect(html.components(separatedBy: "<details open>").count - 1 == 5)
        #expect(!html.contains("<svg"))
        #expect(html.contains("<td class=\"number\">0.750</td>"))
    }

    @Test func `A report without charts misses nothing`() {
        let html = Report(title: "Loans", summary: "").html(drawing: nil)
        #expect(!html.contains("gnuplot"))
        #expect(!html.contains("class=\"figures\""))
    }

    @Test func `A program that fails is named with its status`() {
        let report = Report(
            title: "Loans", summary: "",
            sections: [ReportSection("", [.charts([Chart("ROC", .roc(Samples.roc))])])])
        let failing = report.html(
            drawing: Gnuplot(executable: URL(fileURLWithPath: "/bin/false")))
        #expect(failing.contains("ROC: gnuplot ended with status 1"))
        let absent = report.html(
            drawing: Gnuplot(executable: URL(fileURLWithPath: "/nowhere/gnuplot")))
        #expect(absent.contains("/nowhere/gnuplot could not be run"))
        #expect(absent.contains("<details open>"))
    }

    @Test func `The search path decides whether there is a gnuplot`() throws {
        try withTemporaryFolder { folder in
            #expect(Gnuplot.find(searchPath: folder.path) == nil)
            let program = folder.appending(path: "gnuplot")
            try Data("#!/bin/sh\n".utf8).write(to: program)
            #expect(Gnuplot.find(searchPath: "/nowhere:\(folder.path)") == nil)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: program.path)
            #expect(
                Gnuplot.find(searchPath: "/nowhere:\(folder.path)")?.executable.path == program.path
            )
        }
    }
}

@Suite(.enabled(if: Gnuplot.find() != nil, "needs gnuplot on the search path"))
struct DrawingTests {
    private let gnuplot = Gnuplot.find()

    @Test(arguments: Samples.charts)
    func `A drawing is an SVG element in the page's colours`(chart: Chart) throws {
        let svg = try #require(gnuplot).draw(chart, identifier: "c7")
        #expect(svg.hasPrefix("<svg role=\"img\" aria-label=\"\(chart.title)\""))
        #expect(svg.contains("var(--chart-ink)"))
        #expect(!svg.contains("rgb(1,2,"))
        #expect(!svg.contains("rgb(  1,   2,"))
        #expect(!svg.contains("\"black\""))
        let delegate = IDCollector()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = delegate
        #expect(parser.parse(), "\(chart.title) is no well-formed XML")
        #expect(!delegate.ids.isEmpty)
        #expect(delegate.ids.allSatisfy { $0.hasPrefix("c7-") })
        #expect(Set(delegate.ids).count == delegate.ids.count)
        #expect(delegate.references.isSubset(of: Set(delegate.ids)))
    }

    @Test func `Both axes of every drawing have their titles`() throws {
        // gnuplot leaves out a title for which the margin is too narrow.
        let titles = [
            ["false positive rate", "true positive rate"], ["score", "share of each outcome (%)"],
            ["predicted probability of default", "observed share of defaults"],
            ["age", "amount"], ["chi, exponent", "tau, exponent", "xi"],
        ]
        for (chart, words) in zip(Samples.charts, titles) {
            let svg = try #require(gnuplot).draw(chart, identifier: "c1")
            for word in words { #expect(svg.contains("<text>\(word)</text>"), "\(chart.title)") }
        }
    }

    @Test func `Labels reach neither gnuplot's language nor the shell`() throws {
        let mark = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let evil =
            "it's `touch \(mark.path)` $(touch \(mark.path)) \n system(\"touch \(mark.path)\")"
        var boxes = Samples.boxes
        boxes.groupTitle = evil
        boxes.axisTitle = evil
        boxes.groups[0] = evil
        boxes.series[0].name = evil
        let svg = try #require(gnuplot).draw(Chart(evil, .boxes(boxes)), identifier: "c1")
        #expect(svg.contains("it's `touch"))
        #expect(!FileManager.default.fileExists(atPath: mark.path))
    }
}

private final class IDCollector: NSObject, XMLParserDelegate {
    var ids: [String] = []
    var references: Set<String> = []

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        if let id = attributeDict["id"] { ids.append(id) }
        if let reference = attributeDict["href"], reference.hasPrefix("#") {
            references.insert(String(reference.dropFirst()))
        }
    }
}
