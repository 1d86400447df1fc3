// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct LedgerToolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "LedgerTool",
        abstract: "Makes, fills, verifies and proves chain files.",
        subcommands: [
            Keygen.self, Initialise.self, Submit.self, Verify.self, Prove.self,
            ReceiptCommand.self, Export.self, Import.self, Snapshot.self, Prune.self, Stats.self,
        ])
}
