// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit

extension Attack {
    /// Rules about what a bank may sign, and when a block is final.
    static let onVotes: [Attack] = [
        // The paper's own run: nobody is faulty, the network is slow.
        Attack(name: "the paper as printed", broken: .paperAsPrinted) { network, _ in
            let first = network.block(view: 1)
            network.propose(first, to: 0, 1)
            network.pass(.notarize, of: first, from: [1], to: 0)
            network.timeOut(1, 2)
            let second = network.block(view: 2, payload: 1)
            network.propose(second, to: 1, 2)
            network.pass(.notarize, of: second, from: [1, 2], to: 1, 2)
        },
        Attack(name: "final on notarization", broken: .finalOnNotarization) { network, _ in
            let first = network.block(view: 1)
            network.propose(first, to: 0, 1)
            network.pass(.notarize, of: first, from: [1], to: 0)
            let skipped = network.giveUp(first, 1, 2)
            network.agree(on: network.block(view: 2, skipping: network.skips(skipped)), 1, 2)
        },
        // A bureau signs two blocks; one bank votes for both.
        Attack(name: "notarize twice", broken: .notarizeTwice) { network, _ in
            let first = network.block(view: 1)
            let rival = network.block(view: 1, payload: 1)
            network.propose(first, to: 0, 1)
            network.propose(rival, to: 1, 2)
            network.pass(.notarize, of: first, from: [0, 1], to: 0, 1)
            network.pass(.finalize, of: first, from: [1], to: 0)
            network.pass(.notarize, of: rival, from: [1], to: 2)
            network.agree(
                on: network.block(
                    view: 2, behind: rival,
                    by: network.certificate(.notarize, of: rival, from: [1, 2])), 1, 2)
        },
        Attack(name: "finalize after nullify", broken: .finalizeAfterNullify) { network, _ in
            let first = network.block(view: 1)
            network.propose(first, to: 0, 1)
            network.timeOut(1, 2)
            network.pass(.notarize, of: first, from: [0, 1], to: 0, 1)
            network.pass(.finalize, of: first, from: [1], to: 0)
            network.pass(.nullify, of: first, from: [1, 2], to: 1, 2)
            let skipped = network.certificate(.nullify, of: first, from: [1, 2])
            network.agree(on: network.block(view: 2, skipping: network.skips(skipped)), 1, 2)
        },
        Attack(name: "nullify after finalize", broken: .nullifyAfterFinalize) { network, _ in
            let first = network.block(view: 1)
            network.finalizeForTheFirstOnly(first)
            let skipped = network.giveUp(first, 1, 2)
            let second = network.block(view: 2, skipping: network.skips(skipped))
            network.timeOut(2)
            network.pass(.nullify, of: second, from: [1, 2], to: 1, 2)
            let both = network.skips(
                skipped, network.certificate(.nullify, of: second, from: [1, 2]))
            network.agree(on: network.block(view: 3, skipping: both), 1, 2)
        },
        // Power fails between two blocks of one bureau.
        Attack(name: "votes leave before they are on the disk", broken: .voteBeforeDisk) {
            network, _ in
            let first = network.block(view: 1)
            let rival = network.block(view: 1, payload: 1)
            network.propose(first, to: 0, 1)
            network.restart(1)
            network.propose(rival, to: 1, 2)
            network.pass(.notarize, of: rival, from: [1], to: 2)
            network.pass(.notarize, of: first, from: [1], to: 0)
            network.deliver(
                .status(
                    ConsensusStatus(
                        epoch: 0, view: 2, height: 0, block: first,
                        notarization: network.certificate(.notarize, of: first, from: [0, 1]),
                        nullifications: [], votes: [], isReply: true)), to: 1)
            network.pass(.finalize, of: first, from: [1], to: 0)
            network.agree(
                on: network.block(
                    view: 2, behind: rival,
                    by: network.certificate(.notarize, of: rival, from: [1, 2])), 1, 2)
        },
    ]
}
