// SPDX-License-Identifier: Apache-2.0

// A bureau proposes a score, three banks accept it, the borrower takes a receipt home.
import Ledger

let banks = (1...3).map { _ in SigningIdentity.generate() }
let bureau = SigningIdentity.generate()
let founding: UInt64 = 1_780_000_000_000  // milliseconds since 1970
let genesis = try Genesis(
    chainName: "demo", banks: banks, bureaus: [bureau], creationTime: founding)
let chain = try Chain.inMemory(genesis: genesis)
let members = LocalMembers(banks + [bureau])

let digest = try LedgerDigest([UInt8](repeating: 7, count: 32))
let proposal = try SignedTransaction(
    .scoreProposal(
        ScoreProposal(
            borrower: .opaque(digest), score: 640, scale: "pdo-300-850", grade: 3,
            modelDigest: digest, inputCommitment: digest, cycle: 0)),
    nonce: 0, signedBy: bureau, chainID: genesis.chainID)
try chain.append([proposal], agreedBy: members, now: founding + 1)
let votes = try banks.map {
    try SignedTransaction(
        .scoreVote(ScoreVote(proposal: proposal.id, approves: true, cycle: 0)), nonce: 0,
        signedBy: $0, chainID: genesis.chainID)
}
try chain.append(votes, agreedBy: members, now: founding + 2)

let receipt = try chain.receipt(for: proposal.id)
try receipt.verify(against: genesis)  // offline: needs no chain
print("score 640 accepted, receipt of", receipt.canonicalBytes.count, "bytes")
