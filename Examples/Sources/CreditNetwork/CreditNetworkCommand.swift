// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CreditNetworkKit
import Foundation
import ReportKit

@main
struct CreditNetworkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "CreditNetwork",
        abstract: "From a loan book to agreed scores and lending decisions.",
        discussion: """
            Cross-validates and trains a logistic regression, lets three bureaus propose and five \
            banks vote on a score for every applicant, checks the chain and one borrower's receipt \
            offline, and decides what each type of lender would invest. Writes report.html, \
            chain.sqlite, chain.credit and model.credit.
            """)

    @Option(
        help: ArgumentHelp(
            "German credit in the Statlog format; without it, an invented loan book.",
            valueName: "file"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "German credit with ages, jobs and outcomes in the Kaggle format, for the box plots; "
                + "looked for beside the data when not given.", valueName: "file"))
    var riskData: String?

    @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
    var out = "out"

    @Option(help: "Seed of everything random: folds, the invented book, keys, the order of duty.")
    var seed: UInt64 = 1

    func run() throws {
        let network = CreditNetworkRun(
            data: data.map { URL(fileURLWithPath: $0) },
            riskData: riskData.map { URL(fileURLWithPath: $0) },
            output: URL(fileURLWithPath: out, isDirectory: true), seed: seed)
        print(try ProgressBar.during(network.run(progress:)))
    }
}
