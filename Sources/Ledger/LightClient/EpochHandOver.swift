// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The end of one cycle and the beginning of the next, for somebody who trusts the first: the last
/// header, final by the votes of the old banks, and the configuration whose digest it names.
public struct EpochHandOver: Hashable, Sendable {
    /// The last block of the old cycle, with its votes.
    public let last: CertifiedHeader
    /// Who votes and proposes in the new one.
    public let next: EpochConfiguration
    /// The keys of the new voters, in the order of their places.
    public let keys: [PublicIdentity]

    private static let format: UInt16 = 1

    /// A hand-over; ``LightClient/follow(_:now:)`` judges it.
    public init(last: CertifiedHeader, next: EpochConfiguration, keys: [PublicIdentity]) {
        self.last = last
        self.next = next
        self.keys = keys
    }

    /// Reads a hand-over; it proves nothing before ``LightClient/follow(_:now:)``.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("hand-over", from: canonicalBytes)
    }

    /// The one byte form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }
}

extension EpochHandOver: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(Self.format)
        encoder.encode(last)
        next.encode(to: &encoder)
        encoder.encode(keys)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let format = try decoder.decodeUInt16()
        guard format == Self.format else {
            throw decoder.error("\(format) is no hand-over format")
        }
        last = try CertifiedHeader(from: &decoder)
        next = try EpochConfiguration(from: &decoder, chainID: last.header.chainID)
        keys = try decoder.decodeArray()
    }
}

extension Chain {
    /// The hand-overs from the end of cycle `first` on, up to the one that begins the present cycle.
    ///
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    /// - Complexity: one block is read for each.
    public func handOvers(from first: UInt64 = 0) throws(LedgerError) -> [EpochHandOver] {
        let state = self.state
        let cycles = state.configurations.drop { $0.epoch < first }
        return try reading { reader in
            try zip(cycles, cycles.dropFirst()).map { ended, next in
                EpochHandOver(
                    last: CertifiedHeader(try reader.block(at: ended.lastHeight)), next: next,
                    keys: next.voters.voters.compactMap {
                        state.memberships.identity(of: $0.address)
                    })
            }
        }
    }

    /// The header of a block with its votes.
    ///
    /// - Throws: ``LedgerError``: `unknownReference` where there is no such block, `corruptStore`,
    ///   `staleChain`, `storage`.
    public func certifiedHeader(at height: UInt64) throws(LedgerError) -> CertifiedHeader {
        guard let block = try block(at: height) else {
            throw LedgerError(.unknownReference, "the chain ends at \(self.height)", height: height)
        }
        return CertifiedHeader(block)
    }
}
