// SPDX-License-Identifier: Apache-2.0

/// Two chains of one epoch, both final by their votes, that cannot both be.
///
/// Whoever holds both convicts voters of weight `2q - W` or more, without asking anybody: the
/// headers hold the votes that let the skipped views pass.
public struct ForkProof: Sendable {
    /// The blocks of one chain from the first that differs, with the votes for the last one.
    public let first: FinalizedSegment
    /// The same of the other chain.
    public let second: FinalizedSegment

    /// Two chains of one epoch that begin behind the same block.
    ///
    /// - Throws: ``LedgerError``: `wrongParent` where they begin behind different blocks,
    ///   `invalidValue` where one is the beginning of the other.
    public init(_ first: FinalizedSegment, _ second: FinalizedSegment) throws(LedgerError) {
        let header = first.blocks[0].header
        let other = second.blocks[0].header
        guard header.parent == other.parent, header.epoch == other.epoch else {
            throw LedgerError(
                .wrongParent,
                "the chains begin behind \(header.parent) and \(other.parent)",
                height: header.height)
        }
        guard zip(first.blocks, second.blocks).contains(where: { $0 != $1 }) else {
            throw LedgerError(.invalidValue, "the chains do not contradict each other")
        }
        let isInOrder = first.last.header.view <= second.last.header.view
        self.first = isInOrder ? first : second
        self.second = isInOrder ? second : first
    }

    /// The voters that broke the rules, each with two votes that contradict each other, in order.
    ///
    /// No voter that kept the rules is ever among them.
    ///
    /// - Throws: ``LedgerError`` where a chain does not verify, or a header does not prove the
    ///   views that it skips: then a whole quorum signed an invalid header.
    public func convictions(
        _ configuration: EpochConfiguration, keys: any ConsensusKeys
    ) throws(LedgerError) -> [ViewEquivocation] {
        try first.verify(configuration, keys: keys)
        try second.verify(configuration, keys: keys)
        let view = first.last.header.view
        var found: [Int: ViewEquivocation] = [:]
        func pair(_ left: ViewCertificate, _ right: ViewCertificate) throws(LedgerError) {
            try right.verify(configuration.voters, keys: keys)
            let others = right.votes
            for vote in left.votes {
                for other in others where vote.contradicts(other) {
                    found[vote.voter] = try ViewEquivocation(vote, other)
                }
            }
        }
        guard let index = second.blocks.firstIndex(where: { $0.header.view >= view }) else {
            throw LedgerError(.invalidValue, "no block from view \(view) on")
        }
        let block = second.blocks[index]
        if block.header.view == view {
            guard block != first.last else {
                throw LedgerError(.invalidValue, "the chains do not contradict each other")
            }
            let isLast = index == second.blocks.count - 1
            let notarization =
                isLast
                ? second.notarization : second.blocks[index + 1].header.parentCertificate
            guard let notarization, notarization.statement.digest == block.hash else {
                throw missing("the notarization of \(block.hash)", view)
            }
            try pair(first.notarization, notarization)
            if isLast { try pair(first.finalization, second.finalization) }
        } else {
            let nullification = block.header.nullifications.first { $0.statement.view == view }
            guard let nullification else { throw missing("the nullification", view) }
            try pair(first.finalization, nullification)
        }
        return found.sorted { $0.key < $1.key }.map { $0.value }
    }

    private func missing(_ what: String, _ view: UInt64) -> LedgerError {
        LedgerError(.wrongParent, "\(what) in view \(view) is missing")
    }
}
