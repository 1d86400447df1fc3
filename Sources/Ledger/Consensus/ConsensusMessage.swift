// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What the nodes of a chain say to each other to agree on blocks.
public enum ConsensusMessage: Hashable, Sendable {
    /// A bureau's block of a view.
    case proposal(ConsensusBlock)
    /// A bank's vote.
    case vote(ViewVote)
    /// The votes of a quorum; with a notarization, the sender's own vote to finalize.
    case certificate(ViewCertificate, ViewVote?)
    /// Where the sender stands, so that others can help it on or be helped.
    case status(ConsensusStatus)
    /// A question for a block that was notarized, from a node whose chain ends at a height.
    case blockRequest(view: UInt64, hash: LedgerDigest, epoch: UInt64, height: UInt64)
    /// The answer.
    case block(ConsensusBlock)
    /// Final blocks for a node that is behind.
    case segments([FinalizedSegment])
}

/// Where a node stands.
public struct ConsensusStatus: Hashable, Sendable {
    /// Its epoch.
    public let epoch: UInt64
    /// Its view.
    public let view: UInt64
    /// The height of its last final block.
    public let height: UInt64
    /// The newest notarized block that it holds above its final ones.
    public let block: ConsensusBlock?
    /// That block's notarization.
    public let notarization: ViewCertificate?
    /// The nullifications of the views after it.
    public let nullifications: [ViewCertificate]
    /// Its own votes of its view.
    public let votes: [ViewVote]
    /// Whether it answers a status, so that it is not answered again.
    public let isReply: Bool

    /// A status.
    public init(
        epoch: UInt64, view: UInt64, height: UInt64, block: ConsensusBlock?,
        notarization: ViewCertificate?, nullifications: [ViewCertificate], votes: [ViewVote],
        isReply: Bool
    ) {
        self.epoch = epoch
        self.view = view
        self.height = height
        self.block = block
        self.notarization = notarization
        self.nullifications = nullifications
        self.votes = votes
        self.isReply = isReply
    }
}

extension ConsensusMessage: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .proposal(let block):
            encoder.encode(UInt8(1))
            encoder.encode(block)
        case .vote(let vote):
            encoder.encode(UInt8(2))
            encoder.encode(vote)
        case .certificate(let certificate, let vote):
            encoder.encode(UInt8(3))
            encoder.encode(certificate)
            encoder.encode(optional: vote) { $0.encode($1) }
        case .status(let status):
            encoder.encode(UInt8(4))
            encoder.encode(status)
        case .blockRequest(let view, let hash, let epoch, let height):
            encoder.encode(UInt8(5))
            encoder.encode(view)
            encoder.encode(hash)
            encoder.encode(epoch)
            encoder.encode(height)
        case .block(let block):
            encoder.encode(UInt8(6))
            encoder.encode(block)
        case .segments(let segments):
            encoder.encode(UInt8(7))
            encoder.encode(segments)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 1: self = .proposal(try ConsensusBlock(from: &decoder))
        case 2: self = .vote(try ViewVote(from: &decoder))
        case 3:
            let certificate = try ViewCertificate(from: &decoder)
            self = .certificate(
                certificate,
                try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                    try ViewVote(from: &decoder)
                })
        case 4: self = .status(try ConsensusStatus(from: &decoder))
        case 5:
            self = .blockRequest(
                view: try decoder.decodeUInt64(), hash: try LedgerDigest(from: &decoder),
                epoch: try decoder.decodeUInt64(), height: try decoder.decodeUInt64())
        case 6: self = .block(try ConsensusBlock(from: &decoder))
        case 7: self = .segments(try decoder.decodeArray())
        case let tag: throw decoder.error("\(tag) is no message")
        }
    }
}

extension ConsensusStatus: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(epoch)
        encoder.encode(view)
        encoder.encode(height)
        encoder.encode(optional: block) { $0.encode($1) }
        encoder.encode(optional: notarization) { $0.encode($1) }
        encoder.encode(nullifications)
        encoder.encode(votes)
        encoder.encode(isReply)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        epoch = try decoder.decodeUInt64()
        view = try decoder.decodeUInt64()
        height = try decoder.decodeUInt64()
        block = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try ConsensusBlock(from: &decoder)
        }
        notarization = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try ViewCertificate(from: &decoder)
        }
        nullifications = try decoder.decodeArray()
        votes = try decoder.decodeArray()
        isReply = try decoder.decodeBool()
    }
}
