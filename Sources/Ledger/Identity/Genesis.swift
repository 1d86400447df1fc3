// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The founding record of a chain: who takes part, in which role, and what a quorum is.
///
/// Its digest is the chain id, which is inside everything signed and hashed on the chain. It is
/// block 0: the parent of the first block.
public struct Genesis: Hashable, Sendable {
    /// The chain's name, 1 to 64 bytes.
    public let chainName: String
    /// The members in the order of their public keys.
    public let members: [Member]
    /// How many banks must sign a block.
    public let quorum: QuorumRule
    /// How many signatures ``quorum`` means among this record's banks.
    public let blockQuorum: Int
    /// How many blocks a cycle has: as long vote the same banks, and the same bureaus propose.
    public let cycleLength: UInt64
    /// When the chain was founded, in milliseconds since 1970-01-01 UTC.
    public let creationTime: UInt64
    /// The digest of this record.
    public let chainID: LedgerDigest

    /// Checks every member and founds a chain; the order of `members` does not matter.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` (name), `invalidGenesis` (no bureau, a key or a
    ///   name given twice, a cycle of other than 1 to 2^32 blocks), `missingPossession`,
    ///   `invalidQuorum` (also for no bank).
    public init(
        chainName: String, members: [Member], quorum: QuorumRule = .majority,
        cycleLength: UInt64 = 1_000, creationTime: UInt64
    ) throws(LedgerError) {
        try checkName(chainName, "the chain's name")
        guard (1...1 << 32).contains(cycleLength) else {
            throw LedgerError(.invalidGenesis, "cycles of \(cycleLength) blocks, not 1 to 2^32")
        }
        self.cycleLength = cycleLength
        self.chainName = chainName
        self.members = members.sorted {
            $0.identity.publicKey.lexicographicallyPrecedes($1.identity.publicKey)
        }
        self.quorum = quorum
        blockQuorum = try quorum.threshold(bankCount: members.count { $0.role == .bank })
        self.creationTime = creationTime
        chainID = LedgerDigest(
            LedgerDomain.genesis(),
            Self.encode(chainName, self.members, quorum, cycleLength, creationTime))
        try validate()
    }

    /// Founds a chain of `banks` and `bureaus` named "bank 1", "bank 2", ..., "bureau 1", ....
    ///
    /// - Throws: ``LedgerError``, as the initializer that takes members.
    public init(
        chainName: String, banks: [SigningIdentity], bureaus: [SigningIdentity],
        quorum: QuorumRule = .majority, cycleLength: UInt64 = 1_000, creationTime: UInt64
    ) throws(LedgerError) {
        var members: [Member] = []
        for (role, title, identities) in [
            (Role.bank, "bank", banks), (.bureau, "bureau", bureaus),
        ] {
            for (index, identity) in identities.enumerated() {
                members.append(
                    try Member(
                        name: "\(title) \(index + 1)", role: role, identity: identity,
                        chainName: chainName))
            }
        }
        try self.init(
            chainName: chainName, members: members, quorum: quorum, cycleLength: cycleLength,
            creationTime: creationTime)
    }

    /// Reads the canonical bytes and checks them as the initializer does.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`, also for a broken rule.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("genesis", from: canonicalBytes)
    }

    /// The canonical form, of which ``chainID`` is the digest.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    private func validate() throws(LedgerError) {
        var keys: Set<[UInt8]> = []
        var names: Set<String> = []
        for member in members {
            guard keys.insert(member.identity.publicKey).inserted else {
                throw LedgerError(.invalidGenesis, "the key of '\(member.name)' is given twice")
            }
            guard names.insert(member.name).inserted else {
                throw LedgerError(.invalidGenesis, "the name '\(member.name)' is given twice")
            }
            try member.verifyPossession(chainName: chainName)
        }
        guard members.contains(where: { $0.role == .bureau }) else {
            throw LedgerError(.invalidGenesis, "there is no bureau")
        }
    }

    private static func encode(
        _ chainName: String, _ members: [Member], _ quorum: QuorumRule, _ cycleLength: UInt64,
        _ creationTime: UInt64
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(chainName)
        encoder.encode(members)
        encoder.encode(quorum)
        encoder.encode(cycleLength)
        encoder.encode(creationTime)
        return encoder.bytes
    }
}

extension Genesis: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(
            fixed: Self.encode(chainName, members, quorum, cycleLength, creationTime))
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let chainName = try decoder.decodeString()
        let members: [Member] = try decoder.decodeArray()
        let quorum = try QuorumRule(from: &decoder)
        let cycleLength = try decoder.decodeUInt64()
        let creationTime = try decoder.decodeUInt64()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try Genesis(
                chainName: chainName, members: members, quorum: quorum, cycleLength: cycleLength,
                creationTime: creationTime)
        }
        guard self.members == members else { throw decoder.error("members are not in order") }
    }
}
