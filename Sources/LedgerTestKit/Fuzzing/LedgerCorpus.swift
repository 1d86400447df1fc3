// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

/// A chain of one bank, one bureau and one user with keys from fixed seeds, and valid values of
/// every kind on it.
struct LedgerCorpus: Sendable {
    let bank: SigningIdentity
    let bureau: SigningIdentity
    let user: SigningIdentity
    let genesis: Genesis

    static let start: UInt64 = 1_700_000_000_000

    init() throws {
        func identity(_ kind: UInt8) throws -> SigningIdentity {
            try SigningIdentity(seed: [kind] + [UInt8](repeating: 7, count: 31))
        }
        bank = try identity(1)
        bureau = try identity(2)
        user = try identity(3)
        genesis = try Genesis(
            chainName: "test",
            members: [
                Member(name: "bank", role: .bank, identity: bank, chainName: "test"),
                Member(name: "bureau", role: .bureau, identity: bureau, chainName: "test"),
                Member(name: "user", role: .user, identity: user, chainName: "test"),
            ], creationTime: Self.start)
    }

    static func digest(_ byte: UInt8) throws -> LedgerDigest {
        try LedgerDigest([UInt8](repeating: byte, count: 32))
    }

    func proposal(_ borrower: UInt8) throws -> ScoreProposal {
        try ScoreProposal(
            borrower: .opaque(Self.digest(borrower)), score: 640, scale: "pdo-300-850", grade: 3,
            modelDigest: Self.digest(0xAA), inputCommitment: Self.digest(0xBB), cycle: 0)
    }

    /// One transaction of every kind.
    func transactions() throws -> [Transaction] {
        let chainID = genesis.chainID
        let lender = bank.address(chainID: chainID)
        let model = try ModelRecord(modelDigest: Self.digest(3), name: "logit", version: "1.2")
        let terms = try LoanContractTerms(
            lender: lender, borrower: user.address(chainID: chainID), number: 1,
            score: Self.digest(4), currency: "EUR", quantity: 3, unitPrice: 100_000,
            discount: 5_000, initialPayment: 45_000, charge: 10_001, dispatchTime: Self.start,
            arrivalPeriod: 14, transport: "rail", repaymentPeriod: 90, instalmentCount: 3)
        let banks = genesis.members.filter { $0.role == .bank }
        let newKey = try SigningIdentity(seed: [UInt8](repeating: 9, count: 32))
        let change = ConfigurationChange.Action.register(
            try Member(name: "user 2", role: .user, identity: newKey, chainName: "test"))
        return [
            .scoreProposal(try proposal(5)),
            .scoreVote(ScoreVote(proposal: try Self.digest(1), approves: false, cycle: 0)),
            .modelRecord(model),
            .lendingDecision(
                try LendingDecisionRecord(
                    proposal: Self.digest(2), shareInMillionths: 230_000, verdict: 2)),
            .loanContract(
                try LoanContract(
                    terms: terms, signatures: [terms.signed(by: user, chainID: chainID)])),
            .repayment(try Repayment(loan: terms.id(chainID: chainID), amount: 12_345)),
            .bureauApplication(BureauApplication(cycle: 1)),
            .bureauVote(BureauVote(candidate: bureau.address(chainID: chainID), cycle: 1)),
            .keyRotation(
                try KeyRotation(of: banks[0], to: newKey, chainName: "test", chainID: chainID)),
            .keyRevocation(try KeyRevocation(reason: "lost")),
            .consentGrant(
                try ConsentGrant(
                    recipient: lender, purpose: "scoring", scope: Self.digest(8),
                    expiryTime: Self.start + 1_000_000)),
            .consentRevocation(ConsentRevocation(grant: try Self.digest(9))),
            .dataCommitment(
                try DataCommitment(
                    record: Self.digest(5), commitment: Self.digest(6), schema: "income-1",
                    consent: Self.digest(7))),
            .modelUpdate(
                ModelUpdate(
                    model: model, replaces: try Self.digest(2), activationHeight: 12,
                    contributions: [try Self.digest(7)])),
            .modelApproval(ModelApproval(update: try Self.digest(2), approves: true)),
            .configurationChange(
                try ConfigurationChange(
                    number: 1, action: change,
                    approvals: [
                        ConfigurationChange.approval(
                            of: change, number: 1, by: bank, chainID: chainID)
                    ])),
            .entryBatch(try EntryBatch(journal: "events", entries: [[1, 2], [], [3]])),
            .misconduct(try misconduct()[0]),
            .seedCommitment(reveal.commitment(chainID: chainID, cycle: 0)), .seedReveal(reveal),
        ]
    }

    /// A secret of the bank.
    var reveal: SeedReveal { SeedReveal(secret: genesis.chainID) }

    /// Two blocks of one view that the bank votes for, and two that the bureau proposes.
    func misconduct() throws -> [Misconduct] {
        let state = ChainState(genesis: genesis)
        let blocks = try [Self.start + 1, Self.start + 2].map {
            try LocalMembers([bank, bureau]).certify(BlockBuilder(after: state), now: $0).block
                .consensusBlock()
        }
        let keys = RegisteredKeys(bank, registry: state.registry)
        let votes = blocks.map { block in
            let statement = ConsensusStatement(.notarize, epoch: 0, view: 1, digest: block.hash)
            return ViewVote(statement, voter: 0, signature: keys.sign(statement))
        }
        return try [
            .votes(ViewEquivocation(votes[0], votes[1])), .proposals(blocks[0], blocks[1]),
        ].map { try Misconduct($0, in: state.configuration) }
    }

    /// What is taken from a chain of two blocks: an accepted score, and a journal.
    struct Scene: Sendable {
        let headers: [BlockHeader]
        let block: CertifiedBlock
        let lastBlock: CertifiedBlock
        let receipt: ScoreReceipt
        let history: ScoreHistory
        let entry: EntryProof

        init(_ corpus: LedgerCorpus) throws {
            let chainID = corpus.genesis.chainID
            let proposal = try corpus.proposal(1)
            let proposed = try SignedTransaction(
                .scoreProposal(proposal), nonce: 0, signedBy: corpus.bureau, chainID: chainID)
            let approved = try SignedTransaction(
                .scoreVote(ScoreVote(proposal: proposed.id, approves: true, cycle: 0)), nonce: 0,
                signedBy: corpus.bank, chainID: chainID)
            let chain = try Chain.inMemory(genesis: corpus.genesis)
            let solo = try SoloChain(chain, bureau: corpus.bureau, bank: corpus.bank)
            let first = try solo.append([proposed, approved], now: LedgerCorpus.start + 1000)
            let place = try solo.append(
                entries: [[1, 2], [], [3]], to: "events", now: LedgerCorpus.start + 2000)
            guard let block = try chain.block(at: 1), let last = try chain.block(at: 2) else {
                throw LedgerError(.storage, "two blocks were appended")
            }
            self.block = block
            lastBlock = last
            headers = [first, last.block.header]
            receipt = try chain.receipt(for: proposed.id)
            history = try chain.scoreHistory(of: proposal.borrower)
            entry = try chain.entryProof(at: place, index: 2)
        }
    }
}
