// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A bank's signed statement in one view.
public struct ViewVote: Hashable, Sendable {
    /// What the bank says: notarize, nullify or finalize.
    public let statement: ConsensusStatement
    /// The bank's place in the ``VoterSet`` of the statement's epoch.
    public let voter: Int
    /// Its signature.
    public let signature: [UInt8]

    /// A vote as it came from somewhere; ``verify(_:keys:)`` says whether it is one.
    public init(_ statement: ConsensusStatement, voter: Int, signature: [UInt8]) {
        self.statement = statement
        self.voter = voter
        self.signature = signature
    }

    /// Refuses statements that are no votes, strangers, and wrong signatures.
    ///
    /// - Throws: ``LedgerError``: `invalidValue`, `unregisteredKey`, `badSignature`.
    public func verify(_ voters: VoterSet, keys: any ConsensusKeys) throws(LedgerError) {
        guard statement.role.rawValue <= ConsensusStatement.Role.finalize.rawValue else {
            throw LedgerError(.invalidValue, "'\(statement.role)' is not said by a vote")
        }
        guard voters.voters.indices.contains(voter) else {
            throw LedgerError(
                .unregisteredKey, "there are \(voters.count) voters, none has place \(voter)")
        }
        guard keys.isValid(signature, of: statement, by: voters.voters[voter].address) else {
            throw LedgerError(
                .badSignature,
                "\(voters.voters[voter].address) did not sign \(statement.role) of "
                    + "\(statement.digest) in view \(statement.view) of epoch \(statement.epoch)")
        }
    }

    /// Whether no bank that keeps the rules signs both: two candidates or two final blocks of one
    /// view, or a final block of a view that shall pass without one.
    public func contradicts(_ other: ViewVote) -> Bool {
        guard
            voter == other.voter, statement.epoch == other.statement.epoch,
            statement.view == other.statement.view
        else { return false }
        switch (statement.role, other.statement.role) {
        case (.notarize, .notarize), (.finalize, .finalize):
            return statement.digest != other.statement.digest
        case (.finalize, .nullify), (.nullify, .finalize): return true
        default: return false
        }
    }
}

extension ViewVote: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(statement)
        encoder.encode(UInt16(voter))
        encoder.encode(bytes: signature)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        statement = try ConsensusStatement(from: &decoder)
        voter = Int(try decoder.decodeUInt16())
        signature = try decoder.decodeBytes()
    }
}
