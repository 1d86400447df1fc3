// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The same statement signed by voters of a quorum's weight.
public struct ViewCertificate: Hashable, Sendable {
    /// What they say.
    public let statement: ConsensusStatement
    /// The places of those who signed, ascending.
    public let voters: [Int]
    /// Their signatures in that order.
    public let signatures: [[UInt8]]

    /// A certificate as it came from somewhere; ``verify(_:keys:)`` says whether it is one.
    ///
    /// - Precondition: As many voters as signatures.
    public init(_ statement: ConsensusStatement, voters: [Int], signatures: [[UInt8]]) {
        precondition(
            voters.count == signatures.count,
            "\(voters.count) voters and \(signatures.count) signatures")
        self.statement = statement
        self.voters = voters
        self.signatures = signatures
    }

    /// The certificate of votes for one statement, in any order.
    public init(_ statement: ConsensusStatement, votes: [ViewVote]) {
        let ordered = votes.sorted { $0.voter < $1.voter }
        self.init(
            statement, voters: ordered.map { $0.voter }, signatures: ordered.map { $0.signature })
    }

    /// Checks that voters of a quorum's weight signed exactly this.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` (no vote), `duplicateVote` (a voter twice or out
    ///   of order), `unregisteredKey`, `quorumNotReached`, `badSignature`.
    /// - Complexity: one signature check per voter.
    public func verify(_ set: VoterSet, keys: any ConsensusKeys) throws(LedgerError) {
        try verifyForm(set, quorum: set.quorum)
        for vote in votes { try vote.verify(set, keys: keys) }
    }

    /// Everything but the signatures.
    func verifyForm(_ set: VoterSet, quorum: Int) throws(LedgerError) {
        guard statement.role.rawValue <= ConsensusStatement.Role.finalize.rawValue else {
            throw LedgerError(.invalidValue, "'\(statement.role)' is not said by votes")
        }
        var weight = 0
        var last = -1
        for voter in voters {
            guard voter > last else {
                throw LedgerError(
                    .duplicateVote, "voter \(voter) is counted twice or out of order")
            }
            guard voter < set.count else {
                throw LedgerError(
                    .unregisteredKey, "there are \(set.count) voters, none has place \(voter)")
            }
            last = voter
            weight += set.voters[voter].weight
        }
        guard weight >= quorum else {
            throw LedgerError(
                .quorumNotReached,
                "votes of weight \(weight) of \(set.totalWeight), \(quorum) are needed for "
                    + "\(statement.role) in view \(statement.view)")
        }
    }

    /// The votes that it holds.
    public var votes: [ViewVote] {
        zip(voters, signatures).map { ViewVote(statement, voter: $0, signature: $1) }
    }
}

extension ViewCertificate: CanonicalCodable {
    /// Statement, a bitmap of the voters up to the last one, and the signatures.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(statement)
        var bitmap = [UInt8](repeating: 0, count: voters.last.map { $0 / 8 + 1 } ?? 0)
        for voter in voters { bitmap[voter / 8] |= 1 << UInt8(voter % 8) }
        encoder.encode(bytes: bitmap)
        for signature in signatures { encoder.encode(bytes: signature) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let statement = try ConsensusStatement(from: &decoder)
        let bitmap = try decoder.decodeBytes()
        guard bitmap.last != 0, bitmap.count <= VoterSet.maximumCount / 8 + 1 else {
            throw decoder.error("a bitmap of \(bitmap.count) bytes is not minimal")
        }
        var voters: [Int] = []
        for (place, byte) in bitmap.enumerated() {
            for bit in 0..<8 where byte >> UInt8(bit) & 1 == 1 { voters.append(8 * place + bit) }
        }
        var signatures: [[UInt8]] = []
        for _ in voters { signatures.append(try decoder.decodeBytes()) }
        self.init(statement, voters: voters, signatures: signatures)
    }
}
