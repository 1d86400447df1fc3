// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Ledger
internal import Synchronization

/// Bureaus and banks that agree on scores over one chain.
///
/// ```swift
/// let genesis = try Consortium.genesis(
///     chainName: "credit", bureaus: bureaus, banks: banks, creationTime: 0)
/// let consortium = try Consortium.create(
///     at: url, genesis: genesis, bureaus: bureaus, banks: banks)
/// let outcomes = try consortium.score(applications)
/// let receipt = try consortium.receipt(for: outcomes[0])
/// try receipt.verify(against: genesis)
/// ```
///
/// All participants run in this process, one step after the other, so nothing depends on timing:
/// the same participants, applications and ``BlockTiming`` give the same chain, byte for byte.
/// Methods may be called from any thread; calls that write wait for each other.
public final class Consortium: Sendable {
    /// The chain that all participants share.
    public let chain: Chain
    /// The bureaus in their order of turns, which is that of their addresses.
    public let bureaus: [Bureau]
    /// The banks in the order they were given.
    public let banks: [Bank]
    /// When blocks are made.
    public let timing: BlockTiming
    let members: LocalMembers
    /// Calls that write wait for each other.
    let writing = Mutex(())

    private init(
        _ chain: Chain, bureaus: [Bureau], banks: [Bank], timing: BlockTiming
    ) throws(LendingError) {
        let genesis = chain.genesis
        let registry = MemberRegistry(genesis)
        try Self.check(bureaus.map { ($0.name, $0.identity) }, are: .bureau, registry)
        try Self.check(banks.map { ($0.name, $0.identity) }, are: .bank, registry)
        self.chain = chain
        self.bureaus = bureaus.sorted {
            $0.identity.address(chainID: genesis.chainID)
                < $1.identity.address(chainID: genesis.chainID)
        }
        self.banks = banks
        self.timing = timing
        members = LocalMembers(banks.map { $0.identity } + self.bureaus.map { $0.identity })
    }

    /// The founding record of a chain with these participants.
    ///
    /// - Parameters:
    ///   - chainName: 1 to 64 bytes.
    ///   - bureaus: At least one.
    ///   - banks: At least one.
    ///   - creationTime: Milliseconds since 1970-01-01 UTC.
    ///   - quorum: How many banks must sign a block.
    ///   - cycleLength: How many blocks a cycle has; a round of scores takes two of one cycle.
    /// - Throws: ``LendingError`` with code `ledger`.
    public static func genesis(
        chainName: String, bureaus: [Bureau], banks: [Bank], creationTime: UInt64,
        quorum: QuorumRule = .majority, cycleLength: UInt64 = 2
    ) throws(LendingError) -> Genesis {
        try ledgerStep("founding '\(chainName)'") { () throws(LedgerError) in
            var members: [Member] = []
            for bureau in bureaus {
                members.append(
                    try Member(
                        name: bureau.name, role: .bureau, identity: bureau.identity,
                        chainName: chainName))
            }
            for bank in banks {
                members.append(
                    try Member(
                        name: bank.name, role: .bank, identity: bank.identity,
                        chainName: chainName))
            }
            return try Genesis(
                chainName: chainName, members: members, quorum: quorum,
                cycleLength: cycleLength, creationTime: creationTime)
        }
    }

    /// Founds a chain in a new file.
    ///
    /// A registered bank or bureau that is not given never answers.
    ///
    /// - Throws: ``LendingError``: `ledger` (such as for a file that exists),
    ///   `invalidParticipants`.
    public static func create(
        at url: URL, genesis: Genesis, bureaus: [Bureau], banks: [Bank],
        timing: BlockTiming = .every(milliseconds: 1000)
    ) throws(LendingError) -> Consortium {
        let registry = MemberRegistry(genesis)
        // Checked before the file is made, so that a refusal leaves none.
        try check(bureaus.map { ($0.name, $0.identity) }, are: .bureau, registry)
        try check(banks.map { ($0.name, $0.identity) }, are: .bank, registry)
        let chain = try ledgerStep("creating the chain file") { () throws(LedgerError) in
            try Chain.create(at: url, genesis: genesis)
        }
        return try Consortium(chain, bureaus: bureaus, banks: banks, timing: timing)
    }

    /// Founds a chain in memory.
    ///
    /// - Throws: ``LendingError``, as ``create(at:genesis:bureaus:banks:timing:)``.
    public static func inMemory(
        genesis: Genesis, bureaus: [Bureau], banks: [Bank],
        timing: BlockTiming = .every(milliseconds: 1000)
    ) throws(LendingError) -> Consortium {
        let chain = try ledgerStep("creating the chain") { () throws(LedgerError) in
            try Chain.inMemory(genesis: genesis)
        }
        return try Consortium(chain, bureaus: bureaus, banks: banks, timing: timing)
    }

    /// Opens a chain file, verifies all of it, and goes on from its head.
    ///
    /// - Throws: ``LendingError``: `ledger` where the file is missing or was altered,
    ///   `invalidParticipants`.
    public static func open(
        at url: URL, bureaus: [Bureau], banks: [Bank],
        timing: BlockTiming = .every(milliseconds: 1000)
    ) throws(LendingError) -> Consortium {
        let chain = try ledgerStep("opening the chain file") { () throws(LedgerError) in
            try Chain.open(at: url)
        }
        return try Consortium(chain, bureaus: bureaus, banks: banks, timing: timing)
    }

    /// Closes the chain; nothing works afterwards.
    ///
    /// - Throws: ``LendingError`` with code `ledger`.
    public func close() throws(LendingError) {
        try ledgerStep("closing the chain") { () throws(LedgerError) in try chain.close() }
    }

    private static func check(
        _ participants: [(name: String, identity: SigningIdentity)], are role: Role,
        _ registry: MemberRegistry
    ) throws(LendingError) {
        var names: [Address: String] = [:]
        for (name, identity) in participants {
            let address = identity.address(chainID: registry.chainID)
            guard let member = registry.member(at: address), member.role == role else {
                throw LendingError(
                    .invalidParticipants, "'\(name)' (\(address)) is not registered as a \(role)")
            }
            if let other = names.updateValue(name, forKey: address) {
                throw LendingError(
                    .invalidParticipants, "'\(other)' and '\(name)' have one key, \(address)")
            }
        }
    }
}
