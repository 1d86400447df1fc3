// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    /// Takes in another node's vote.
    mutating func receive(_ vote: ViewVote) {
        let statement = vote.statement
        guard
            statement.view > head.view, statement.view <= view + Self.horizon,
            voters.voters.indices.contains(vote.voter)
        else { return }
        let earlier = views[statement.view]?.votes(statement.role).first { $0.voter == vote.voter }
        if let earlier, earlier.statement == statement, !broken.contains(.countVotersTwice) {
            return
        }
        if !broken.contains(.trustSignatures) {
            do { try vote.verify(voters, keys: settings.keys) } catch { return }
        }
        count(vote)
    }

    /// Counts a vote that was checked or is the node's own.
    mutating func count(_ vote: ViewVote) {
        let statement = vote.statement
        guard statement.view > head.view else { return }
        var state = views[statement.view] ?? ViewState()
        for role in [ConsensusStatement.Role.notarize, .nullify, .finalize] {
            for other in state.votes(role) where other.voter == vote.voter {
                if other.statement == statement {
                    if broken.contains(.countVotersTwice) { continue }
                    return
                }
                if let evidence = try? ViewEquivocation(other, vote) {
                    if !broken.contains(.ignoreEvidence) {
                        effects.append(.evidence(.votes(evidence)))
                    }
                    if role == statement.role { return }
                }
            }
        }
        state.append(vote)
        views[statement.view] = state
        var weight = 0
        var agreeing: [ViewVote] = []
        for other in state.votes(statement.role) where other.statement == statement {
            weight += voters.voters[other.voter].weight
            agreeing.append(other)
        }
        if weight >= quorum { accept(ViewCertificate(statement, votes: agreeing)) }
    }

    /// Notes a statement for good and signs it; `nil` where the rules forbid it.
    mutating func sign(_ statement: ConsensusStatement, with block: ConsensusBlock? = nil)
        -> ViewVote?
    {
        guard let voterIndex, safety.allows(statement, breaking: broken) else { return nil }
        safety.write(statement)
        if !broken.contains(.voteBeforeDisk) {
            effects.append(.persist((block.map { [.block($0)] } ?? []) + [.safety(safety)]))
        }
        return ViewVote(
            statement, voter: voterIndex, signature: settings.keys.sign(statement))
    }

    /// Signs a statement, sends it to all and counts it.
    mutating func cast(_ statement: ConsensusStatement, with block: ConsensusBlock? = nil) {
        guard let vote = sign(statement, with: block) else { return }
        effects.append(.broadcast(.vote(vote)))
        count(vote)
    }

    /// Checks a certificate and takes it in, and the block that it notarizes.
    ///
    /// - Returns: Whether it holds.
    @discardableResult mutating func learn(
        _ certificate: ViewCertificate, with block: ConsensusBlock? = nil
    ) -> Bool {
        let statement = certificate.statement
        let known = views[statement.view]
        if known?.nullification == certificate || known?.finalization == certificate
            || known?.notarizations.contains(certificate) == true
        {
            if let block { adopt(block) }
            return true
        }
        guard isValid(certificate, known: known) else { return false }
        if let block { adopt(block) }
        accept(certificate)
        return true
    }

    private func isValid(_ certificate: ViewCertificate, known: ViewState?) -> Bool {
        var checked = certificate
        if broken.contains(.countVotersTwice) {
            checked = ViewCertificate(
                certificate.statement, votes: certificate.votes)
            if checked.voters.reduce(0, { $0 + voters.voters[$1].weight }) < quorum { return false }
        } else {
            do { try checked.verifyForm(voters, quorum: quorum) } catch { return false }
        }
        if broken.contains(.trustSignatures) { return true }
        let seen = known?.votes(certificate.statement.role) ?? []
        return checked.votes.allSatisfy { vote in
            if seen.contains(vote) { return true }
            do { try vote.verify(voters, keys: settings.keys) } catch { return false }
            return true
        }
    }

    /// Acts on the votes of a quorum.
    mutating func accept(_ certificate: ViewCertificate) {
        let statement = certificate.statement
        guard statement.view > head.view else { return }
        switch statement.role {
        case .notarize: acceptNotarization(certificate)
        case .nullify:
            guard views[statement.view]?.nullification == nil else { return }
            views[statement.view, default: ViewState()].nullification = certificate
            effects.append(.persist([.certificate(certificate)]))
            forward(certificate, with: nil)
            enter(statement.view + 1)
        case .finalize:
            guard views[statement.view]?.finalization == nil else { return }
            views[statement.view, default: ViewState()].finalization = certificate
            finalizeBlocks(in: statement.view)
        case .propose: break
        }
    }

    private mutating func acceptNotarization(_ certificate: ViewCertificate) {
        let statement = certificate.statement
        let number = statement.view
        guard views[number]?.notarizations.contains(where: { $0.statement == statement }) != true
        else { return }
        views[number, default: ViewState()].notarizations.append(certificate)
        effects.append(.persist([.certificate(certificate)]))
        if let proposal = views[number]?.proposal, proposal.hash == statement.digest {
            adopt(proposal)
        }
        var vote: ViewVote?
        if views[number]?.block(statement.digest) == nil {
            wanted[number] = statement.digest
        } else if !broken.contains(.finalOnNotarization) {
            vote = sign(
                ConsensusStatement(
                    .finalize, epoch: statement.epoch, view: number, digest: statement.digest))
        }
        forward(certificate, with: vote)
        enter(number + 1)
        if let vote { count(vote) }
        finalizeBlocks(in: number)
    }

    /// Banks pass certificates on, so that what one of them has seen all will see.
    private mutating func forward(_ certificate: ViewCertificate, with vote: ViewVote?) {
        guard voterIndex != nil else { return }
        if !broken.contains(.neverForward) {
            effects.append(.broadcast(.certificate(certificate, vote)))
        } else if let vote {
            effects.append(.broadcast(.vote(vote)))
        }
    }
}
