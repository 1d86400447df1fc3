// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// Follows a chain by headers and votes alone: no transactions, no state, no file.
///
/// It begins at something trusted, the genesis or a configuration noted elsewhere, and walks from
/// cycle to cycle by ``EpochHandOver``. A header counts when a quorum of the banks of exactly its
/// cycle made it final, so keys that were removed, or never were among the voters, prove nothing.
///
/// ```swift
/// var client = LightClient(genesis)
/// for handOver in handOvers { try client.follow(handOver, now: now) }
/// try client.accept(header, now: now)
/// let score = try client.value(of: stateProof)   // nil: proven to be absent
/// ```
///
/// Within the trusting period it trusts at most `2q - n - 1` dishonest banks, as every node does.
/// Once the newest header is older than that, banks that have left long ago could have sold their
/// keys; so nothing is accepted any more, and a client begins anew from what it trusts by other
/// means.
public struct LightClient: Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The cycle whose headers are accepted now.
    public private(set) var configuration: EpochConfiguration
    /// The newest header accepted.
    public private(set) var newest: BlockHeader?
    /// How long what was accepted is trusted, in milliseconds.
    public let trustingPeriod: UInt64
    /// How far a header may be ahead of the client's clock, in milliseconds.
    public let maximumDrift: UInt64
    private var keys: VoterKeys
    private var trustedTime: UInt64

    /// Two weeks, in milliseconds.
    public static let standardTrustingPeriod: UInt64 = 14 * 86_400_000

    /// A client that trusts a founding record.
    ///
    /// - Parameter trustedTime: when the record was last known to be good, in milliseconds since
    ///   1970-01-01 UTC; the chain's creation where it is `nil`.
    public init(
        _ genesis: Genesis, trustedTime: UInt64? = nil,
        trustingPeriod: UInt64 = standardTrustingPeriod, maximumDrift: UInt64 = 10_000
    ) {
        chainID = genesis.chainID
        configuration = ChainState.firstConfiguration(of: genesis)
        keys = VoterKeys(genesis.members.map { $0.identity }, chainID: genesis.chainID)
        self.trustedTime = trustedTime ?? genesis.creationTime
        self.trustingPeriod = trustingPeriod
        self.maximumDrift = maximumDrift
    }

    /// A client that trusts a configuration from elsewhere, such as from a checkpoint.
    ///
    /// - Parameters:
    ///   - keys: the voters' keys, in any order.
    ///   - trustedTime: when the configuration was known to be good, in milliseconds since 1970-01-01
    ///     UTC.
    /// - Throws: ``LedgerError`` with `unregisteredKey` where a voter's key is not given.
    public init(
        trusting configuration: EpochConfiguration, keys: [PublicIdentity],
        chainID: LedgerDigest, trustedTime: UInt64,
        trustingPeriod: UInt64 = standardTrustingPeriod, maximumDrift: UInt64 = 10_000
    ) throws(LedgerError) {
        self.chainID = chainID
        self.configuration = configuration
        self.keys = VoterKeys(keys, chainID: chainID)
        self.trustedTime = trustedTime
        self.trustingPeriod = trustingPeriod
        self.maximumDrift = maximumDrift
        try self.keys.requireAll(of: configuration.voters)
    }

    /// Takes a header of the present cycle.
    ///
    /// The newest one stays ``newest``; an older one is checked alike.
    ///
    /// - Parameter now: the client's clock, in milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError``: `trustExpired`, `wrongChain`, `wrongCycle`, `wrongBlock` (another
    ///   voter set), `wrongTime`, `splitView` where it contradicts ``newest``, and as
    ///   ``Certificate/verify(for:voters:keys:)``. The client is as before.
    /// - Complexity: one signature check per vote.
    public mutating func accept(
        _ certified: CertifiedHeader, now: UInt64
    ) throws(LedgerError) {
        let header = certified.header
        func refuse(_ code: LedgerError.Code, _ message: String) -> LedgerError {
            LedgerError(code, message, height: header.height)
        }
        let end = trustedTime.addingSaturated(trustingPeriod)
        guard now <= end else {
            throw refuse(
                .trustExpired, "what was trusted at \(trustedTime) ms was good until \(end) ms")
        }
        guard header.chainID == chainID else {
            throw refuse(.wrongChain, "made for chain \(header.chainID), not \(chainID)")
        }
        guard header.cycle == configuration.epoch else {
            throw refuse(
                .wrongCycle, "of cycle \(header.cycle), the client is in \(configuration.epoch)")
        }
        guard header.consensus.configuration == configuration.digest else {
            throw refuse(
                .wrongBlock,
                "voter set \(header.consensus.configuration), not \(configuration.digest)")
        }
        guard header.height <= configuration.lastHeight else {
            throw refuse(.wrongCycle, "the cycle ends at \(configuration.lastHeight)")
        }
        guard header.timestamp <= now.addingSaturated(maximumDrift) else {
            throw refuse(.wrongTime, "made at \(header.timestamp) ms, it is \(now) ms")
        }
        try certified.certificate.verify(
            for: header.consensus, voters: configuration.voters, keys: keys)
        if let newest {
            guard header.height != newest.height || header == newest else {
                throw refuse(
                    .splitView, "final are \(newest.hash) and \(header.hash)")
            }
            guard header.height > newest.height else { return }
            guard header.timestamp > newest.timestamp else {
                throw refuse(
                    .wrongTime,
                    "made at \(header.timestamp) ms, block \(newest.height) at "
                        + "\(newest.timestamp) ms")
            }
        }
        newest = header
        trustedTime = max(trustedTime, header.timestamp)
    }

    /// Goes on to the next cycle.
    ///
    /// - Parameter now: the client's clock, in milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError``: as ``accept(_:now:)``; `wrongBlock` where the header does not name the
    ///   configuration, `unregisteredKey` where a voter's key is missing. The client is as before.
    public mutating func follow(_ handOver: EpochHandOver, now: UInt64) throws(LedgerError) {
        var next = self
        try next.accept(handOver.last, now: now)
        let header = handOver.last.header
        guard header.height == configuration.lastHeight else {
            throw LedgerError(
                .wrongCycle,
                "block \(header.height) does not end the cycle, block "
                    + "\(configuration.lastHeight) does", height: header.height)
        }
        guard
            handOver.next.digest == header.consensus.nextConfiguration,
            handOver.next.epoch == configuration.epoch + 1
        else {
            throw LedgerError(
                .wrongBlock,
                "the header names configuration \(header.consensus.nextConfiguration), not "
                    + "\(handOver.next.digest)", height: header.height)
        }
        next.keys = VoterKeys(handOver.keys, chainID: chainID)
        try next.keys.requireAll(of: handOver.next.voters)
        next.configuration = handOver.next
        self = next
    }

    /// Checks that a header is of a block before ``newest``, of any cycle.
    ///
    /// - Parameter inclusion: ``HeaderLog/inclusionProof(of:size:)`` in the log of all blocks before
    ///   the newest.
    /// - Throws: ``LedgerError``: `wrongChain`, `wrongRoot`, `staleCheckpoint` where the client has no
    ///   header yet.
    /// - Complexity: O(log n) hashes.
    public func verify(
        _ header: BlockHeader, inclusion: InclusionProof
    ) throws(LedgerError) {
        let newest = try requireNewest()
        guard header.chainID == chainID else {
            throw LedgerError(
                .wrongChain, "made for chain \(header.chainID), not \(chainID)",
                height: header.height)
        }
        guard
            inclusion.treeSize == newest.height - 1, inclusion.leafIndex &+ 1 == header.height
        else {
            throw LedgerError(
                .wrongRoot,
                "a proof of leaf \(inclusion.leafIndex) of \(inclusion.treeSize), not of block "
                    + "\(header.height) before \(newest.height)", height: header.height)
        }
        try inclusion.verify(
            leafHash: MerkleHash.leaf(header.hash.bytes), root: newest.commitment.historyRoot)
    }

    /// Checks that a transaction stands in the block of a verified header.
    ///
    /// - Throws: ``LedgerError``: `wrongBlock`, `wrongRoot`.
    public func verify(
        _ transaction: TransactionProof, in header: BlockHeader
    ) throws(LedgerError) {
        guard transaction.height == header.height else {
            throw LedgerError(
                .wrongBlock, "a transaction of block \(transaction.height)", height: header.height)
        }
        try transaction.verifyInclusion(in: header)
    }

    /// What the state after ``newest`` holds under the proof's key; `nil` where it is proven to hold
    /// nothing.
    ///
    /// The keys and values are ``ChainState/stateKey(ofMember:)`` and its neighbours.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot`; `staleCheckpoint` where there is no header yet.
    public func value(of proof: StateProof) throws(LedgerError) -> LedgerDigest? {
        try proof.verify(root: requireNewest().stateRoot)
    }

    private func requireNewest() throws(LedgerError) -> BlockHeader {
        guard let newest else {
            throw LedgerError(.staleCheckpoint, "the client has accepted no header yet")
        }
        return newest
    }
}

/// The keys of some voters; an address is the digest of its key, so a wrong key has no address here.
private struct VoterKeys: ConsensusKeys {
    private let identities: [Address: PublicIdentity]
    private let chainID: LedgerDigest

    init(_ keys: [PublicIdentity], chainID: LedgerDigest) {
        self.chainID = chainID
        var identities: [Address: PublicIdentity] = [:]
        for key in keys { identities[Address(of: key, chainID: chainID)] = key }
        self.identities = identities
    }

    func requireAll(of voters: VoterSet) throws(LedgerError) {
        for voter in voters.voters where identities[voter.address] == nil {
            throw LedgerError(.unregisteredKey, "the key of voter \(voter.address) is missing")
        }
    }

    func sign(_ statement: ConsensusStatement) -> [UInt8] { [] }

    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        identities[member]?.isValid(signature, of: statement, chainID: chainID) ?? false
    }
}
