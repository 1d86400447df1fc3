// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// What nodes send each other and keep, with simulated keys.
    static func consensus() throws -> [FuzzSubject] {
        var network = try ScriptedNetwork(banks: 4, rule: .bft)
        let configuration = network.configuration(of: 0)
        let keys = SimulatedKeys(network.banks[0])
        let skipped = network.block(view: 1)
        for bank in 0..<4 { network.timeOut(bank) }
        for bank in 0..<4 {
            network.pass(.nullify, of: skipped, from: [0, 1, 2, 3], to: bank)
        }
        let nullification = try certificate(.nullify, of: skipped, network)
        let block = network.block(view: 2, skipping: [nullification])
        for bank in 0..<4 { network.propose(block, to: bank) }
        for role in [ConsensusStatement.Role.notarize, .finalize] {
            for bank in 0..<4 { network.pass(role, of: block, from: [0, 1, 2, 3], to: bank) }
        }
        let notarization = try certificate(.notarize, of: block, network)
        let finalization = try certificate(.finalize, of: block, network)
        let segment = FinalizedSegment(
            blocks: [block], notarization: notarization, finalization: finalization)
        let votes = [skipped, block].map {
            network.vote(for: network.statement(.finalize, of: $0), of: 1)
        }
        let contradiction = network.vote(for: network.statement(.nullify, of: block), of: 1)
        let pair = try ViewEquivocation(votes[1], contradiction)
        let status = ConsensusStatus(
            epoch: 0, view: 3, height: 1, block: block, notarization: notarization,
            nullifications: [nullification], votes: votes, isReply: false)
        let certificates = [nullification, notarization, finalization]
        return [
            canonical(
                [
                    .proposal(block), .vote(votes[0]), .certificate(notarization, votes[1]),
                    .status(status), .block(block), .segments([segment]),
                    .blockRequest(view: 2, hash: block.hash, epoch: 0, height: 0),
                ] as [ConsensusMessage]),
            canonical(
                [
                    .safety(SafetyRecord()), .block(block), .certificate(finalization),
                    .segment(segment),
                ] as [DurableEntry]),
            canonical(certificates) { forged in
                try forged.verify(configuration.voters, keys: keys)
                return certificates.contains { $0.statement == forged.statement }
                    ? nil : "another statement"
            },
            canonical([segment]) { forged in
                try forged.verify(configuration, keys: keys)
                return forged.last == block ? nil : "another block"
            },
            canonical([pair]) { forged in
                try forged.verify(configuration.voters, keys: keys)
                return forged.voter == 1 ? nil : "another voter"
            },
            canonical([configuration.voters]),
        ]
    }

    private static func certificate(
        _ role: ConsensusStatement.Role, of block: ConsensusBlock, _ network: ScriptedNetwork
    ) throws -> ViewCertificate {
        guard let found = network.certificate(role, of: block, from: [0, 1, 2]) else {
            throw LedgerError(.quorumNotReached, "three banks did not \(role)")
        }
        return found
    }
}
