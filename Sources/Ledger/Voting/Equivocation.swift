// SPDX-License-Identifier: Apache-2.0

/// Two contradicting votes of one bank: proof that it broke the protocol.
public struct Equivocation: Hashable, Sendable {
    /// The vote that came first.
    public let first: BlockVote
    /// The vote that contradicts it.
    public let second: BlockVote

    /// The bank that signed both.
    public var bank: Address { first.bank }

    /// Takes two votes that contradict each other.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` where no rule forbids signing both.
    public init(_ first: BlockVote, _ second: BlockVote) throws(LedgerError) {
        guard first.contradicts(second) else {
            throw LedgerError(.invalidValue, "the votes do not contradict each other")
        }
        self.first = first
        self.second = second
    }

    /// Checks both signatures, so that nobody is accused by a forged vote.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `wrongRole`, `badSignature`.
    public func verify(_ registry: MemberRegistry) throws(LedgerError) {
        try first.verify(registry)
        try second.verify(registry)
    }
}
