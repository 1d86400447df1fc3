// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A change of the members or of the chain's parameters, signed by a block quorum of the banks.
public struct ConfigurationChange: Hashable, Sendable {
    /// What changes from the next block on.
    public enum Action: Hashable, Sendable {
        /// A new member, with the proof that it holds its key.
        case register(Member)
        /// A member leaves; its key is void.
        case remove(Address)
        /// New parameters.
        case parameters(ChainParameters)
    }

    /// Its number: one more than ``ChainState/configurationNumber``, so that none counts twice.
    public let number: UInt64
    /// What changes.
    public let action: Action
    /// The banks' signatures in the order of their addresses.
    public let approvals: [PartySignature]

    /// Puts a change and the banks' signatures together; they are counted on the chain.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a bank given twice.
    public init(
        number: UInt64, action: Action, approvals: [PartySignature]
    ) throws(LedgerError) {
        let sorted = approvals.sorted { $0.party < $1.party }
        try PartySignature.checkOrder(sorted)
        self.number = number
        self.action = action
        self.approvals = sorted
    }

    /// A bank's signature for the change of this number.
    ///
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public static func approval(
        of action: Action, number: UInt64, by bank: SigningIdentity, chainID: LedgerDigest
    ) throws(LedgerError) -> PartySignature {
        try PartySignature(
            of: content(number, action), in: LedgerDomain.configuration(chainID), by: bank,
            chainID: chainID)
    }

    /// Refuses a change that fewer banks than a block quorum signed.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        let content = Self.content(number, action)
        for approval in approvals {
            try approval.verify(
                of: content, in: LedgerDomain.configuration(registry.chainID), registry,
                as: [.bank], to: "approve configuration change \(number)")
        }
        guard approvals.count >= registry.blockQuorum else {
            throw LedgerError(
                .missingSignature,
                "\(approvals.count) of \(registry.banks.count) banks signed configuration change "
                    + "\(number), \(registry.blockQuorum) are needed")
        }
    }

    private static func content(_ number: UInt64, _ action: Action) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(number)
        encoder.encode(action)
        return encoder.bytes
    }
}

extension ConfigurationChange.Action: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .register(let member):
            encoder.encode(UInt8(1))
            encoder.encode(member)
        case .remove(let address):
            encoder.encode(UInt8(2))
            encoder.encode(address)
        case .parameters(let parameters):
            encoder.encode(UInt8(3))
            encoder.encode(parameters)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .register(try Member(from: &decoder))
        case 2: self = .remove(try Address(from: &decoder))
        case 3: self = .parameters(try ChainParameters(from: &decoder))
        case let tag: throw decoder.error("\(tag) is no kind of configuration change")
        }
    }
}

extension ConfigurationChange: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fixed: Self.content(number, action))
        encoder.encode(approvals)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let number = try decoder.decodeUInt64()
        let action = try Action(from: &decoder)
        let approvals: [PartySignature] = try decoder.decodeArray()
        try checkingDecoded(decoder) { () throws(LedgerError) in
            try PartySignature.checkOrder(approvals)
        }
        self.number = number
        self.action = action
        self.approvals = approvals
    }
}
