// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a member can put on the chain.
public enum Transaction: Hashable, Sendable {
    /// A bureau proposes a score.
    case scoreProposal(ScoreProposal)
    /// A bank approves or rejects a proposed score.
    case scoreVote(ScoreVote)
    /// A bureau or a bank anchors a model.
    case modelRecord(ModelRecord)
    /// A bank decides on a loan.
    case lendingDecision(LendingDecisionRecord)

    /// The type tags of the encoding; a tag is never given another meaning.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// A ``ScoreProposal``.
        case scoreProposal = 1
        /// A ``ScoreVote``.
        case scoreVote = 2
        /// A ``ModelRecord``.
        case modelRecord = 3
        /// A ``LendingDecisionRecord``.
        case lendingDecision = 4

        /// The roles that may send it.
        var senders: [Role] {
            switch self {
            case .scoreProposal: [.bureau]
            case .scoreVote, .lendingDecision: [.bank]
            case .modelRecord: [.bureau, .bank]
            }
        }
    }

    /// The type tag.
    public var kind: Kind {
        switch self {
        case .scoreProposal: .scoreProposal
        case .scoreVote: .scoreVote
        case .modelRecord: .modelRecord
        case .lendingDecision: .lendingDecision
        }
    }
}

extension Transaction: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(kind.rawValue)
        switch self {
        case .scoreProposal(let value): encoder.encode(value)
        case .scoreVote(let value): encoder.encode(value)
        case .modelRecord(let value): encoder.encode(value)
        case .lendingDecision(let value): encoder.encode(value)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        switch Kind(rawValue: tag) {
        case .scoreProposal: self = .scoreProposal(try ScoreProposal(from: &decoder))
        case .scoreVote: self = .scoreVote(try ScoreVote(from: &decoder))
        case .modelRecord: self = .modelRecord(try ModelRecord(from: &decoder))
        case .lendingDecision: self = .lendingDecision(try LendingDecisionRecord(from: &decoder))
        case nil: throw decoder.error("\(tag) is no kind of transaction")
        }
    }
}
