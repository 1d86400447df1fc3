// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Signatures of statements that this process made or found valid, so that none is checked twice.
final class SeenSignatures: Sendable {
    private let limit: Int
    private let seen = Mutex<Set<[UInt8]>>([])

    /// - Parameter limit: how many are remembered, so that nobody can fill the memory with valid ones.
    init(limit: Int = .max) { self.limit = limit }

    func note(_ signature: [UInt8], of statement: ConsensusStatement, by member: Address) {
        seen.withLock { seen in
            if seen.count == limit { seen = [] }
            seen.insert(member.bytes + statement.bytes + signature)
        }
    }

    func contains(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        seen.withLock { $0.contains(member.bytes + statement.bytes + signature) }
    }
}
