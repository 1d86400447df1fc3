// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ReportKit
import ScorecardKit

@main
struct ScorecardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Scorecard",
        abstract: "From a file of loans to a scorecard, its SQL, and one applicant's reasons.",
        discussion: """
            Bins every variable with a monotone event rate, fits the card, lets SQLite score every \
            loan with the exported SQL, and tells one applicant why the score is not higher and \
            what would raise it. Writes report.html, validation.html with validation.json, and the \
            card as scorecard.credit, .json, .csv, .md, .sql and .pmml.
            """)

    @Option(
        help: ArgumentHelp(
            "German credit in the Statlog format; without it, an invented loan book.",
            valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "out"

    @Option(help: "The row of the applicant, counted from 0; a typical refusal when left out.")
    var applicant: Int?

    @Option(help: "How many points the applicant wants to gain.")
    var gain: Double = 20

    @Option(help: "Seed of the folds and of the invented book.")
    var seed: UInt64 = 1

    func run() throws {
        var card = ScorecardRun(
            data: data.map { URL(fileURLWithPath: $0) },
            output: URL(fileURLWithPath: out, isDirectory: true), seed: seed)
        card.applicant = applicant
        card.gain = gain
        print(try ProgressBar.during(card.run(progress:)))
    }
}
