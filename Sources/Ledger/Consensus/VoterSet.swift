// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The banks whose votes decide one epoch, with their weights, and how much weight is a quorum.
///
/// The quorum counts against the weight of all registered voters, never of those that answer. With
/// total weight `W` and quorum `q`, two quorums share voters of weight `2q - W` or more: so many
/// must break the rules before two conflicting blocks can both be final.
public struct VoterSet: Hashable, Sendable {
    /// One voter.
    public struct Voter: Hashable, Sendable {
        /// The bank.
        public let address: Address
        /// What its vote counts, 1 or more.
        public let weight: Int

        /// A voter of a weight.
        public init(_ address: Address, weight: Int = 1) {
            self.address = address
            self.weight = weight
        }
    }

    /// The voters in the order of their addresses; votes name them by their place in it.
    public let voters: [Voter]
    /// The rule, applied to the total weight.
    public let rule: QuorumRule
    /// The weight of all voters, `W`.
    public let totalWeight: Int
    /// The weight that decides, `q`.
    public let quorum: Int
    private let indices: [Address: Int]

    /// At most this many voters: a certificate holds a signature of each of a quorum.
    public static let maximumCount = 1000

    /// A set of voters; their order does not matter.
    ///
    /// - Throws: ``LedgerError``: `invalidQuorum` for no voter or an impossible
    ///   rule, `invalidValue` for a voter given twice, a weight not in 1 to
    ///   1,000,000, or too many voters.
    public init(_ voters: [Voter], rule: QuorumRule) throws(LedgerError) {
        guard voters.count <= Self.maximumCount else {
            throw LedgerError(
                .invalidValue, "\(voters.count) voters, at most \(Self.maximumCount) may vote")
        }
        self.voters = voters.sorted { $0.address < $1.address }
        self.rule = rule
        var indices: [Address: Int] = [:]
        for (index, voter) in self.voters.enumerated() {
            guard (1...1_000_000).contains(voter.weight) else {
                throw LedgerError(
                    .invalidValue,
                    "voter \(voter.address) has weight \(voter.weight), not 1 to 1,000,000")
            }
            guard indices.updateValue(index, forKey: voter.address) == nil else {
                throw LedgerError(.invalidValue, "voter \(voter.address) is given twice")
            }
        }
        self.indices = indices
        totalWeight = voters.reduce(0) { $0 + $1.weight }
        quorum = try rule.threshold(bankCount: totalWeight)
    }

    /// The banks of a registry, each of weight 1.
    ///
    /// - Throws: ``LedgerError``, as the other initializer.
    public init(_ registry: MemberRegistry, rule: QuorumRule) throws(LedgerError) {
        try self.init(registry.banks.map { Voter($0) }, rule: rule)
    }

    /// The number of voters.
    public var count: Int { voters.count }

    /// The place of a bank among the voters.
    public func index(of address: Address) -> Int? { indices[address] }

    /// The most weight of dishonest voters with which no two conflicting blocks can be final:
    /// `2q - W - 1`.
    public var toleratedWeight: Int { 2 * quorum - totalWeight - 1 }

    /// The most weight of silent voters with which blocks still become final: `W - q`.
    public var spareWeight: Int { totalWeight - quorum }

    /// Two sets are the same if they have the same voters and rule.
    public static func == (left: VoterSet, right: VoterSet) -> Bool {
        left.rule == right.rule && left.voters == right.voters
    }

    /// Hashes voters and rule.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rule)
        hasher.combine(voters)
    }
}

extension VoterSet: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(voters) { encoder, voter in
            encoder.encode(voter.address)
            encoder.encode(UInt32(voter.weight))
        }
        encoder.encode(rule)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let voters = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Voter(try Address(from: &decoder), weight: Int(try decoder.decodeUInt32()))
        }
        let rule = try QuorumRule(from: &decoder)
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try VoterSet(voters, rule: rule)
        }
        guard self.voters == voters else { throw decoder.error("voters are not in order") }
    }
}
