// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a chain as one canonical file.")

    @OptionGroup var chain: ChainArgument

    @Argument(help: "The new file.")
    var out: String

    func run() throws {
        try chain.open { try $0.export(to: URL(fileURLWithPath: out)) }
        say(out)
    }
}

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a chain file from an exported chain or a snapshot, verifying all of it.")

    @Argument(help: "The exported chain or snapshot.")
    var file: String

    @Argument(help: "The new chain file.")
    var chain: String

    @Option(help: ArgumentHelp("The founding record that it must have.", valueName: "file"))
    var genesis: String?

    func run() throws {
        let source = try ChainSource(file, genesis: genesis)
        let target = URL(fileURLWithPath: chain)
        let made =
            source.isExport
            ? try Chain.import(source.url, to: target, genesis: source.genesis)
            : try Chain.restore(from: source.url, to: target, genesis: source.genesis)
        say("\(made.report)")
        try made.close()
    }
}

struct Snapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a copy of a chain file as it is now.")

    @OptionGroup var chain: ChainArgument

    @Argument(help: "The new file.")
    var out: String

    func run() throws {
        try chain.open { try $0.snapshot(to: URL(fileURLWithPath: out)) }
        say(out)
    }
}

struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drops the entries of all batches below a block; their roots stay.")

    @OptionGroup var chain: ChainArgument

    @Option(help: "The first block whose entries are kept.")
    var below: UInt64

    func run() throws {
        let count = try chain.open { try $0.prune(below: below) }
        say("\(count) batches pruned")
    }
}
