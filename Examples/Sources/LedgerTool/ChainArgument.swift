// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

/// The argument of every command that works on a chain file.
struct ChainArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The chain file.", valueName: "chain"))
    var path: String

    /// Opens the chain for `body`, and closes it.
    @discardableResult
    func open<Value>(_ body: (Chain) throws -> Value) throws -> Value {
        let opened = try Chain.open(at: URL(fileURLWithPath: path))
        let value = try body(opened)
        try opened.close()
        return value
    }
}
