// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering

let table = try Table(csvText: "age,housing\n30,own\n,rent\n50,own\n40,rent\n")
let features = try Pipeline(.impute(), .oneHot()).fit(table).transform(table)
precondition(features.rowCount == 4 && features.columnCount == 3)
print("FeatureEngineering", features.names)
