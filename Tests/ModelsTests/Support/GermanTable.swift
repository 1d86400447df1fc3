// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Models
import _CreditTestSupport

/// The mixed columns of `german.data` and the recipe that the tests fit to them.
enum GermanTable {
    static func load() throws -> Table {
        try Table(csv: SharedData.url("german/german.data"), schema: .germanCredit)
    }

    /// Numbers standardised, categories one-hot.
    static let recipe = Pipeline(
        .impute(.median), .standardise(), .oneHot(unknown: .ignore)
    ).then(LogisticRegression(penalty: .l2(C: 1)))
}
