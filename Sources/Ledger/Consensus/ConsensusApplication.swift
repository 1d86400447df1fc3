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
        _ payload: [UInt8], epoch: UInt64, height: UInt64
    ) throws(LedgerError) -> any ConsensusApplication

    /// Who votes and proposes in the epoch after `configuration`, if this is the state after its
    /// last block.
    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration
}
