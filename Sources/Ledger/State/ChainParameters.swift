// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The limits and rates of a chain, changed by ``ConfigurationChange``.
public struct ChainParameters: Hashable, Sendable {
    /// The most transactions of a block.
    public let maximumTransactionCount: Int
    /// The most bytes of a block's transactions.
    public let maximumBlockBytes: Int
    /// How far a block's time may be from a voter's clock, in milliseconds.
    public let maximumDrift: UInt64
    /// The difficulty of ``AdmissionStamp`` for users, in bits; 0 for none.
    public let admissionBits: Int
    /// What the proposer of a block with transactions earns, in whole units.
    public let proposerReward: UInt64
    /// The currency of the reward (ISO 4217).
    public let rewardCurrency: String

    /// What a chain begins with: 65,536 transactions and 16 MiB a block, 5 s of drift, no stamp and
    /// no reward.
    public static let standard = ChainParameters()

    private init() {
        maximumTransactionCount = Block.maximumTransactionCount
        maximumBlockBytes = 16 << 20
        maximumDrift = 5_000
        admissionBits = 0
        proposerReward = 0
        rewardCurrency = "XXX"
    }

    /// Parameters; what is not given is as in ``standard``.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a count that is not in 1 to 65,536, fewer
    ///   than 1,024 bytes or more than 1 GiB, more than 32 bits, a reward above
    ///   ``LoanContractTerms/maximumAmount``, or a currency of other than three capital letters.
    public init(
        maximumTransactionCount: Int = Block.maximumTransactionCount,
        maximumBlockBytes: Int = 16 << 20, maximumDrift: UInt64 = 5_000, admissionBits: Int = 0,
        proposerReward: UInt64 = 0, rewardCurrency: String = "XXX"
    ) throws(LedgerError) {
        func check(_ isValid: Bool, _ message: String) throws(LedgerError) {
            guard isValid else { throw LedgerError(.invalidValue, message) }
        }
        try check(
            (1...Block.maximumTransactionCount).contains(maximumTransactionCount),
            "\(maximumTransactionCount) transactions, 1 to \(Block.maximumTransactionCount) allowed"
        )
        try check(
            (1 << 10...1 << 30).contains(maximumBlockBytes),
            "\(maximumBlockBytes) bytes, \(1 << 10) to \(1 << 30) allowed")
        try check((0...32).contains(admissionBits), "\(admissionBits) bits, 0 to 32 allowed")
        try check(
            proposerReward <= LoanContractTerms.maximumAmount,
            "a reward of \(proposerReward) exceeds \(LoanContractTerms.maximumAmount)")
        try checkCurrency(rewardCurrency)
        self.maximumTransactionCount = maximumTransactionCount
        self.maximumBlockBytes = maximumBlockBytes
        self.maximumDrift = maximumDrift
        self.admissionBits = admissionBits
        self.proposerReward = proposerReward
        self.rewardCurrency = rewardCurrency
    }
}

extension ChainParameters: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(UInt32(maximumTransactionCount))
        encoder.encode(UInt32(maximumBlockBytes))
        encoder.encode(maximumDrift)
        encoder.encode(UInt8(admissionBits))
        encoder.encode(proposerReward)
        encoder.encode(rewardCurrency)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let count = try decoder.decodeUInt32()
        let bytes = try decoder.decodeUInt32()
        let drift = try decoder.decodeUInt64()
        let bits = try decoder.decodeUInt8()
        let reward = try decoder.decodeUInt64()
        let currency = try decoder.decodeString()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ChainParameters(
                maximumTransactionCount: Int(count), maximumBlockBytes: Int(bytes),
                maximumDrift: drift, admissionBits: Int(bits), proposerReward: reward,
                rewardCurrency: currency)
        }
    }
}
