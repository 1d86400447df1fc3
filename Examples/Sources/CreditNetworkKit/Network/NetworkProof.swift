// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Lending

/// What the files of a network prove once it is closed.
struct NetworkProof {
    /// What the reopened chain holds, every block verified.
    var chain: ChainReport
    /// The score that one borrower's receipt proves.
    var score: ScoreProposal
    /// The size of that receipt.
    var receiptByteCount: Int

    /// Writes an exported copy, the founding record and one receipt, closes the chain, and verifies
    /// the chain's file, the copy and the receipt from what is on disk.
    ///
    /// - Throws: `LedgerError` with the first thing that does not verify, or ``NetworkError``.
    init(
        _ consortium: Consortium, chainFile: URL, _ outcomes: [ScoreOutcome], in folder: URL
    ) throws {
        guard let accepted = outcomes.first(where: \.isAccepted) else {
            throw NetworkError("the banks accepted none of \(outcomes.count) scores")
        }
        let receiptFile = folder.appending(path: "receipt.credit")
        let genesisFile = folder.appending(path: "genesis.credit")
        let exportFile = folder.appending(path: "chain.credit")
        try Data(consortium.receipt(for: accepted).canonicalBytes).write(to: receiptFile)
        try Data(consortium.chain.genesis.canonicalBytes).write(to: genesisFile)
        try consortium.chain.export(to: exportFile)
        let closed = consortium.chain.report
        try consortium.close()

        let reopened = try Chain.open(at: chainFile)
        chain = reopened.report
        try reopened.close()
        let exported = try Chain.verify(export: exportFile)
        guard chain == closed, exported == closed else {
            throw NetworkError("closed as \(closed), reopened as \(chain), exported as \(exported)")
        }
        // All that the borrower and whoever reads the receipt have: two small files.
        let receipt = try ScoreReceipt(canonicalBytes: Array(Data(contentsOf: receiptFile)))
        score = try receipt.verify(
            against: Genesis(canonicalBytes: Array(Data(contentsOf: genesisFile))))
        receiptByteCount = receipt.canonicalBytes.count
    }
}
