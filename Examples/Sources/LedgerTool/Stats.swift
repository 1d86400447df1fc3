// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verifies a chain file and says what is in it.")

    @Argument(help: "The chain file.")
    var chain: String

    func run() throws {
        let url = URL(fileURLWithPath: chain)
        let size = try FileManager.default.attributesOfItem(atPath: chain)[.size] as? Int ?? 0
        let opened = try Chain.open(at: url)
        let state = opened.state
        say("\(opened.report)")
        say("cycle \(state.cycle), view \(state.view), time \(state.timestamp) ms")
        say(
            "\(state.registry.banks.count) banks, \(state.registry.bureaus.count) bureaus, "
                + "\(state.registry.blockQuorum) votes make a block")
        var kinds: [Transaction.Kind: Int] = [:]
        for height in stride(from: UInt64(1), through: opened.height, by: 1) {
            guard let block = try opened.block(at: height) else { continue }
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
        say("\(size) bytes on the disk")
        try opened.close()
    }
}
