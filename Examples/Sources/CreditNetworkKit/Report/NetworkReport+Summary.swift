// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Metrics
import Models
import ReportKit

extension NetworkReport {
    /// The results in a few lines for a terminal.
    func summary(report file: URL) -> String {
        let lines = summaryRows + [("report", file.path)]
        let width = lines.reduce(0) { max($0, $1.0.count) } + 2
        return lines.map { name, value in
            name.padding(toLength: width, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    private var summaryRows: [(String, String)] {
        let quality = model.quality
        let chain = agreement.proof.chain
        let scores = [quality.kolmogorovSmirnov, quality.curve.gini, quality.brierScore]
        let best = book.optimalAUC.map { ", best possible \($0.text(3))" } ?? ""
        let spread = quality.auc.standardDeviation.text(3)
        var rows: [(String, String)] = [
            ("data", book.origin),
            ("AUC, ten folds", "\(quality.auc.mean.text(3)) (sd \(spread))\(best)"),
            ("KS, Gini, Brier", scores.map { $0.text(3) }.joined(separator: ", ")),
        ]
        let accepted = "\(agreement.acceptedCount.text) of \(agreement.outcomes.count.text)"
        rows.append(("scores accepted", "\(accepted), in \(chain.height) blocks"))
        let transactions = Int(chain.transactionCount).text
        let votes = Int(chain.voteCount).text
        rows.append(
            ("chain verified", "\(transactions) transactions, \(votes) block votes"))
        rows.append(("chain head", "\(chain.headHash)"))
        let size = agreement.proof.receiptByteCount.text
        rows.append(
            ("receipt verified", "\(agreement.proof.score.score) points, \(size) bytes"))
        for lender in agreement.lending {
            let counts = lender.counts
            let split =
                "all \(counts.full.text), part \(counts.part.text), none \(counts.none.text)"
            rows.append(("mean ξ, \(lender.name)", "\(lender.meanShare.text(3)) (\(split))"))
        }
        return rows
    }
}
