// SPDX-License-Identifier: Apache-2.0

extension Transaction {
    /// Every member of the transaction, by name.
    var audit: AuditValue {
        switch self {
        case .scoreProposal(let value): value.audit
        case .scoreVote(let value):
            .record([
                ("proposal", .digest(value.proposal)), ("approves", .boolean(value.approves)),
                ("cycle", .number(value.cycle)),
            ])
        case .modelRecord(let value): value.audit
        case .lendingDecision(let value):
            .record([
                ("proposal", .digest(value.proposal)),
                ("shareInMillionths", .number(value.shareInMillionths)),
                ("verdict", .number(value.verdict)),
            ])
        case .loanContract(let value):
            .record([
                ("terms", value.terms.audit), ("signatures", .list(value.signatures.map(\.audit))),
            ])
        case .repayment(let value):
            .record([("loan", .digest(value.loan)), ("amount", .number(value.amount))])
        case .bureauApplication(let value): .record([("cycle", .number(value.cycle))])
        case .bureauVote(let value):
            .record([("candidate", .address(value.candidate)), ("cycle", .number(value.cycle))])
        case .keyRotation(let value):
            .record([("retiring", .address(value.retiring)), ("successor", value.successor.audit)])
        case .keyRevocation(let value): .record([("reason", .text(value.reason))])
        case .consentGrant(let value): value.audit
        case .consentRevocation(let value): .record([("grant", .digest(value.grant))])
        case .dataCommitment(let value): value.audit
        case .modelUpdate(let value): value.audit
        case .modelApproval(let value):
            .record([("update", .digest(value.update)), ("approves", .boolean(value.approves))])
        case .configurationChange(let value): value.audit
        case .entryBatch(let value): value.audit
        case .misconduct(let value): value.audit
        case .seedCommitment(let value): .record([("digest", .digest(value.digest))])
        case .seedReveal(let value): .record([("secret", .digest(value.secret))])
        }
    }
}

extension Misconduct {
    fileprivate var audit: AuditValue {
        let (name, first, second): (String, AuditValue, AuditValue) =
            switch proof {
            case .votes(let pair): ("votes", pair.first.audit, pair.second.audit)
            case .proposals(let one, let other): ("proposals", one.audit, other.audit)
            }
        return .record([
            ("offender", .address(offender)), ("epoch", .number(epoch)), ("proof", .text(name)),
            ("first", first), ("second", second),
        ])
    }
}

extension ViewVote {
    fileprivate var audit: AuditValue {
        .record([
            ("says", .text("\(statement.role)")), ("view", .number(statement.view)),
            ("digest", .digest(statement.digest)), ("voter", .number(voter)),
            ("signature", .bytes(signature)),
        ])
    }
}

extension Misconduct.SignedHeader {
    fileprivate var audit: AuditValue {
        .record([
            ("view", .number(header.view)), ("height", .number(header.height)),
            ("hash", .digest(header.hash)), ("signature", .bytes(signature)),
        ])
    }
}

extension ScoreProposal {
    fileprivate var audit: AuditValue {
        .record([
            ("borrower", borrower.audit), ("score", .number(score)), ("scale", .text(scale)),
            ("grade", .number(grade)), ("model", .digest(modelDigest)),
            ("input", .digest(inputCommitment)), ("cycle", .number(cycle)),
        ])
    }
}

extension Borrower {
    fileprivate var audit: AuditValue {
        switch self {
        case .address(let address): .address(address)
        case .opaque(let digest): .digest(digest)
        }
    }
}

extension ModelRecord {
    fileprivate var audit: AuditValue {
        .record([
            ("model", .digest(modelDigest)), ("name", .text(name)), ("version", .text(version)),
        ])
    }
}

extension ModelUpdate {
    fileprivate var audit: AuditValue {
        .record([
            ("model", model.audit), ("replaces", .digest(replaces)),
            ("activationHeight", .number(activationHeight)),
            ("contributions", .list(contributions.map { .digest($0) })),
        ])
    }
}

extension LoanContractTerms {
    fileprivate var audit: AuditValue {
        .record([
            ("lender", .address(lender)), ("borrower", .address(borrower)),
            ("guarantors", .list(guarantors.map { .address($0) })), ("number", .number(number)),
            ("score", .digest(score)), ("currency", .text(currency)),
            ("quantity", .number(quantity)), ("unitPrice", .number(unitPrice)),
            ("discount", .number(discount)), ("initialPayment", .number(initialPayment)),
            ("charge", .number(charge)), ("dispatchTime", .number(dispatchTime)),
            ("arrivalPeriod", .number(arrivalPeriod)), ("transport", .text(transport)),
            ("repaymentPeriod", .number(repaymentPeriod)),
            ("instalmentCount", .number(instalmentCount)),
        ])
    }
}

extension PartySignature {
    fileprivate var audit: AuditValue {
        .record([("party", .address(party)), ("signature", .bytes(signature.bytes))])
    }
}

extension Member {
    fileprivate var audit: AuditValue {
        .record([
            ("name", .text(name)), ("role", .text("\(role)")),
            ("scheme", .text("\(identity.scheme)")), ("publicKey", .bytes(identity.publicKey)),
            ("proofOfPossession", .bytes(proofOfPossession.bytes)),
        ])
    }
}

extension ConsentGrant {
    fileprivate var audit: AuditValue {
        .record([
            ("recipient", .address(recipient)), ("purpose", .text(purpose)),
            ("scope", .digest(scope)), ("expiryTime", .number(expiryTime)),
        ])
    }
}

extension DataCommitment {
    fileprivate var audit: AuditValue {
        .record([
            ("record", .digest(record)), ("commitment", .digest(commitment)),
            ("schema", .text(schema)), ("consent", .digest(consent)),
        ])
    }
}

extension ConfigurationChange {
    fileprivate var audit: AuditValue {
        let (name, content): (String, AuditValue) =
            switch action {
            case .register(let member): ("register", member.audit)
            case .remove(let address): ("remove", .address(address))
            case .parameters(let parameters): ("parameters", parameters.audit)
            }
        return .record([
            ("number", .number(number)), ("action", .text(name)), ("content", content),
            ("approvals", .list(approvals.map(\.audit))),
        ])
    }
}

extension ChainParameters {
    fileprivate var audit: AuditValue {
        .record([
            ("maximumTransactionCount", .number(maximumTransactionCount)),
            ("maximumBlockBytes", .number(maximumBlockBytes)),
            ("maximumDrift", .number(maximumDrift)), ("admissionBits", .number(admissionBits)),
            ("proposerReward", .number(proposerReward)), ("rewardCurrency", .text(rewardCurrency)),
        ])
    }
}

extension EntryBatch {
    fileprivate var audit: AuditValue {
        .record([
            ("journal", .text(journal)), ("count", .number(count)), ("root", .digest(root)),
            ("entries", entries.map { .list($0.map { .bytes($0) }) } ?? .none),
        ])
    }
}
