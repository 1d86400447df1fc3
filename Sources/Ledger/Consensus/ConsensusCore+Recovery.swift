// SPDX-License-Identifier: Apache-2.0

extension ConsensusCore {
    /// Goes on from what was put on the disk.
    mutating func recover(_ entries: [DurableEntry]) {
        for entry in entries {
            switch entry {
            case .safety(let record): safety = record
            case .segment(let segment): recover(segment)
            case .block(let block): adopt(block)
            case .certificate(let certificate): recover(certificate)
            }
        }
        wanted = [:]
        for (number, state) in views {
            for certificate in state.notarizations
            where state.block(certificate.statement.digest) == nil {
                wanted[number] = certificate.statement.digest
            }
        }
        guard safety.epoch == configuration.epoch else { return }
        view = max(view, safety.view)
        signAgain()
    }

    private mutating func recover(_ segment: FinalizedSegment) {
        guard segment.epoch == configuration.epoch,
            let chain = known(segment.blocks.filter { $0.header.height > head.height }),
            !chain.isEmpty
        else { return }
        moveHead(along: chain, notarization: segment.notarization)
        if head.height == configuration.lastHeight {
            beginEpoch()
        } else {
            view = max(view, head.view + 1)
        }
    }

    private mutating func recover(_ certificate: ViewCertificate) {
        let statement = certificate.statement
        guard statement.epoch == configuration.epoch, statement.view > head.view else { return }
        switch statement.role {
        case .notarize:
            views[statement.view, default: ViewState()].notarizations.append(certificate)
        case .nullify: views[statement.view, default: ViewState()].nullification = certificate
        default: return
        }
        view = max(view, statement.view + 1)
    }

    /// Signs the newest view's votes again, which may never have left the node.
    private mutating func signAgain() {
        guard let voterIndex, safety.view > head.view else { return }
        var statements: [ConsensusStatement] = []
        for (role, digest) in [
            (ConsensusStatement.Role.notarize, safety.notarized),
            (.nullify, safety.hasNullified ? .zero : nil), (.finalize, safety.finalized),
        ] {
            guard let digest else { continue }
            statements.append(
                ConsensusStatement(role, epoch: safety.epoch, view: safety.view, digest: digest))
        }
        for statement in statements {
            views[statement.view, default: ViewState()].append(
                ViewVote(
                    statement, voter: voterIndex, signature: settings.keys.sign(statement)))
        }
    }
}
