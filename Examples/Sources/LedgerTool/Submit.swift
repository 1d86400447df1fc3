// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Submit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts transactions on a chain, in a block that the given banks agree on.",
        subcommands: [SubmitEntries.self, SubmitScore.self, SubmitVote.self, SubmitModel.self])
}

/// The chain and the keys that make its blocks.
struct BlockMakers: ParsableArguments {
    @OptionGroup var chain: ChainArgument

    @Option(help: ArgumentHelp("The key of the bureau that proposes.", valueName: "key"))
    var bureau: String

    @Option(help: ArgumentHelp("The key of a bank that votes; give it for each.", valueName: "key"))
    var bank: [String]

    /// Signs a transaction with the sender's next number and appends it in a block of its own.
    @discardableResult
    func append(
        _ transaction: Transaction, signedBy sender: SigningIdentity, to chain: Chain
    ) throws -> SignedTransaction {
        let state = chain.state
        let signed = try SignedTransaction(
            transaction, nonce: state.nextNonce(of: sender.address(chainID: state.chainID)),
            signedBy: sender, chainID: state.chainID)
        let members = LocalMembers(try ([bureau] + bank).map { try KeyFile.read($0) })
        try chain.append([signed], agreedBy: members, now: currentTime())
        return signed
    }

    /// Appends the transaction that `body` makes of the chain's state, and says where it is.
    func submit(signedBy key: String, _ body: (ChainState) throws -> Transaction) throws {
        try chain.open { chain in
            let signed = try append(body(chain.state), signedBy: KeyFile.read(key), to: chain)
            say("block \(chain.height) transaction \(signed.id)")
        }
    }
}

struct SubmitEntries: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entries", abstract: "Appends the lines of a file to a journal.",
        discussion: "Says 'block HEIGHT entries COUNT' when a block is on the disk.")

    @OptionGroup var makers: BlockMakers

    @Argument(help: "The file of lines; standard input without it.")
    var file: String?

    @Option(help: "The journal.")
    var journal = "entries"

    @Option(help: "How many lines make a block.")
    var batch = 1_000

    func validate() throws {
        guard (1...EntryBatch.maximumCount).contains(batch) else {
            throw ValidationError("--batch \(batch) is not in 1...\(EntryBatch.maximumCount)")
        }
    }

    func run() throws {
        let input =
            if let file {
                try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            } else {
                FileHandle.standardInput
            }
        let data = try input.readToEnd() ?? Data()
        let lines = data.split(separator: UInt8(ascii: "\n")).map(Array.init)
        try makers.chain.open { chain in
            let bureau = try KeyFile.read(makers.bureau)
            for start in stride(from: 0, to: lines.count, by: batch) {
                let part = Array(lines[start..<min(start + batch, lines.count)])
                try makers.append(
                    .entryBatch(EntryBatch(journal: journal, entries: part)), signedBy: bureau,
                    to: chain)
                say("block \(chain.height) entries \(part.count)")
            }
        }
    }
}

struct SubmitScore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Proposes a score.")

    @OptionGroup var makers: BlockMakers

    @Option(help: "The borrower's identifier: 64 hexadecimal digits.")
    var borrower: String

    @Option(help: "The score in points.")
    var score: Int32

    @Option(help: "The scale of the score.")
    var scale = "pdo-300-850"

    @Option(help: "The grade on that scale.")
    var grade: UInt8 = 0

    @Option(help: "The digest of the model file.")
    var model: String

    @Option(help: "The commitment to the inputs.")
    var inputs: String

    func run() throws {
        try makers.submit(signedBy: makers.bureau) { state in
            try .scoreProposal(
                ScoreProposal(
                    borrower: .opaque(LedgerDigest(hexadecimal: borrower)), score: score,
                    scale: scale, grade: grade, modelDigest: LedgerDigest(hexadecimal: model),
                    inputCommitment: LedgerDigest(hexadecimal: inputs), cycle: state.cycle))
        }
    }
}

struct SubmitVote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote", abstract: "Votes on a proposed score.")

    @OptionGroup var makers: BlockMakers

    @Option(help: ArgumentHelp("The key of the bank whose opinion it is.", valueName: "key"))
    var voter: String

    @Option(help: "The identifier of the proposing transaction.")
    var proposal: String

    @Flag(help: "Vote against the score.")
    var reject = false

    func run() throws {
        let id = try LedgerDigest(hexadecimal: proposal)
        try makers.submit(signedBy: voter) { state in
            let cycle = state.score(of: id)?.proposal.cycle ?? state.cycle
            return .scoreVote(ScoreVote(proposal: id, approves: !reject, cycle: cycle))
        }
    }
}

struct SubmitModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Anchors a model file.")

    @OptionGroup var makers: BlockMakers

    @Option(help: "The digest of the model file: 64 hexadecimal digits.")
    var digest: String

    @Option(help: "The model's name.")
    var name: String

    @Option(help: "The model's version.")
    var version: String

    func run() throws {
        try makers.submit(signedBy: makers.bureau) { _ in
            try .modelRecord(
                ModelRecord(
                    modelDigest: LedgerDigest(hexadecimal: digest), name: name,
                    version: version))
        }
    }
}
