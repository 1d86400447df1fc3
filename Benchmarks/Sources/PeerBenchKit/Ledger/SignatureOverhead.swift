// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Dispatch
internal import Ledger
internal import Synchronization

/// Checks of one member's votes, beside as many checks by swift-crypto alone.
let voteChecking = OverheadPair(
    id: "ledger.verify", measure: .factor(limit: 1.25), operationCount: 20
) {
    signatureWork(checks: 20, threads: 1) {
        let scene = try LedgerScene(banks: 1)
        let (statement, vote) = (scene.statement, try scene.vote(0))
        return {
            var count = 0
            for _ in 0..<20
            where scene.keys.isValid(vote.signature, of: statement, by: scene.set.voters[0].address)
            {
                count += 1
            }
            return count
        }
    }
}

/// A certificate of 67 among 100 voters, beside 67 checks by swift-crypto alone.
let certificateChecking = OverheadPair(
    id: "ledger.certificate.100", measure: .factor(limit: 1.3), operationCount: 67
) {
    signatureWork(checks: 67, threads: 1) {
        let scene = try LedgerScene(banks: 100)
        let certificate = ViewCertificate(
            scene.statement, votes: try (0..<scene.set.quorum).map { try scene.vote($0) })
        return {
            guard (try? certificate.verify(scene.set, keys: scene.keys)) != nil else { return 0 }
            return certificate.voters.count
        }
    }
}

/// A block of 200 transactions of 232 bytes, beside 200 checks by swift-crypto alone on as many
/// threads.
let blockChecking = OverheadPair(
    id: "ledger.block.200", measure: .factor(limit: 1.25), operationCount: 200
) {
    signatureWork(checks: 200, threads: SignatureThreads.limit) {
        let scene = try LedgerScene(banks: 1)
        let state = ChainState(genesis: scene.genesis)
        var builder = BlockBuilder(after: state)
        for number in 0..<200 {
            try builder.add(try scene.transaction(UInt64(number)))
        }
        let payload = builder.payload
        let context = BlockContext(
            epoch: state.cycle, height: 1, time: state.timestamp + 1, parent: state.headHash,
            proposer: state.nextProposer)
        return { (try? state.applying(payload, in: context)) != nil ? 200 : 0 }
    }
}

/// Ours as `prepare` makes it, beside raw checks of messages of the same length on threads.
private func signatureWork(
    checks: Int, threads: Int, _ prepare: () throws -> () -> Int
) -> OverheadPair.Work {
    let ours: () -> Int
    let raw: RawSignatures
    do {
        ours = try prepare()
        raw = try RawSignatures(count: checks)
    } catch {
        preconditionFailure("the benchmark cannot be prepared: \(error)")
    }
    var (count, plainCount) = (0, 0)
    return OverheadPair.Work {
        count += ours()
    } plain: {
        plainCount += raw.validCount(threads: threads)
    } results: {
        ([Double(count)], [Double(plainCount)])
    }
}

/// Signatures of swift-crypto with their keys and messages.
private struct RawSignatures: Sendable {
    private let keys: [Curve25519.Signing.PublicKey]
    private let signatures: [[UInt8]]
    private let messages: [[UInt8]]

    init(count: Int) throws {
        let signers = (0..<count).map { _ in Curve25519.Signing.PrivateKey() }
        keys = signers.map { $0.publicKey }
        // As many bytes as a consensus statement behind its domain.
        let messages = (0..<count).map { [UInt8](repeating: UInt8($0 % 256), count: 125) }
        signatures = try zip(signers, messages).map { Array(try $0.signature(for: $1)) }
        self.messages = messages
    }

    func validCount(threads: Int) -> Int {
        let valid = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: threads) { part in
            var count = 0
            for index in keys.count * part / threads..<keys.count * (part + 1) / threads
            where keys[index].isValidSignature(signatures[index], for: messages[index]) {
                count += 1
            }
            valid.add(count, ordering: .relaxed)
        }
        return valid.load(ordering: .relaxed)
    }
}

/// A chain's members with keys from fixed seeds.
private struct LedgerScene: Sendable {
    let genesis: Genesis
    let bureau: SigningIdentity
    let set: VoterSet
    let keys: RegisteredKeys
    private let registry: MemberRegistry
    private let banks: [Address: SigningIdentity]

    init(banks count: Int) throws {
        let identities = try (0...count).map {
            try SigningIdentity(seed: [UInt8($0)] + [UInt8](repeating: 5, count: 31))
        }
        bureau = identities[count]
        genesis = try Genesis(
            chainName: "benchmark", banks: Array(identities[..<count]), bureaus: [bureau],
            creationTime: 0)
        let (chainID, registry) = (genesis.chainID, MemberRegistry(genesis))
        self.registry = registry
        banks = Dictionary(
            uniqueKeysWithValues: identities[..<count].map { ($0.address(chainID: chainID), $0) })
        set = try VoterSet(registry, rule: .bft)
        keys = RegisteredKeys(bureau, registry: registry)
    }

    var statement: ConsensusStatement {
        ConsensusStatement(.finalize, epoch: 0, view: 1, digest: genesis.chainID)
    }

    func vote(_ place: Int) throws -> ViewVote {
        guard let bank = banks[set.voters[place].address] else {
            throw BenchmarkError(code: .data, message: "voter \(place) is no bank")
        }
        return ViewVote(
            statement, voter: place,
            signature: RegisteredKeys(bank, registry: registry).sign(statement))
    }

    func transaction(_ number: UInt64) throws -> SignedTransaction {
        let commitment = try DataCommitment(
            record: genesis.chainID, commitment: genesis.chainID,
            schema: String(repeating: "s", count: 64))
        return try SignedTransaction(
            .dataCommitment(commitment), nonce: number, signedBy: bureau,
            chainID: genesis.chainID)
    }
}
