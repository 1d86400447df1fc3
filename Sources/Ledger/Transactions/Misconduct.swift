// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Proof on the chain that a member broke the rules of the consensus.
///
/// Its key is void from the next block on: it sends no transaction, neither votes nor proposes in
/// any later cycle, its votes for bureaus are void, and so are the votes that it received.
public struct Misconduct: Hashable, Sendable {
    /// What two signatures of one key prove.
    public enum Proof: Hashable, Sendable {
        /// A bank signed two votes that contradict each other.
        case votes(ViewEquivocation)
        /// A bureau signed two blocks of one view.
        case proposals(SignedHeader, SignedHeader)
    }

    /// A header with its bureau's signature.
    public struct SignedHeader: Hashable, Sendable {
        /// The header.
        public let header: ConsensusHeader
        /// The bureau's signature of the header's hash.
        public let signature: [UInt8]

        /// The header of a block.
        public init(_ block: ConsensusBlock) {
            header = block.header
            signature = block.signature
        }

        package var statement: ConsensusStatement { header.proposal }
    }

    /// Who broke them, by the address that it signed with.
    public let offender: Address
    /// The two signatures.
    public let proof: Proof

    /// What a core has found, told with the configuration of its epoch.
    ///
    /// - Throws: ``LedgerError`` with `unregisteredKey` where the epoch has no such voter.
    public init(
        _ evidence: ConsensusEvidence, in configuration: EpochConfiguration
    ) throws(LedgerError) {
        switch evidence {
        case .votes(let pair):
            let voters = configuration.voters.voters
            guard voters.indices.contains(pair.voter) else {
                throw LedgerError(
                    .unregisteredKey,
                    "epoch \(configuration.epoch) has \(voters.count) voters, none has place "
                        + "\(pair.voter)")
            }
            offender = voters[pair.voter].address
            proof = .votes(pair)
        case .proposals(let first, let second):
            offender = first.header.proposer
            proof = .proposals(SignedHeader(first), SignedHeader(second))
        }
    }

    /// The epoch in which both were signed.
    public var epoch: UInt64 {
        switch proof {
        case .votes(let pair): pair.epoch
        case .proposals(let first, _): first.header.epoch
        }
    }

    /// Checks that ``offender`` signed both and that no rule allows to sign both.
    ///
    /// - Parameter configuration: the one of ``epoch``.
    /// - Throws: ``LedgerError``: `wrongCycle`, `wrongChain`, `invalidValue`, `unregisteredKey`,
    ///   `badSignature`.
    public func verify(
        _ configuration: EpochConfiguration, keys: any ConsensusKeys, chainID: LedgerDigest
    ) throws(LedgerError) {
        guard configuration.epoch == epoch else {
            throw LedgerError(
                .wrongCycle, "signed in epoch \(epoch), judged by \(configuration.epoch)")
        }
        switch proof {
        case .votes(let pair):
            guard configuration.voters.index(of: offender) == pair.voter else {
                throw LedgerError(
                    .unregisteredKey, "\(offender) is not voter \(pair.voter) of epoch \(epoch)")
            }
            try pair.verify(configuration.voters, keys: keys)
        case .proposals(let first, let second):
            for signed in [first, second] {
                guard signed.header.chainID == chainID else {
                    throw LedgerError(
                        .wrongChain, "made for chain \(signed.header.chainID), not \(chainID)")
                }
                guard signed.header.proposer == offender, signed.header.epoch == epoch else {
                    throw LedgerError(.invalidValue, "not both blocks are of \(offender)")
                }
                guard keys.isValid(signed.signature, of: signed.statement, by: offender) else {
                    throw LedgerError(
                        .badSignature, "\(offender) did not sign block \(signed.header.hash)")
                }
            }
            guard first.header.view == second.header.view, first.header != second.header else {
                throw LedgerError(.invalidValue, "the blocks do not contradict each other")
            }
        }
    }
}

extension Misconduct: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(offender)
        switch proof {
        case .votes(let pair):
            encoder.encode(UInt8(1))
            encoder.encode(pair)
        case .proposals(let first, let second):
            encoder.encode(UInt8(2))
            for signed in [first, second] {
                encoder.encode(signed.header)
                encoder.encode(bytes: signed.signature)
            }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        offender = try Address(from: &decoder)
        switch try decoder.decodeUInt8() {
        case 1: proof = .votes(try ViewEquivocation(from: &decoder))
        case 2:
            proof = .proposals(
                try SignedHeader(from: &decoder), try SignedHeader(from: &decoder))
        case let tag: throw decoder.error("\(tag) is no proof of misconduct")
        }
    }
}

extension Misconduct.SignedHeader {
    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        header = try ConsensusHeader(from: &decoder)
        signature = try decoder.decodeBytes()
    }
}
