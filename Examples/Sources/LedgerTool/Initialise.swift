// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Initialise: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Founds a chain; prints its id.")

    @Argument(help: "The new chain file.")
    var chain: String

    @Option(help: "The chain's name.")
    var name = "chain"

    @Option(help: ArgumentHelp("A bank's key; give it for each bank.", valueName: "key"))
    var bank: [String]

    @Option(help: ArgumentHelp("A bureau's key; give it for each bureau.", valueName: "key"))
    var bureau: [String]

    @Option(help: ArgumentHelp("A user's key; give it for each user.", valueName: "key"))
    var user: [String] = []

    @Flag(help: "A quorum that is safe with a third of the banks malicious.")
    var bft = false

    @Option(help: "How many blocks a cycle has.")
    var cycleLength: UInt64 = 1_000

    @Option(help: ArgumentHelp("Where the founding record goes.", valueName: "file"))
    var genesis: String?

    func run() throws {
        var members: [Member] = []
        for (role, title, files) in [
            (Role.bank, "bank", bank), (.bureau, "bureau", bureau), (.user, "user", user),
        ] {
            for (index, file) in files.enumerated() {
                members.append(
                    try Member(
                        name: "\(title) \(index + 1)", role: role, identity: KeyFile.read(file),
                        chainName: name))
            }
        }
        let record = try Genesis(
            chainName: name, members: members, quorum: bft ? .bft : .majority,
            cycleLength: cycleLength, creationTime: currentTime())
        let made = try Chain.create(at: URL(fileURLWithPath: chain), genesis: record)
        try made.close()
        if let genesis { try writeNew(record.canonicalBytes, to: genesis) }
        say("\(record.chainID)")
    }
}
