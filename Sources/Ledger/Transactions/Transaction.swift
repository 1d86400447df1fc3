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
    /// A bank lends; all parties have signed.
    case loanContract(LoanContract)
    /// A bank confirms that its borrower paid.
    case repayment(Repayment)
    /// A bureau applies for the coming cycle.
    case bureauApplication(BureauApplication)
    /// A bank votes for a candidate of the coming cycle.
    case bureauVote(BureauVote)
    /// A member replaces its key.
    case keyRotation(KeyRotation)
    /// A member gives up its key.
    case keyRevocation(KeyRevocation)
    /// A user lets a member use its data.
    case consentGrant(ConsentGrant)
    /// A user takes a consent back.
    case consentRevocation(ConsentRevocation)
    /// A member anchors data that stays off the chain.
    case dataCommitment(DataCommitment)
    /// A bureau or a bank proposes a model to use.
    case modelUpdate(ModelUpdate)
    /// A bank votes on a model to use.
    case modelApproval(ModelApproval)
    /// The banks change the members or the parameters.
    case configurationChange(ConfigurationChange)
    /// A bureau or a bank continues a journal.
    case entryBatch(EntryBatch)
    /// A bank or a bureau proves that a member broke the rules of the consensus.
    case misconduct(Misconduct)
    /// A bank promises a secret for the next election's seed.
    case seedCommitment(SeedCommitment)
    /// A bank opens its promise.
    case seedReveal(SeedReveal)

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
        /// A ``LoanContract``.
        case loanContract = 5
        /// A ``Repayment``.
        case repayment = 6
        /// A ``BureauApplication``.
        case bureauApplication = 7
        /// A ``BureauVote``.
        case bureauVote = 8
        /// A ``KeyRotation``.
        case keyRotation = 9
        /// A ``KeyRevocation``.
        case keyRevocation = 10
        /// A ``ConsentGrant``.
        case consentGrant = 11
        /// A ``ConsentRevocation``.
        case consentRevocation = 12
        /// A ``DataCommitment``.
        case dataCommitment = 13
        /// A ``ModelUpdate``.
        case modelUpdate = 14
        /// A ``ModelApproval``.
        case modelApproval = 15
        /// A ``ConfigurationChange``.
        case configurationChange = 16
        /// An ``EntryBatch``.
        case entryBatch = 17
        /// A ``Misconduct``.
        case misconduct = 18
        /// A ``SeedCommitment``.
        case seedCommitment = 19
        /// A ``SeedReveal``.
        case seedReveal = 20

        /// The roles that may send it.
        var senders: [Role] {
            switch self {
            case .scoreProposal: [.bureau, .prospectiveBureau]
            case .seedCommitment, .seedReveal, .scoreVote, .lendingDecision, .loanContract,
                .repayment, .bureauVote,
                .modelApproval, .configurationChange:
                [.bank]
            case .modelRecord, .modelUpdate, .entryBatch, .misconduct: [.bureau, .bank]
            case .bureauApplication: [.bureau, .prospectiveBureau]
            case .consentGrant, .consentRevocation: [.user]
            case .dataCommitment: [.bank, .bureau, .user]
            case .keyRotation, .keyRevocation: Role.allCases
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
        case .loanContract: .loanContract
        case .repayment: .repayment
        case .bureauApplication: .bureauApplication
        case .bureauVote: .bureauVote
        case .keyRotation: .keyRotation
        case .keyRevocation: .keyRevocation
        case .consentGrant: .consentGrant
        case .consentRevocation: .consentRevocation
        case .dataCommitment: .dataCommitment
        case .modelUpdate: .modelUpdate
        case .modelApproval: .modelApproval
        case .configurationChange: .configurationChange
        case .entryBatch: .entryBatch
        case .misconduct: .misconduct
        case .seedCommitment: .seedCommitment
        case .seedReveal: .seedReveal
        }
    }
}

extension Transaction {
    /// Whether it may change who is registered.
    var changesMembers: Bool {
        switch self {
        case .keyRotation, .keyRevocation, .misconduct: true
        case .configurationChange(let change):
            if case .parameters = change.action { false } else { true }
        default: false
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
        case .loanContract(let value): encoder.encode(value)
        case .repayment(let value): encoder.encode(value)
        case .bureauApplication(let value): encoder.encode(value)
        case .bureauVote(let value): encoder.encode(value)
        case .keyRotation(let value): encoder.encode(value)
        case .keyRevocation(let value): encoder.encode(value)
        case .consentGrant(let value): encoder.encode(value)
        case .consentRevocation(let value): encoder.encode(value)
        case .dataCommitment(let value): encoder.encode(value)
        case .modelUpdate(let value): encoder.encode(value)
        case .modelApproval(let value): encoder.encode(value)
        case .configurationChange(let value): encoder.encode(value)
        case .entryBatch(let value): encoder.encode(value)
        case .misconduct(let value): encoder.encode(value)
        case .seedCommitment(let value): encoder.encode(value)
        case .seedReveal(let value): encoder.encode(value)
        }
    }

    /// Writes what is signed and hashed: all of it but the entries of a batch.
    func encodeCommitment(to encoder: inout CanonicalEncoder) {
        guard case .entryBatch(let batch) = self else { return encode(to: &encoder) }
        encoder.encode(kind.rawValue)
        batch.encodeCommitment(to: &encoder)
    }

    /// Reads what ``encodeCommitment(to:)`` wrote.
    init(commitmentFrom decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        var copy = decoder
        guard try copy.decodeUInt8() == Kind.entryBatch.rawValue else {
            try self.init(from: &decoder)
            return
        }
        decoder = copy
        self = .entryBatch(try EntryBatch(commitmentFrom: &decoder))
    }

    /// The entries of a batch, if it is one that has them.
    var entries: [[UInt8]]? {
        guard case .entryBatch(let batch) = self else { return nil }
        return batch.entries
    }

    /// Whether it is a batch whose entries were pruned.
    var isPruned: Bool {
        guard case .entryBatch(let batch) = self else { return false }
        return batch.entries == nil
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        switch Kind(rawValue: tag) {
        case .scoreProposal: self = .scoreProposal(try ScoreProposal(from: &decoder))
        case .scoreVote: self = .scoreVote(try ScoreVote(from: &decoder))
        case .modelRecord: self = .modelRecord(try ModelRecord(from: &decoder))
        case .lendingDecision: self = .lendingDecision(try LendingDecisionRecord(from: &decoder))
        case .loanContract: self = .loanContract(try LoanContract(from: &decoder))
        case .repayment: self = .repayment(try Repayment(from: &decoder))
        case .bureauApplication: self = .bureauApplication(try BureauApplication(from: &decoder))
        case .bureauVote: self = .bureauVote(try BureauVote(from: &decoder))
        case .keyRotation: self = .keyRotation(try KeyRotation(from: &decoder))
        case .keyRevocation: self = .keyRevocation(try KeyRevocation(from: &decoder))
        case .consentGrant: self = .consentGrant(try ConsentGrant(from: &decoder))
        case .consentRevocation: self = .consentRevocation(try ConsentRevocation(from: &decoder))
        case .dataCommitment: self = .dataCommitment(try DataCommitment(from: &decoder))
        case .modelUpdate: self = .modelUpdate(try ModelUpdate(from: &decoder))
        case .modelApproval: self = .modelApproval(try ModelApproval(from: &decoder))
        case .configurationChange:
            self = .configurationChange(try ConfigurationChange(from: &decoder))
        case .entryBatch: self = .entryBatch(try EntryBatch(from: &decoder))
        case .misconduct: self = .misconduct(try Misconduct(from: &decoder))
        case .seedCommitment: self = .seedCommitment(try SeedCommitment(from: &decoder))
        case .seedReveal: self = .seedReveal(try SeedReveal(from: &decoder))
        case nil: throw decoder.error("\(tag) is no kind of transaction")
        }
    }
}
