// SPDX-License-Identifier: Apache-2.0

import Behavioral
import FeatureEngineering
import Foundation
import Metrics
import Models

let file = URL(filePath: CommandLine.arguments[1])  // german.data
let loans = try Table(csv: file, schema: .germanCredit)
let (train, test) = try loans.split(testFraction: 0.25, stratifiedBy: "class", seed: 1)

let recipe = Pipeline(.impute(.median), .standardise(), .oneHot()).then(LogisticRegression())
let model = try recipe.fit(train, target: "class", positive: "2")  // 2: the loan went bad

let risk = try model.probabilities(in: test)
print("AUC", try ROC(labels: test.labels("class", positive: "2"), scores: risk).auc)
print("model", model.digest)  // SHA-256 of the model file
let loan = try LoanProspect(defaultProbability: risk[0], rate: 0.14, lossGivenDefault: 0.45)
print("invest", try Lender.riskAverse.invest(in: loan).amount ?? 0, "of the budget")
