// SPDX-License-Identifier: Apache-2.0

// Three bureaus and five banks score a synthetic book together; each bank then decides.
import Behavioral
import FeatureEngineering
import Ledger
import Lending
import Models

let past = try SyntheticLoanBook(count: 2_000, seed: 1).table()
let model = try Pipeline(
    .exclude(SyntheticLoanBook.textColumn), .impute(), .standardise(), .oneHot()
).then(LogisticRegression()).fit(
    past, target: SyntheticLoanBook.targetColumn, positive: SyntheticLoanBook.positiveLabel)

let bureaus = (1...3).map { Bureau(name: "bureau \($0)", identity: .generate(), model: model) }
let banks = (1...5).map {
    Bank(name: "bank \($0)", identity: .generate(), model: model, lender: .neutral)
}
let genesis = try Consortium.genesis(
    chainName: "demo", bureaus: bureaus, banks: banks, creationTime: 1_780_000_000_000)
let consortium = try Consortium.inMemory(genesis: genesis, bureaus: bureaus, banks: banks)

let applications = try ApplicationBatch(
    table: SyntheticLoanBook(count: 20, seed: 2).table(),
    names: (1...20).map { "applicant \($0)" }, secret: Array("kept by the applicants".utf8))
for outcome in try consortium.score(applications) where outcome.isAccepted {
    let decision = try banks[0].decide(on: outcome)
    print(outcome.points, decision.grade, decision.investment.verdict)
}
