// SPDX-License-Identifier: Apache-2.0

package import Ledger

/// Real cores of banks, and a script in place of bureaus, network and chance: it makes the blocks
/// and decides who hears what, and when.
///
/// An attack that is written down this way either works or does not, in a few steps; the oracle
/// judges. Nothing is delivered that the script does not deliver.
package struct ScriptedNetwork: Sendable {
    package let chainID: LedgerDigest
    /// The banks' addresses by place, in the order in which votes name them.
    package let banks: [Address]
    /// The bureaus of even epochs, then as many of odd ones.
    package let bureaus: [Address]
    let keys: @Sendable (Address) -> any ConsensusKeys
    var nodes: [SimulatedNode] = []
    var oracle: Oracle
    /// What each bank has sent to all, in order.
    package internal(set) var sent: [[ConsensusMessage]]
    /// The last final block of each bank.
    package internal(set) var heads: [ConsensusBlock?]

    /// Banks that have just begun.
    ///
    /// - Parameters:
    ///   - count: How many banks vote, each with weight 1.
    ///   - epochLength: The blocks of an epoch.
    ///   - broken: The rules that the banks lack.
    ///   - keys: Makes a member's keys; simulated ones by default.
    /// - Throws: ``LedgerError`` for an impossible quorum.
    package init(
        banks count: Int, rule: QuorumRule = .majority, epochLength: UInt64 = 1000,
        breaking broken: BrokenRules = [],
        keys: @escaping @Sendable (Address) -> any ConsensusKeys = { SimulatedKeys($0) }
    ) throws(LedgerError) {
        let chainID = try LedgerDigest([UInt8](repeating: 0x5C, count: 32))
        let voters = try VoterSet(
            (0..<count).map { VoterSet.Voter(.simulated(1, $0)) }, rule: rule)
        let bureaus = (0..<4).map { Address.simulated(2, $0) }
        let application = ScriptedApplication(
            voters: voters, bureaus: bureaus, epochLength: epochLength, chainID: chainID)
        let first = application.configuration(of: 0)
        self.chainID = chainID
        self.bureaus = bureaus
        self.keys = keys
        banks = voters.voters.map { $0.address }
        sent = [[ConsensusMessage]](repeating: [], count: count)
        heads = [ConsensusBlock?](repeating: nil, count: count)
        oracle = Oracle(first: first, chainID: chainID, keys: keys(bureaus[0]))
        oracle.begin(with: application)
        for bank in banks {
            nodes.append(
                SimulatedNode(
                    settings: ConsensusSettings(
                        chainID: chainID, address: bank, keys: keys(bank),
                        timing: ConsensusTiming(drift: 1 << 40), firstEpoch: first,
                        application: application, creationTime: 0, breaking: broken),
                    actor: nil, clockOffset: 0))
        }
        for bank in nodes.indices { start(bank) }
    }

    /// Whether two banks hold different final blocks at one height.
    package var hasForked: Bool { oracle.hasForked }

    /// What banks did that the rules forbid, in words.
    package var violations: [String] { oracle.violations }

    /// The banks and bureaus that were convicted.
    package var convicted: [Address] {
        let found = oracle.convictions()
        return found.banks + found.bureaus
    }

    /// The view of a bank.
    package func view(of bank: Int) -> UInt64 { nodes[bank].core?.view ?? 0 }

    /// The height of a bank's final chain.
    package func height(of bank: Int) -> UInt64 { nodes[bank].core?.head.height ?? 0 }

    // MARK: Events

    package mutating func deliver(_ message: ConsensusMessage, to banks: Int...) {
        for bank in banks { step(.message(message, from: bureaus[0]), on: bank) }
    }

    package mutating func propose(_ block: ConsensusBlock, to banks: Int...) {
        for bank in banks { step(.message(.proposal(block), from: bureaus[0]), on: bank) }
    }

    /// Delivers the votes that some banks have cast in a view to others.
    package mutating func pass(
        _ role: ConsensusStatement.Role, of block: ConsensusBlock, from senders: [Int],
        to banks: Int...
    ) {
        let statement = statement(role, of: block)
        for bank in banks {
            for sender in senders where sender != bank {
                if let vote = vote(of: sender, for: statement) {
                    step(.message(.vote(vote), from: self.banks[sender]), on: bank)
                }
            }
        }
    }

    /// Delivers a certificate, if there is one.
    package mutating func deliver(_ certificate: ViewCertificate?, to banks: Int...) {
        guard let certificate else { return }
        for bank in banks {
            step(.message(.certificate(certificate, nil), from: bureaus[0]), on: bank)
        }
    }

    package mutating func timeOut(_ banks: Int...) {
        for bank in banks { step(.timer, on: bank) }
    }

    /// Stops a bank and starts it again from its disk.
    package mutating func restart(_ bank: Int) {
        nodes[bank].crash(loses: false)
        start(bank)
    }

    private mutating func start(_ bank: Int) {
        let effects = nodes[bank].start(now: 0)
        perform(effects, on: bank)
    }

    private mutating func step(_ event: ConsensusEvent, on bank: Int) {
        let deadline = nodes[bank].core?.timerDeadline ?? 0
        var now = deadline
        if case .message = event { now -= 1 }
        let effects = nodes[bank].core?.step(event, now: now) ?? []
        perform(effects, on: bank)
    }

    private mutating func perform(_ effects: [ConsensusEffect], on bank: Int) {
        for effect in effects {
            oracle.watch(effect, of: banks[bank])
            switch effect {
            case .persist(let entries): nodes[bank].write(entries)
            case .broadcast(let message): sent[bank].append(message)
            case .finalized(let segment): heads[bank] = segment.last
            default: break
            }
        }
    }
}

/// A state without content; two sets of bureaus take turns by epoch.
struct ScriptedApplication: ConsensusApplication {
    let voters: VoterSet
    let bureaus: [Address]
    let epochLength: UInt64
    let chainID: LedgerDigest

    var digest: LedgerDigest { .zero }

    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication { self }

    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
        self.configuration(of: configuration.epoch + 1)
    }

    func configuration(of epoch: UInt64) -> EpochConfiguration {
        let half = bureaus.count / 2
        let serving = epoch.isMultiple(of: 2) ? bureaus[..<half] : bureaus[half...]
        do {
            return try EpochConfiguration(
                epoch: epoch, voters: voters, bureaus: Array(serving),
                lastHeight: (epoch + 1) * epochLength, chainID: chainID)
        } catch {
            preconditionFailure("four bureaus make two sets: \(error)")
        }
    }
}
