// SPDX-License-Identifier: Apache-2.0

/// Why a step of the lending system could not be done.
///
/// The message names the value that was refused and the bound it broke. An error of a module below
/// (a model, the ledger, a lender) is kept in ``underlying``.
public struct LendingError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Codable, CaseIterable {
        /// A scale whose points, odds, doubling or grade limits contradict each other.
        case invalidScale
        /// A probability that is not a number within 0...1.
        case invalidProbability
        /// Points outside the range of their scale.
        case pointsOutOfRange
        /// Days past due, a month or an amount that a repayment cannot have.
        case invalidRepayment
        /// Parameters from which no loan book can be drawn.
        case invalidBook
        /// A rate, a cap or a loss given default outside its range.
        case invalidTerms
        /// A bureau or bank that the chain does not register in that role, or one given twice.
        case invalidParticipants
        /// A batch whose parts differ in size, are empty, or do not fit into one block.
        case invalidBatch
        /// The same applicant twice in one batch.
        case duplicateApplicant
        /// A proposal or participant that is not known here.
        case notFound
        /// A decision on a score that the banks have not accepted.
        case scoreNotAccepted
        /// Every bureau is absent.
        case noBureauAvailable
        /// Fewer banks are present than a block needs votes.
        case tooFewBanks
        /// A model that could not score the applications.
        case model
        /// The ledger refused a transaction, a block or a file.
        case ledger
        /// A lender could not value the loan.
        case lender
    }

    /// The kind of failure.
    public let code: Code

    /// What was found and what was expected, with the numbers.
    public let message: String

    /// The error of the module below, where there was one.
    public let underlying: (any Error)?

    package init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The code, the message and the underlying error.
    public var description: String {
        let cause = underlying.map { ": \($0)" } ?? ""
        return "\(code.rawValue): \(message)\(cause)"
    }
}
