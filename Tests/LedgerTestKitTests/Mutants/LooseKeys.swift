// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit

/// Simulated keys whose signatures leave something out of what is signed.
struct LooseKeys: ConsensusKeys {
    struct Gaps: OptionSet, Sendable {
        let rawValue: Int
        /// The role, which is the domain of a statement.
        static let role = Gaps(rawValue: 1)
        /// The chain.
        static let chain = Gaps(rawValue: 2)
        /// The signer: any bank's signature will do, also one that is no voter.
        static let signer = Gaps(rawValue: 4)
    }

    static let banks = (0..<10).map { Address.simulated(1, $0) }

    let member: Address
    var chain: UInt64 = 1
    let gaps: Gaps

    func sign(_ statement: ConsensusStatement) -> [UInt8] {
        SimulatedKeys(member).sign(signed(statement))
    }

    func isValid(
        _ signature: [UInt8], of statement: ConsensusStatement, by member: Address
    ) -> Bool {
        (gaps.contains(.signer) ? Self.banks + [member] : [member]).contains {
            SimulatedKeys($0).isValid(signature, of: signed(statement), by: $0)
        }
    }

    private func signed(_ statement: ConsensusStatement) -> ConsensusStatement {
        ConsensusStatement(
            gaps.contains(.role) ? .notarize : statement.role,
            epoch: statement.epoch ^ (gaps.contains(.chain) ? 0 : chain << 56),
            view: statement.view, digest: statement.digest)
    }
}
