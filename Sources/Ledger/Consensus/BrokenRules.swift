// SPDX-License-Identifier: Apache-2.0

/// Rules of the consensus that a negative control leaves out.
///
/// A test of the rules is worth what it notices when one is missing. So the simulator can run the
/// real core with a rule taken away; no public initializer of the core takes any.
package struct BrokenRules: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A bank notarizes every valid block of a view, not only the first.
    package static let notarizeTwice = BrokenRules(rawValue: 1 << 0)
    /// A bank that let a view pass also makes a block of it final.
    package static let finalizeAfterNullify = BrokenRules(rawValue: 1 << 1)
    /// A bank that made a block final also lets its view pass.
    package static let nullifyAfterFinalize = BrokenRules(rawValue: 1 << 2)
    /// A notarized block counts as final.
    package static let finalOnNotarization = BrokenRules(rawValue: 1 << 3)
    /// A time-out alone leads to the next view.
    package static let leaveViewOnTimeOut = BrokenRules(rawValue: 1 << 4)
    /// A header need not prove that the views it skips passed without a block.
    package static let skipWithoutProof = BrokenRules(rawValue: 1 << 5)
    /// A header need not prove that its parent was notarized.
    package static let parentWithoutProof = BrokenRules(rawValue: 1 << 6)
    /// Half of the weight is a quorum.
    package static let halfIsEnough = BrokenRules(rawValue: 1 << 7)
    /// Signatures of votes are not checked.
    package static let trustSignatures = BrokenRules(rawValue: 1 << 8)
    /// A vote that comes twice counts twice, alone and in a certificate.
    package static let countVotersTwice = BrokenRules(rawValue: 1 << 9)
    /// Votes leave the node although nothing was written to the disk.
    package static let voteBeforeDisk = BrokenRules(rawValue: 1 << 10)
    /// Votes of any epoch count in this one.
    package static let mixEpochs = BrokenRules(rawValue: 1 << 11)
    /// Any member may propose in any view.
    package static let anybodyLeads = BrokenRules(rawValue: 1 << 12)
    /// Time-outs do not grow.
    package static let constantTimeOuts = BrokenRules(rawValue: 1 << 13)
    /// A bank votes once per height, ever: the second reading of the paper.
    package static let oneVotePerHeight = BrokenRules(rawValue: 1 << 14)
    /// Certificates and missed votes are not sent again.
    package static let neverForward = BrokenRules(rawValue: 1 << 15)
    /// Contradicting votes are not reported.
    package static let ignoreEvidence = BrokenRules(rawValue: 1 << 16)

    /// Paper 004, section III-B, as printed: one vote, final at the quorum; after the time-out the
    /// next bureau proposes.
    package static let paperAsPrinted: BrokenRules = [
        .finalOnNotarization, .leaveViewOnTimeOut, .skipWithoutProof,
    ]
}
