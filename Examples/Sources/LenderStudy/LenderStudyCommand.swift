// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LenderStudyKit
import ReportKit

@main
struct LenderStudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "LenderStudy",
        abstract: "Paper 004's prospect theory recomputed, and preferences recovered.",
        discussion: """
            Writes Papers/ProspectTheory.md with a verdict on every printed value, and its \
            pictures as Figures/prospect-*.svg.
            """)

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "out"

    @Option(help: "How often choices are simulated and fitted.")
    var recoveryRuns = 500

    @Option(help: "How many choices are made in each.")
    var choices = 1000

    @Option(help: "Seed of the simulated choices.")
    var seed: UInt64 = 20_241_121

    func run() throws {
        let study = LenderStudyRun(
            output: URL(fileURLWithPath: out, isDirectory: true), recoveryRuns: recoveryRuns,
            choicesPerRun: choices, seed: seed)
        print(try ProgressBar.during(study.run(progress:)))
    }
}
