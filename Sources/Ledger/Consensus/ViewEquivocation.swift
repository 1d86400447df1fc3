// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Two contradicting votes of one bank: proof that it broke the rules, whatever it says.
public struct ViewEquivocation: Hashable, Sendable {
    /// One of the votes.
    public let first: ViewVote
    /// The vote that contradicts it.
    public let second: ViewVote

    /// The place of the bank in the voter set of ``epoch``.
    public var voter: Int { first.voter }

    /// The epoch in which both were signed.
    public var epoch: UInt64 { first.statement.epoch }

    /// Takes two votes that contradict each other.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where the rules allow to sign both.
    public init(_ first: ViewVote, _ second: ViewVote) throws(LedgerError) {
        guard first.contradicts(second) else {
            throw LedgerError(.invalidValue, "the votes do not contradict each other")
        }
        self.first = first
        self.second = second
    }

    /// Checks both signatures, so that nobody is convicted by a forged vote.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `badSignature`.
    public func verify(_ voters: VoterSet, keys: any ConsensusKeys) throws(LedgerError) {
        try first.verify(voters, keys: keys)
        try second.verify(voters, keys: keys)
    }
}

extension ViewEquivocation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(first)
        encoder.encode(second)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let first = try ViewVote(from: &decoder)
        let second = try ViewVote(from: &decoder)
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try ViewEquivocation(first, second)
        }
    }
}
