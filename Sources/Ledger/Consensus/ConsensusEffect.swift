// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What happens to a node.
public enum ConsensusEvent: Sendable {
    /// The node begins, for the first time or again after a stop.
    case start
    /// A message came in from the node at an address.
    case message(ConsensusMessage, from: Address)
    /// The time of a ``ConsensusEffect/setTimer(_:)`` has come.
    case timer
    /// The answer to ``ConsensusEffect/makePayload(_:)``.
    case payload([UInt8], view: UInt64)
}

/// What a node shall do, in the order given.
public enum ConsensusEffect: Sendable {
    /// Put these on the disk, all or none, and go on only when they are safe there.
    case persist([DurableEntry])
    /// Send to every other node.
    case broadcast(ConsensusMessage)
    /// Send to one node.
    case send(ConsensusMessage, to: Address)
    /// Send the stored segments that hold blocks above a height to a node that is behind.
    case serve(to: Address, above: UInt64)
    /// Come back with ``ConsensusEvent/timer`` at this time; an earlier order is void.
    case setTimer(UInt64)
    /// It is this bureau's turn: answer with ``ConsensusEvent/payload(_:view:)``.
    case makePayload(PayloadRequest)
    /// These blocks are final; the chain is longer by them.
    case finalized(FinalizedSegment)
    /// A member broke the rules.
    case evidence(ConsensusEvidence)
    /// A quorum made a block final that contradicts this node's chain: more banks broke the rules
    /// than the quorum rule tolerates. The node takes no further part.
    case conflict(ViewCertificate)
}

/// What a payload is to be made for.
public struct PayloadRequest: Sendable {
    /// The view, to be given back with the payload.
    public let view: UInt64
    /// The block's epoch.
    public let epoch: UInt64
    /// The block's height.
    public let height: UInt64
    /// The state after the parent.
    public let state: any ConsensusApplication
}

/// Proof that a member broke the rules.
public enum ConsensusEvidence: Hashable, Sendable {
    /// A bank signed two votes that contradict each other.
    case votes(ViewEquivocation)
    /// A bureau signed two blocks of one view.
    case proposals(ConsensusBlock, ConsensusBlock)
}

/// What a node keeps on its disk; ``ConsensusCore/init(_:recovering:)`` goes on from there.
public enum DurableEntry: Hashable, Sendable {
    /// What the node has signed; a later record replaces it.
    case safety(SafetyRecord)
    /// A block that is not final yet.
    case block(ConsensusBlock)
    /// Votes of a quorum about a view that is not final yet.
    case certificate(ViewCertificate)
    /// Final blocks; what is not final and older may be forgotten.
    case segment(FinalizedSegment)
}

extension DurableEntry: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .safety(let record):
            encoder.encode(UInt8(1))
            encoder.encode(record)
        case .block(let block):
            encoder.encode(UInt8(2))
            encoder.encode(block)
        case .certificate(let certificate):
            encoder.encode(UInt8(3))
            encoder.encode(certificate)
        case .segment(let segment):
            encoder.encode(UInt8(4))
            encoder.encode(segment)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .safety(try SafetyRecord(from: &decoder))
        case 2: self = .block(try ConsensusBlock(from: &decoder))
        case 3: self = .certificate(try ViewCertificate(from: &decoder))
        case 4: self = .segment(try FinalizedSegment(from: &decoder))
        case let tag: throw decoder.error("\(tag) is no entry")
        }
    }
}
