// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Ledger

struct Keygen: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a private key; prints the public one.")

    @Argument(help: "The new key file; only its owner may read it.")
    var file: String

    func run() throws {
        say(hexadecimal(try KeyFile.create(at: file).publicIdentity.publicKey))
    }
}
