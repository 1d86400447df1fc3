// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bureau's claim that a model gives a borrower a score.
///
/// The digests let a holder of the model and of the inputs compute the score again; the chain
/// itself never does.
public struct ScoreProposal: Hashable, Sendable {
    /// Whose score it is.
    public let borrower: Borrower
    /// The score in whole points of the scale.
    public let score: Int32
    /// The scale's identifier, 1 to 64 bytes.
    public let scale: String
    /// The grade on that scale, a code that the scale defines.
    public let grade: UInt8
    /// The digest of the model file.
    public let modelDigest: LedgerDigest
    /// A salted commitment to the inputs.
    public let inputCommitment: LedgerDigest
    /// The cycle in which the score can be accepted.
    public let cycle: UInt64

    /// A proposal.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where `scale` has not 1 to 64 bytes.
    public init(
        borrower: Borrower, score: Int32, scale: String, grade: UInt8, modelDigest: LedgerDigest,
        inputCommitment: LedgerDigest, cycle: UInt64
    ) throws(LedgerError) {
        try checkName(scale, "the scale's identifier")
        self.borrower = borrower
        self.score = score
        self.scale = scale
        self.grade = grade
        self.modelDigest = modelDigest
        self.inputCommitment = inputCommitment
        self.cycle = cycle
    }
}

extension ScoreProposal: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(borrower)
        encoder.encode(score)
        encoder.encode(scale)
        encoder.encode(grade)
        encoder.encode(modelDigest)
        encoder.encode(inputCommitment)
        encoder.encode(cycle)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let borrower = try Borrower(from: &decoder)
        let score = Int32(bitPattern: try decoder.decodeUInt32())
        let scale = try decoder.decodeString()
        let grade = try decoder.decodeUInt8()
        let modelDigest = try LedgerDigest(from: &decoder)
        let inputCommitment = try LedgerDigest(from: &decoder)
        let cycle = try decoder.decodeUInt64()
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ScoreProposal(
                borrower: borrower, score: score, scale: scale, grade: grade,
                modelDigest: modelDigest, inputCommitment: inputCommitment, cycle: cycle)
        }
    }
}
