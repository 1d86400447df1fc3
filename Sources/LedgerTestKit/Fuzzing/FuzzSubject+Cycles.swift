// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger

extension FuzzSubject {
    /// What leads from one cycle to the next: elections, convictions, hand-overs.
    static func cycles(_ corpus: LedgerCorpus) throws -> [FuzzSubject] {
        let chainID = corpus.genesis.chainID
        let state = ChainState(genesis: corpus.genesis)
        let keys = RegisteredKeys(corpus.bank, registry: state.registry)
        let proven = try corpus.misconduct()
        let signed = Set(proven.flatMap { statements($0) })
        let reveal = corpus.reveal
        let promise = reveal.commitment(chainID: chainID, cycle: 0)
        return [
            canonical(proven) { forged in
                try forged.verify(state.configuration, keys: keys, chainID: chainID)
                let isGuilty = proven.contains { $0.offender == forged.offender }
                return isGuilty && signed.isSuperset(of: statements(forged)) ? nil : "a lie"
            },
            canonical([promise]),
            canonical([reveal]) { other in
                other != reveal && other.commitment(chainID: chainID, cycle: 0) == promise
                    ? "another secret" : nil
            },
            try handOvers(corpus),
        ]
    }

    /// The contradicting statements of a proof.
    private static func statements(_ misconduct: Misconduct) -> [ConsensusStatement] {
        switch misconduct.proof {
        case .votes(let pair): [pair.first.statement, pair.second.statement]
        case .proposals(let first, let second): [first.statement, second.statement]
        }
    }

    private static func handOvers(_ corpus: LedgerCorpus) throws -> FuzzSubject {
        let genesis = try Genesis(
            chainName: "cycles", banks: [corpus.bank], bureaus: [corpus.bureau], cycleLength: 2,
            creationTime: LedgerCorpus.start)
        let chain = try Chain.inMemory(genesis: genesis)
        let now = LedgerCorpus.start + 1000
        for _ in 0..<4 {
            try chain.append([], agreedBy: LocalMembers([corpus.bank, corpus.bureau]), now: now)
        }
        let handOvers = try chain.handOvers()
        var clients = [LightClient(genesis)]
        for handOver in handOvers {
            var client = clients[clients.count - 1]
            try client.follow(handOver, now: now)
            clients.append(client)
        }
        return canonical(handOvers) { [clients] forged in
            let cycle = forged.last.header.cycle
            guard var client = clients.first(where: { $0.configuration.epoch == cycle }) else {
                return nil
            }
            try client.follow(forged, now: now)
            return handOvers.contains { $0.next == forged.next && $0.last == forged.last }
                ? nil : "another cycle"
        }
    }
}
