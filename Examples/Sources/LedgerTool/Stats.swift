// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verifies a chain file and says what is in it.")

    @OptionGroup var chain: ChainArgument

    func run() throws {
        try chain.open { chain in
            let state = chain.state
            say("\(chain.report)")
            say("cycle \(state.cycle), view \(state.view), time \(state.timestamp) ms")
            say(
                "\(state.registry.banks.count) banks, \(state.registry.bureaus.count) bureaus, "
                    + "\(state.registry.blockQuorum) votes make a block")
            var kinds: [Transaction.Kind: Int] = [:]
            for height in stride(from: UInt64(1), through: chain.height, by: 1) {
                guard let block = try chain.block(at: height) else { continue }
                for transaction in block.block.transactions {
                    kinds[transaction.transaction.kind, default: 0] += 1
                }
            }
            for kind in Transaction.Kind.allCases {
                if let count = kinds[kind] { say("\(kind): \(count)") }
            }
            for (journal, count) in state.journals.sorted(by: { $0.key < $1.key }) {
                say("journal \(journal): \(count) entries")
            }
            for currency in state.settlement.currencies {
                for (account, balance) in state.settlement.balances(in: currency) {
                    say("\(account): \(balance) \(currency)")
                }
            }
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: chain.path)
        say("\(attributes[.size] as? Int ?? 0) bytes on the disk")
    }
}
