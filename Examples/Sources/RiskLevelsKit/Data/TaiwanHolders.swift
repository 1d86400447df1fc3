// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Models

extension CreditSample {
    /// The holders of credit cards in Taiwan, without sex, age and marriage.
    ///
    /// Amounts have long tails: models other than the scorecard see them clipped, as logarithms and
    /// standardised.
    ///
    /// - Throws: `FeatureError` naming the file, the line, the record, the column and the value.
    init(taiwan file: URL) throws {
        let whole = try Table(csv: file, schema: .taiwanCredit)
        let target = "default.payment.next.month"
        _ = try whole.labels(target, positive: "1", negative: "0")
        self.init(
            table: try whole.removing(["SEX", "AGE", "MARRIAGE"]), target: target, positive: "1",
            preparation: .robustLinear())
    }
}
