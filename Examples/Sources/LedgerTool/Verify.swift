// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verifies a chain file or an exported chain, without keys.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("The founding record that it must have.", valueName: "file"))
    var genesis: String?

    func run() throws {
        let url = URL(fileURLWithPath: file)
        let record = try LedgerTool.genesis(at: genesis)
        let start = try FileHandle(forReadingFrom: url).read(upToCount: 12) ?? Data()
        let report =
            start == Data("swift-credit".utf8)
            ? try Chain.verify(export: url, genesis: record)
            : try Chain.verify(file: url, genesis: record)
        say("\(report)")
    }
}
