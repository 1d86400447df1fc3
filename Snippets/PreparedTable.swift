// SPDX-License-Identifier: Apache-2.0

// From text to a matrix without missing values, fitted on the training rows only.
import FeatureEngineering

let loans = try Table(
    csvText: """
        amount,purpose,repaid
        1200,car,yes
        ,radio,yes
        5100,car,no
        800,"radio, TV",yes
        """,
    schema: TableSchema([
        .numeric("amount", missing: [""]), .categorical("purpose", ["car", "radio", "radio, TV"]),
        .categorical("repaid", ["no", "yes"]),
    ]))
let (train, test) = try loans.split(testFraction: 0.25, seed: 2)

let recipe = Pipeline(.impute(.median), .standardise(), .oneHot(unknown: .ignore))
let prepared = try recipe.fit(train, target: "repaid").transform(test)
print(prepared.names)
print(prepared.matrix)
