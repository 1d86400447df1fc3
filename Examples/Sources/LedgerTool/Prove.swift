// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Ledger

struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the proof of a score or of an entry.",
        discussion: "Give --proposal for a score, or --block and --entry for an entry.")

    @OptionGroup var chain: ChainArgument

    @Argument(help: "The new proof file.")
    var out: String

    @Option(help: "The identifier of the transaction that proposed the score.")
    var proposal: String?

    @Option(help: "The block of the entry.")
    var block: UInt64?

    @Option(help: "The batch's position in the block.")
    var position = 0

    @Option(help: "The entry's position in the batch, from 0.")
    var entry = 0

    func validate() throws {
        guard (proposal == nil) != (block == nil) else {
            throw ValidationError("give either --proposal or --block")
        }
    }

    func run() throws {
        let proof = try chain.open { chain in
            if let proposal {
                return try chain.receipt(for: LedgerDigest(hexadecimal: proposal)).canonicalBytes
            }
            let place = Place(height: block ?? 0, position: position)
            return try chain.entryProof(at: place, index: entry).canonicalBytes
        }
        try writeNew(proof, to: out)
        say(out)
    }
}

struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Works with proofs.", subcommands: [ReceiptCheck.self])
}

struct ReceiptCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the proof of a score or an entry against a founding record alone.")

    @Argument(help: "The proof file.")
    var file: String

    @Option(help: ArgumentHelp("The chain's founding record.", valueName: "file"))
    var genesis: String

    func run() throws {
        let bytes = try read(file)
        let record = try Genesis(canonicalBytes: read(genesis))
        if let receipt = try? ScoreReceipt(canonicalBytes: bytes) {
            let score = try receipt.verify(against: record)
            say("score \(score.score) on \(score.scale) of \(score.borrower), accepted")
            return
        }
        let proof = try EntryProof(canonicalBytes: bytes)
        let found = try proof.verify(against: record)
        say(
            "entry \(found.index) of \(found.journal) in block \(proof.batch.height): "
                + hexadecimal(proof.entry))
    }
}
