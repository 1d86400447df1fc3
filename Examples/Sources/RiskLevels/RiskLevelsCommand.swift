// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ReportKit
import RiskLevelsKit

@main
struct RiskLevelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RiskLevels",
        abstract: "Logistic regression, naive Bayes and IBk against a scorecard, in ten folds.",
        discussion: """
            Repeats the experiment of Li and Yang on invented loans with four groups of indicators \
            and five levels of repayment, whose best possible scores are known, and on credit card \
            holders in Taiwan. Writes report.html and report.md.
            """)

    @Option(
        help: ArgumentHelp(
            "Credit card holders in Taiwan (UCI_Credit_Card.csv); that part is left out without it.",
            valueName: "file"))
    var taiwan: String?

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "out"

    @Option(help: "How many loans are invented.")
    var loans = 16_000

    @Option(help: "Seed of the loans and of the folds.")
    var seed: UInt64 = 1

    func run() throws {
        var experiment = RiskLevelsRun(
            taiwan: taiwan.map { URL(fileURLWithPath: $0) },
            output: URL(fileURLWithPath: out, isDirectory: true), seed: seed)
        experiment.loanCount = loans
        print(try ProgressBar.during(experiment.run(progress:)))
    }
}
