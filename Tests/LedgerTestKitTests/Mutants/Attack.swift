// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit
import Testing

/// A schedule that does harm where one rule is missing, and none where it is in force.
///
/// Who runs it plays all bureaus, the network and, where `malice` names one, a bank.
struct Attack: Sendable, CustomTestStringConvertible {
    enum Harm: Sendable {
        /// Two banks hold different final blocks.
        case fork
        /// A bank does what the rules forbid; words of the oracle.
        case violation(String)
        /// The bank at this place is not convicted.
        case impunity(Int)
    }

    var name: String
    var broken: BrokenRules = []
    var gaps: LooseKeys.Gaps = []
    var banks = 3
    var rule = QuorumRule.majority
    var epochLength: UInt64 = 1000
    var harm = Harm.fork
    var play: @Sendable (inout ScriptedNetwork, LooseKeys.Gaps) -> Void

    var testDescription: String { name }

    /// The network after the attack, with or without the rule.
    func run(isRuleInForce: Bool) throws -> ScriptedNetwork {
        let gaps = isRuleInForce ? [] : self.gaps
        var network = try ScriptedNetwork(
            banks: banks, rule: rule, epochLength: epochLength,
            breaking: isRuleInForce ? [] : broken, keys: { LooseKeys(member: $0, gaps: gaps) })
        play(&network, gaps)
        return network
    }
}

extension ScriptedNetwork {
    /// Some banks hear of a block, of each other's votes for it, and of their votes to finalize it.
    mutating func agree(on block: ConsensusBlock, _ banks: Int...) {
        for bank in banks { propose(block, to: bank) }
        for role in [ConsensusStatement.Role.notarize, .finalize] {
            for bank in banks { pass(role, of: block, from: banks, to: bank) }
        }
    }

    /// The first two banks notarize and finalize a block; only the first sees that it is final.
    mutating func finalizeForTheFirstOnly(_ block: ConsensusBlock) {
        propose(block, to: 0, 1)
        pass(.notarize, of: block, from: [0, 1], to: 0, 1)
        pass(.finalize, of: block, from: [1], to: 0)
    }

    /// Two banks let the view of a block pass and hear of each other.
    mutating func giveUp(_ block: ConsensusBlock, _ first: Int, _ second: Int) -> ViewCertificate? {
        timeOut(first, second)
        pass(.nullify, of: block, from: [first, second], to: first, second)
        return certificate(.nullify, of: block, from: [first, second])
    }

    func skips(_ certificates: ViewCertificate?...) -> [ViewCertificate] {
        certificates.compactMap { $0 }
    }
}
