// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The order in which elected bureaus propose: drawn by the banks' votes and a seed that no single
/// bank chose.
///
/// Without replacement: each seat goes to a candidate with probability votes / votes of those left.
/// Everything is a function of votes and seed, so all nodes draw the same.
public struct BureauElection: Hashable, Sendable {
    /// A bureau with the votes it received.
    public struct Candidate: Hashable, Sendable {
        /// The bureau.
        public let address: Address
        /// Its votes; one with none is not drawn.
        public let votes: Int

        /// A candidate.
        public init(_ address: Address, votes: Int) {
            self.address = address
            self.votes = votes
        }
    }

    private let candidates: [Candidate]
    private let seed: LedgerDigest

    /// An election among candidates, whose order does not matter.
    ///
    /// - Precondition: No candidate twice, no negative votes.
    public init(votes candidates: [Candidate], seed: LedgerDigest) {
        precondition(
            Set(candidates.map { $0.address }).count == candidates.count
                && candidates.allSatisfy { $0.votes >= 0 }, "a candidate twice, or negative votes")
        self.candidates = candidates.filter { $0.votes > 0 }.sorted { $0.address < $1.address }
        self.seed = seed
    }

    /// Up to `seats` bureaus in their order.
    ///
    /// - Complexity: one SHA-256 per seat, with rejection of draws that would favour the first.
    public func order(seats: Int) -> [Address] {
        var left = candidates
        var order: [Address] = []
        var draw: UInt64 = 0
        while order.count < seats, !left.isEmpty {
            let total = left.reduce(UInt64(0)) { $0 + UInt64($1.votes) }
            var ticket = number(draw)
            draw += 1
            // 2^64 is not a multiple of the total: the last incomplete round is not used.
            guard ticket < UInt64.max - UInt64.max % total else { continue }
            ticket %= total
            for (place, candidate) in left.enumerated() {
                if ticket < UInt64(candidate.votes) {
                    order.append(candidate.address)
                    left.remove(at: place)
                    break
                }
                ticket -= UInt64(candidate.votes)
            }
        }
        return order
    }

    private func number(_ draw: UInt64) -> UInt64 {
        var encoder = CanonicalEncoder()
        encoder.encode(seed)
        encoder.encode(draw)
        return LedgerDigest(LedgerDomain.electionDraw(), encoder.bytes).bytes.prefix(8)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }
}
