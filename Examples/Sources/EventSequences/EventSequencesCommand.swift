// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventSequencesKit
import Foundation
import ReportKit

@main
struct EventSequencesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "EventSequences",
        abstract: "Events, texts and an association network, each alone and in one network.",
        discussion: """
            Invents borrowers with credit enquiries, repayments, a purpose in words and employers \
            whom they share, scores them half a year after their loans, and follows two of them \
            event by event. Writes report.html, report.md and the model fusion.credit.
            """)

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "out"

    @Option(help: "How many borrowers are invented.")
    var borrowers = 3_000

    @Option(help: "How many epochs the networks are trained at most.")
    var epochs = 25

    @Option(help: "Seed of the borrowers and of the networks.")
    var seed: UInt64 = 1

    func run() throws {
        var example = EventSequencesRun(
            output: URL(fileURLWithPath: out, isDirectory: true), seed: seed)
        example.borrowerCount = borrowers
        example.epochLimit = epochs
        print(try ProgressBar.during(example.run(progress:)))
    }
}
