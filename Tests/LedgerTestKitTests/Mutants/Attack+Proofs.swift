// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit

extension Attack {
    /// Rules about what a header or a certificate must prove.
    static let onProofs: [Attack] = [
        // A bureau builds beside a final block as if its view had passed without one.
        Attack(name: "views are skipped without proof", broken: .skipWithoutProof) { network, _ in
            let first = network.block(view: 1)
            network.finalizeForTheFirstOnly(first)
            network.pass(.notarize, of: first, from: [0, 1], to: 2)
            network.agree(on: network.block(view: 2, payload: 1), 1, 2)
        },
        // The lock: a bureau builds behind a block that one bank only has voted for.
        Attack(name: "a parent without proof", broken: .parentWithoutProof) { network, _ in
            let first = network.block(view: 1)
            let rival = network.block(view: 1, payload: 1)
            network.propose(rival, to: 2)
            network.finalizeForTheFirstOnly(first)
            network.pass(.notarize, of: first, from: [0, 1], to: 2)
            let child = network.block(view: 2, behind: rival)
            network.propose(child, to: 1, 2)
            network.deliver(.block(rival), to: 1)
            network.agree(on: child, 1, 2)
        },
        // A quorum one short: two halves of four banks.
        Attack(name: "half is enough", broken: .halfIsEnough, banks: 4, rule: .bft) { network, _ in
            let first = network.block(view: 1)
            network.finalizeForTheFirstOnly(first)
            let skipped = network.giveUp(first, 2, 3)
            network.agree(on: network.block(view: 2, skipping: network.skips(skipped)), 2, 3)
        },
        // The network delivers every message twice.
        Attack(
            name: "a vote that comes twice counts twice", broken: .countVotersTwice, banks: 4,
            rule: .bft
        ) { network, _ in
            let first = network.block(view: 1)
            network.propose(first, to: 0, 1)
            for role in [ConsensusStatement.Role.notarize, .finalize] {
                network.pass(role, of: first, from: [1, 1], to: 0)
                network.pass(role, of: first, from: [0, 0], to: 1)
            }
            network.timeOut(2, 3)
            network.pass(.nullify, of: first, from: [3, 3], to: 2)
            network.pass(.nullify, of: first, from: [2, 2], to: 3)
            let skipped = network.certificate(.nullify, of: first, from: [2, 3, 3])
            let second = network.block(view: 2, skipping: network.skips(skipped))
            network.propose(second, to: 2, 3)
            for role in [ConsensusStatement.Role.notarize, .finalize] {
                network.pass(role, of: second, from: [3, 3], to: 2)
                network.pass(role, of: second, from: [2, 2], to: 3)
            }
        },
        Attack(name: "signatures are not checked", broken: .trustSignatures) { network, _ in
            network.splitByVotes(signedBy: network.bureaus[0])
        },
        // A bank that does not vote in this epoch signs for those who do.
        Attack(name: "a signature of any bank will do", gaps: .signer) { network, _ in
            network.splitByVotes(signedBy: LooseKeys.banks[9])
        },
        // A view that passed in the epoch before is shown as the one of this epoch.
        Attack(name: "votes of an old epoch", broken: .mixEpochs, epochLength: 1) { network, _ in
            let skippedOne = network.block(view: 1)
            let old = network.giveUp(skippedOne, 1, 2)
            network.timeOut(0)
            network.pass(.nullify, of: skippedOne, from: [1, 2], to: 0)
            let last = network.block(view: 2, skipping: network.skips(old))
            network.agree(on: last, 0, 1, 2)
            network.finalizeForTheFirstOnly(network.block(epoch: 1, view: 1, behind: last))
            network.deliver(old, to: 2)
            network.agree(
                on: network.block(
                    epoch: 1, view: 2, behind: last, skipping: network.skips(old), payload: 1),
                1, 2)
        },
        // The same banks keep another chain, where the view passed without a block.
        Attack(name: "the chain is not signed", gaps: .chain) { network, gaps in
            let first = network.block(view: 1)
            network.finalizeForTheFirstOnly(first)
            let statement = network.statement(.nullify, of: first)
            let elsewhere = ViewCertificate(
                statement,
                votes: [1, 2].map {
                    ViewVote(
                        statement, voter: $0,
                        signature: LooseKeys(member: network.banks[$0], chain: 2, gaps: gaps)
                            .sign(statement))
                })
            network.deliver(elsewhere, to: 2)
            network.agree(on: network.block(view: 2, skipping: [elsewhere]), 1, 2)
        },
        // A vote to notarize is passed off as one to finalize.
        Attack(name: "the role is not signed", gaps: .role) { network, _ in
            let first = network.block(view: 1)
            network.propose(first, to: 0, 1)
            network.pass(.notarize, of: first, from: [1], to: 0)
            if let vote = network.vote(of: 1, for: network.statement(.notarize, of: first)) {
                network.deliver(
                    .vote(
                        ViewVote(
                            network.statement(.finalize, of: first), voter: 1,
                            signature: vote.signature)), to: 0)
            }
            let skipped = network.giveUp(first, 1, 2)
            network.agree(on: network.block(view: 2, skipping: network.skips(skipped)), 1, 2)
        },
        Attack(
            name: "any bureau proposes at any time", broken: .anybodyLeads,
            harm: .violation("out of turn")
        ) { network, _ in
            network.agree(on: network.block(view: 1, turn: 2), 0, 1, 2)
        },
        Attack(
            name: "evidence is ignored", broken: .ignoreEvidence, banks: 4, rule: .bft,
            harm: .impunity(3)
        ) { network, _ in
            let first = network.block(view: 1)
            let rival = network.block(view: 1, payload: 1)
            network.propose(first, to: 0)
            for block in [first, rival] {
                network.deliver(
                    .vote(network.vote(for: network.statement(.notarize, of: block), of: 3)), to: 0)
            }
        },
    ]
}

extension ScriptedNetwork {
    /// Two blocks of one view, each shown to one bank with votes that somebody else signed.
    fileprivate mutating func splitByVotes(signedBy signer: Address) {
        let blocks = [block(view: 1), block(view: 1, payload: 1)]
        for (bank, block) in blocks.enumerated() {
            propose(block, to: bank)
            for role in [ConsensusStatement.Role.notarize, .finalize] {
                deliver(
                    .vote(vote(for: statement(role, of: block), of: bank + 1, signedBy: signer)),
                    to: bank)
            }
        }
    }
}
