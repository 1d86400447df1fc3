// SPDX-License-Identifier: Apache-2.0

package import Ledger

extension ScriptedNetwork {
    /// A bureau's block; which bureau, and whether it is right, is the script's business.
    ///
    /// - Parameters:
    ///   - parent: The parent in the same epoch, or the last block of the epoch before.
    ///   - certificate: The parent's notarization, as the header shall hold it.
    ///   - skipping: The nullifications that the header shall hold.
    ///   - turn: The place of the bureau whose turn it is taken for; the view's own by default.
    package func block(
        epoch: UInt64 = 0, view: UInt64, behind parent: ConsensusBlock? = nil,
        by certificate: ViewCertificate? = nil, skipping: [ViewCertificate] = [],
        payload: UInt8 = 0, turn: UInt64? = nil
    ) -> ConsensusBlock {
        let header = parent?.header
        let isFirst = header?.epoch != epoch
        let configuration = application.configuration(of: epoch)
        let height = (header?.height ?? 0) + 1
        let next =
            height < configuration.lastHeight
            ? configuration : application.configuration(of: epoch + 1)
        let bureau = configuration.leader(of: turn ?? view)
        return ConsensusBlock(
            ConsensusHeader.Fields(
                chainID: chainID, epoch: epoch, height: height, view: view,
                time: (header?.time ?? 0) + view, parent: header?.hash ?? chainID,
                parentView: isFirst ? 0 : header?.view ?? 0, configuration: configuration.digest,
                nextConfiguration: next.digest, state: .zero,
                payload: ConsensusBlock.digest(of: [payload], chainID: chainID),
                proposer: bureau),
            parentCertificate: certificate, nullifications: skipping, payload: [payload],
            keys: keys(bureau))
    }

    /// Who votes and proposes in an epoch.
    package func configuration(of epoch: UInt64) -> EpochConfiguration {
        application.configuration(of: epoch)
    }

    private var application: ScriptedApplication {
        guard let application = nodes[0].settings.application as? ScriptedApplication else {
            preconditionFailure("the network was made with another application")
        }
        return application
    }

    /// What a vote about a block says; to nullify means its view.
    package func statement(
        _ role: ConsensusStatement.Role, of block: ConsensusBlock
    ) -> ConsensusStatement {
        ConsensusStatement(
            role, epoch: block.header.epoch, view: block.header.view,
            digest: role == .nullify ? .zero : block.hash)
    }

    /// The vote that a bank has cast, if it has.
    package func vote(of bank: Int, for statement: ConsensusStatement) -> ViewVote? {
        for message in sent[bank] {
            switch message {
            case .vote(let vote) where vote.statement == statement: return vote
            case .certificate(_, let vote?) where vote.statement == statement: return vote
            default: continue
            }
        }
        return nil
    }

    /// The votes that banks have cast for a statement as a certificate;
    /// `nil` if they are no quorum.
    package func certificate(
        _ role: ConsensusStatement.Role, of block: ConsensusBlock, from banks: [Int]
    ) -> ViewCertificate? {
        certificate(statement(role, of: block), from: banks)
    }

    /// The votes that banks have cast for a statement as a certificate; `nil` if one has not.
    package func certificate(
        _ statement: ConsensusStatement, from banks: [Int]
    ) -> ViewCertificate? {
        let votes = banks.compactMap { vote(of: $0, for: statement) }
        return votes.count == banks.count ? ViewCertificate(statement, votes: votes) : nil
    }

    /// A vote in the place of one bank, signed by the key of another member.
    package func vote(
        for statement: ConsensusStatement, of bank: Int, signedBy signer: Address? = nil
    ) -> ViewVote {
        ViewVote(
            statement, voter: bank, signature: keys(signer ?? banks[bank]).sign(statement))
    }
}
