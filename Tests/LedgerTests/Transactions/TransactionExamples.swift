// SPDX-License-Identifier: Apache-2.0

import Ledger

/// One valid transaction of every kind, in the order of their numbers, for a chain of three banks,
/// two bureaus, two users and a prospective bureau in which user 1 holds an accepted score.
struct TransactionExamples {
    var network: Network
    /// The chain before the examples: proposals, an accepted score, an applicant, a consent, an
    /// update that the banks may vote on.
    var state: ChainState
    /// The same in the second half of the cycle, when bank 1 has promised a secret.
    let late: ChainState
    let all: [Transaction]

    func state(for kind: Transaction.Kind) -> ChainState { kind == .seedReveal ? late : state }

    init() throws {
        var network = try Network(users: 2, prospects: 1, cycleLength: 3)
        let accepted = try network.proposal(1)
        let open = try network.proposal(2)
        let bank = network.address(network.banks[0])
        let record = try ModelRecord(modelDigest: digest(3), name: "logit", version: "1.2")
        let update = try network.sign(
            .modelUpdate(ModelUpdate(model: record, replaces: nil, activationHeight: 9)),
            by: network.bureaus[0])
        let grant = try ConsentGrant(
            recipient: bank, purpose: "scoring", scope: digest(8),
            expiryTime: Network.start + 1_000_000)
        let consent = try network.sign(.consentGrant(grant), by: network.users[0])
        let application = try network.sign(
            .bureauApplication(BureauApplication(cycle: 1)), by: network.bureaus[1])
        let terms = try Self.terms(network, number: 1, score: accepted.id)
        let loan = try network.sign(
            .loanContract(Self.contract(network, terms)), by: network.banks[0])
        let setup = try [
            accepted, open, network.vote(1, on: accepted), network.vote(2, on: accepted), update,
            consent, application, loan,
        ]
        let start = ChainState(genesis: network.genesis)
        state = try start.advanced(by: network.certified(setup, after: start))
        let reveal = SeedReveal(secret: try digest(12))
        let promise = reveal.commitment(chainID: network.chainID, cycle: 0)
        late = try state.advanced(
            by: network.certified(
                [network.sign(.seedCommitment(promise), by: network.banks[0])], after: state))
        let newTerms = try Self.terms(network, number: 2, score: accepted.id)
        let member = try Member(
            name: "user 9", role: .user, identity: identity(3, 9), chainName: "test")
        all = [
            .scoreProposal(try scoreProposal(5)),
            .scoreVote(ScoreVote(proposal: open.id, approves: false, cycle: 0)),
            .modelRecord(record),
            .lendingDecision(
                try LendingDecisionRecord(
                    proposal: accepted.id, shareInMillionths: 230_000, verdict: 2)),
            .loanContract(try Self.contract(network, newTerms)),
            .repayment(
                try Repayment(loan: terms.id(chainID: network.chainID), amount: 12_345)),
            .bureauApplication(BureauApplication(cycle: 1)),
            .bureauVote(
                BureauVote(candidate: network.address(network.bureaus[1]), cycle: 1)),
            .keyRotation(try Self.rotation(network, .bank)),
            .keyRevocation(try KeyRevocation(reason: "lost")),
            .consentGrant(grant),
            .consentRevocation(ConsentRevocation(grant: consent.id)),
            .dataCommitment(
                try DataCommitment(
                    record: digest(5), commitment: digest(6), schema: "income-1",
                    consent: consent.id)),
            .modelUpdate(
                ModelUpdate(
                    model: record, replaces: try digest(2), activationHeight: 12,
                    contributions: [try digest(7)])),
            .modelApproval(ModelApproval(update: update.id, approves: true)),
            .configurationChange(try Self.change(.register(member), 1, network)),
            .entryBatch(try EntryBatch(journal: "events", entries: [[1, 2], [], [3]])),
            .misconduct(try Self.misconduct(of: 2, network, state.configuration)),
            .seedCommitment(promise), .seedReveal(reveal),
        ]
        self.network = network
    }

    /// Two blocks of one view that a bank voted for.
    static func misconduct(
        of bank: Int, _ network: Network, _ configuration: EpochConfiguration, view: UInt64 = 1
    ) throws -> Misconduct {
        let address = network.address(network.banks[bank])
        let voter = configuration.voters.index(of: address) ?? -1
        let keys = RegisteredKeys(
            network.banks[bank], registry: MemberRegistry(network.genesis))
        let votes = try (1...2).map { number in
            let statement = ConsensusStatement(
                .notarize, epoch: configuration.epoch, view: view, digest: try digest(UInt8(number))
            )
            return ViewVote(statement, voter: voter, signature: keys.sign(statement))
        }
        return try Misconduct(
            .votes(ViewEquivocation(votes[0], votes[1])), in: configuration)
    }

    static func terms(
        _ network: Network, number: UInt64, score: LedgerDigest? = nil
    ) throws -> LoanContractTerms {
        try LoanContractTerms(
            lender: network.address(network.banks[0]),
            borrower: network.address(network.users[0]),
            guarantors: [network.address(network.users[1])], number: number, score: score,
            currency: "EUR", quantity: 3, unitPrice: 100_000, discount: 5_000,
            initialPayment: 45_000, charge: 10_001, dispatchTime: Network.start,
            arrivalPeriod: 14, transport: "rail", repaymentPeriod: 90, instalmentCount: 3)
    }

    static func contract(_ network: Network, _ terms: LoanContractTerms) throws -> LoanContract {
        try LoanContract(
            terms: terms,
            signatures: network.users.map {
                try terms.signed(by: $0, chainID: network.chainID)
            })
    }

    /// The rotation of the first member with `role` to a new key.
    static func rotation(_ network: Network, _ role: Role) throws -> KeyRotation {
        let sender = network.member(role)
        let registry = MemberRegistry(network.genesis)
        guard let member = registry.member(at: network.address(sender)) else {
            throw LedgerError(.unregisteredKey, "\(role)")
        }
        return try KeyRotation(
            of: member, to: identity(7, Int(role.rawValue)), chainName: "test",
            chainID: network.chainID)
    }

    static func change(
        _ action: ConfigurationChange.Action, _ number: UInt64, _ network: Network,
        by banks: [Int] = [0, 2]
    ) throws -> ConfigurationChange {
        try ConfigurationChange(
            number: number, action: action,
            approvals: banks.map {
                try ConfigurationChange.approval(
                    of: action, number: number, by: network.banks[$0], chainID: network.chainID)
            })
    }
}

extension Network {
    /// The first member with `role`.
    func member(_ role: Role) -> SigningIdentity {
        switch role {
        case .bank: banks[0]
        case .bureau: bureaus[0]
        case .prospectiveBureau: prospects[0]
        case .user: users[0]
        }
    }
}
