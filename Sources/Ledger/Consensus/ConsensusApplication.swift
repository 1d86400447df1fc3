// SPDX-License-Identifier: Apache-2.0

/// The state that finalized payloads lead to, as far as the consensus must know it: a pure value.
///
/// Its answers may depend on nothing but the payloads of the chain up to a block: no clock, no
/// random number, no order of a dictionary. Every node computes them for itself, and a block that
/// commits to other answers gets no vote.
public protocol ConsensusApplication: Sendable {
    /// The digest of the state, which the header of the block that led to it commits to.
    var digest: LedgerDigest { get }

    /// The state after a block with `payload`.
    ///
    /// - Throws: ``LedgerError`` that says why the payload is refused; the block gets no vote.
    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication

    /// Who votes and proposes in the epoch after `configuration`, if this is the state after its
    /// last block.
    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration
}

/// What a payload's effect may depend on besides the payload and the state before it.
public struct BlockContext: Hashable, Sendable {
    /// The block's epoch.
    public let epoch: UInt64
    /// The block's height.
    public let height: UInt64
    /// The block's time, in milliseconds since 1970-01-01 UTC.
    public let time: UInt64
    /// The hash of the block before.
    public let parent: LedgerDigest
    /// The bureau that makes the block.
    public let proposer: Address

    /// A block's place.
    public init(
        epoch: UInt64, height: UInt64, time: UInt64, parent: LedgerDigest, proposer: Address
    ) {
        self.epoch = epoch
        self.height = height
        self.time = time
        self.parent = parent
        self.proposer = proposer
    }

    /// The place of the block with a header.
    public init(_ header: ConsensusHeader) {
        self.init(
            epoch: header.epoch, height: header.height, time: header.time, parent: header.parent,
            proposer: header.proposer)
    }
}
