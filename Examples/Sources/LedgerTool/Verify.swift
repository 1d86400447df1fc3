// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Ledger

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verifies a chain file or an exported chain, without keys.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("The founding record that it must have.", valueName: "file"))
    var genesis: String?

    func run() throws {
        let source = try ChainSource(file, genesis: genesis)
        let report =
            source.isExport
            ? try Chain.verify(export: source.url, genesis: source.genesis)
            : try Chain.verify(file: source.url, genesis: source.genesis)
        say("\(report)")
    }
}
