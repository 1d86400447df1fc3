// SPDX-License-Identifier: Apache-2.0

/// Why the ledger refused something: a code to act on and a message with the particulars.
public struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule was broken.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Bytes are not the canonical form of what they should be.
        case malformedBytes
        /// A value is outside its documented range.
        case invalidValue
        /// A public key under which one signature could fit many messages, or not a key at all.
        case unsafeKey
        /// A member did not prove that it holds the private key.
        case missingPossession
        /// A change of members that breaks a rule: a key used before, two roles, a height gone by.
        case invalidMembership
        /// A genesis record breaks a rule: no bank, no bureau, a name or key given twice.
        case invalidGenesis
        /// The quorum is not a strict majority of the banks, or more than all of them.
        case invalidQuorum
        /// An address that is not registered on this chain.
        case unregisteredKey
        /// A registered member whose role does not allow the act.
        case wrongRole
        /// A signature that does not verify.
        case badSignature
        /// Something made for another chain.
        case wrongChain
        /// A transaction whose nonce was used already, or a lower one.
        case replayedTransaction
        /// A transaction in a block behind its expiry height.
        case expiredTransaction
        /// An agreement that not all of its parties signed.
        case missingSignature
        /// A submission without the work that the chain asks of users.
        case missingStamp
        /// A pool that holds as many transactions or bytes as it may.
        case poolFull
        /// A reference to a loan, consent, candidate or model update that the chain does not hold.
        case unknownReference
        /// Something that was done already and counts once: an application, a vote, a loan.
        case duplicateAct
        /// A consent that has expired or was taken back.
        case consentNotInForce
        /// A key that a sealed record was not sealed for.
        case notARecipient
        /// A sealed record whose bytes were changed.
        case unreadableRecord
        /// Data that is not what the commitment on the chain says.
        case wrongCommitment
        /// A record whose keys were destroyed.
        case recordPurged
        /// A score vote, decision or receipt that refers to no known proposal.
        case unknownProposal
        /// A second score vote of one bank on one proposal.
        case duplicateScoreVote
        /// A cycle that is not the block's, or that runs backwards.
        case wrongCycle
        /// A block that does not continue the chain: height, view or parent.
        case wrongParent
        /// A time stamp that is not after the parent's.
        case wrongTime
        /// A Merkle root, a count or an inclusion proof that does not match.
        case wrongRoot
        /// More transactions or bytes than a block may hold.
        case blockTooLarge
        /// A vote for something else than what is being voted on.
        case wrongBlock
        /// A second, identical vote of one bank.
        case duplicateVote
        /// A second, contradicting vote of one bank; both are kept as evidence.
        case equivocation
        /// A checkpoint that does not start where the witness's memory ends.
        case staleCheckpoint
        /// A checkpoint that contradicts an earlier one of the same log.
        case splitView
        /// A light client whose last header is older than its trusting period.
        case trustExpired
        /// Votes of half of the banks or fewer than the quorum.
        case quorumNotReached
        /// A score that the chain has not accepted.
        case scoreNotAccepted
        /// A file that exists already and is not overwritten.
        case fileExists
        /// A file that does not exist.
        case fileMissing
        /// A file of another kind or version.
        case foreignFile
        /// A file that ends too early.
        case truncatedFile
        /// Bytes behind the end of the data.
        case trailingBytes
        /// Entries that were pruned from the file.
        case prunedBelow
        /// A stored row that does not agree with what the chain commits to.
        case corruptStore
        /// The file changed under an open chain, or the chain is closed.
        case staleChain
        /// The file system or SQLite failed.
        case storage
    }

    /// The kind of rule that was broken.
    public let code: Code
    /// The particulars: row, address, both hashes where there are two.
    public let message: String
    /// The height of the block concerned, where there is one.
    public let height: UInt64?

    /// An error about the block at `height`, if it is about a block.
    public init(_ code: Code, _ message: String, height: UInt64? = nil) {
        self.code = code
        self.message = message
        self.height = height
    }

    /// The code, the block and the message.
    public var description: String {
        height.map { "\(code.rawValue): block \($0): \(message)" } ?? "\(code.rawValue): \(message)"
    }

    /// The same error, naming the block at `height` unless it names one already.
    func at(_ height: UInt64) -> LedgerError {
        self.height == nil ? LedgerError(code, message, height: height) : self
    }
}
