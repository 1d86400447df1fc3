// SPDX-License-Identifier: Apache-2.0

// From a raw file to a card with points, its SQL, and the reasons of one applicant.
import FeatureEngineering
import Foundation
import Models

let file = URL(filePath: CommandLine.arguments[1])  // german.data
let loans = try Table(csv: file, schema: .germanCredit)

let bins = BinningProcess(
    OptimalBinning(trend: .automaticMonotone, minimumBinShare: 0.05),
    minimumInformationValue: 0.02)
let card = try Scorecard(bins).fit(loans, target: "class", positive: "2")
print(card.document.markdown)
print(card.sql(table: "applications", keys: ["number"]))

let applicant = loans[0]
print("score", try card.score(of: applicant))
for reason in try card.reasons(for: applicant) {
    print(reason.statement.text, reason.shortfall)
}
