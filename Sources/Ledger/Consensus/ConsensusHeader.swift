// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What banks sign of a block that is agreed on between processes.
///
/// It holds its own justification: the notarization of its parent and the nullification of every
/// view between. So nobody can later deny which views passed without a block, and the headers of
/// two conflicting chains convict whoever signed both.
public struct ConsensusHeader: Hashable, Sendable {
    /// The fields that the hash covers.
    package struct Fields: Hashable, Sendable {
        package var chainID: LedgerDigest
        package var epoch: UInt64
        package var height: UInt64
        package var view: UInt64
        package var time: UInt64
        package var parent: LedgerDigest
        package var parentView: UInt64
        package var configuration: LedgerDigest
        package var nextConfiguration: LedgerDigest
        package var state: LedgerDigest
        package var payload: LedgerDigest
        package var proposer: Address

        package init(
            chainID: LedgerDigest, epoch: UInt64, height: UInt64, view: UInt64, time: UInt64,
            parent: LedgerDigest, parentView: UInt64, configuration: LedgerDigest,
            nextConfiguration: LedgerDigest, state: LedgerDigest, payload: LedgerDigest,
            proposer: Address
        ) {
            self.chainID = chainID
            self.epoch = epoch
            self.height = height
            self.view = view
            self.time = time
            self.parent = parent
            self.parentView = parentView
            self.configuration = configuration
            self.nextConfiguration = nextConfiguration
            self.state = state
            self.payload = payload
            self.proposer = proposer
        }
    }

    /// The fields that are neither certificate nor hash.
    package let fields: Fields
    /// The notarization of the parent; `nil` on the first block of an epoch, whose parent is final.
    public let parentCertificate: ViewCertificate?
    /// The nullifications of the views between the parent's and this one, in order.
    public let nullifications: [ViewCertificate]
    /// The digest of everything above.
    public let hash: LedgerDigest

    init(
        _ fields: Fields, parentCertificate: ViewCertificate?, nullifications: [ViewCertificate]
    ) {
        self.fields = fields
        self.parentCertificate = parentCertificate
        self.nullifications = nullifications
        var encoder = CanonicalEncoder()
        Self.encode(fields, parentCertificate, nullifications, to: &encoder)
        hash = LedgerDigest(LedgerDomain.consensusHeader(fields.chainID), encoder.bytes)
    }

    /// The chain.
    public var chainID: LedgerDigest { fields.chainID }
    /// The epoch, which is also the cycle of its scores.
    public var epoch: UInt64 { fields.epoch }
    /// The block's number on the chain; 1 follows the genesis.
    public var height: UInt64 { fields.height }
    /// The view of the epoch in which it was proposed, from 1.
    public var view: UInt64 { fields.view }
    /// Milliseconds since 1970-01-01 UTC, strictly after the parent's.
    public var time: UInt64 { fields.time }
    /// The parent's hash.
    public var parent: LedgerDigest { fields.parent }
    /// The parent's view; 0 where it belongs to the epoch before.
    public var parentView: UInt64 { fields.parentView }
    /// The digest of the epoch's ``EpochConfiguration``.
    public var configuration: LedgerDigest { fields.configuration }
    /// On the last block of an epoch the digest of the next configuration, else of this one.
    public var nextConfiguration: LedgerDigest { fields.nextConfiguration }
    /// The digest of the application's state after the block.
    public var state: LedgerDigest { fields.state }
    /// The digest of the payload.
    public var payload: LedgerDigest { fields.payload }
    /// The bureau that made it.
    public var proposer: Address { fields.proposer }

    /// What the bureau signs.
    var proposal: ConsensusStatement {
        ConsensusStatement(.propose, epoch: epoch, view: view, digest: hash)
    }

    /// Two headers are the same if their hashes are.
    public static func == (left: ConsensusHeader, right: ConsensusHeader) -> Bool {
        left.hash == right.hash
    }

    /// Hashes the hash.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    private static func encode(
        _ fields: Fields, _ parentCertificate: ViewCertificate?,
        _ nullifications: [ViewCertificate], to encoder: inout CanonicalEncoder
    ) {
        encoder.encode(fields.chainID)
        encoder.encode(fields.epoch)
        encoder.encode(fields.height)
        encoder.encode(fields.view)
        encoder.encode(fields.time)
        encoder.encode(fields.parent)
        encoder.encode(fields.parentView)
        encoder.encode(fields.configuration)
        encoder.encode(fields.nextConfiguration)
        encoder.encode(fields.state)
        encoder.encode(fields.payload)
        encoder.encode(fields.proposer)
        encoder.encode(optional: parentCertificate) { $0.encode($1) }
        encoder.encode(nullifications)
    }
}

extension ConsensusHeader: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        Self.encode(fields, parentCertificate, nullifications, to: &encoder)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let fields = Fields(
            chainID: try LedgerDigest(from: &decoder), epoch: try decoder.decodeUInt64(),
            height: try decoder.decodeUInt64(), view: try decoder.decodeUInt64(),
            time: try decoder.decodeUInt64(), parent: try LedgerDigest(from: &decoder),
            parentView: try decoder.decodeUInt64(),
            configuration: try LedgerDigest(from: &decoder),
            nextConfiguration: try LedgerDigest(from: &decoder),
            state: try LedgerDigest(from: &decoder), payload: try LedgerDigest(from: &decoder),
            proposer: try Address(from: &decoder))
        let certificate = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try ViewCertificate(from: &decoder)
        }
        self.init(
            fields, parentCertificate: certificate, nullifications: try decoder.decodeArray())
    }
}
