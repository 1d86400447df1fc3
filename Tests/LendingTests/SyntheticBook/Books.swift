// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lending

/// Books that several tests look at, drawn once.
enum Books {
    private static let training = Result { try SyntheticLoanBook(count: 4000, seed: 11) }
    private static let fresh = Result { try SyntheticLoanBook(count: 4000, seed: 12) }

    /// 4,000 loans with a default rate of 20 %.
    static func standard() throws -> SyntheticLoanBook { try training.get() }

    /// Another 4,000 loans of the same law.
    static func other() throws -> SyntheticLoanBook { try fresh.get() }
}

/// The standard error of an AUC by Hanley and McNeil, DOI 10.1148/radiology.143.1.7063747.
func standardError(auc: Double, labels: [Bool]) -> Double {
    let positives = Double(labels.count { $0 })
    let negatives = Double(labels.count) - positives
    let first = auc / (2 - auc)
    let second = 2 * auc * auc / (1 + auc)
    let variance =
        auc * (1 - auc) + (positives - 1) * (first - auc * auc)
        + (negatives - 1) * (second - auc * auc)
    return (variance / (positives * negatives)).squareRoot()
}
