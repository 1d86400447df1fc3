// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a chain as one canonical file.")

    @Argument(help: "The chain file.")
    var chain: String

    @Argument(help: "The new file.")
    var out: String

    func run() throws {
        let chain = try Chain.open(at: URL(fileURLWithPath: chain))
        try chain.export(to: URL(fileURLWithPath: out))
        try chain.close()
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
        let source = URL(fileURLWithPath: file)
        let target = URL(fileURLWithPath: chain)
        let record = try LedgerTool.genesis(at: genesis)
        let start = try FileHandle(forReadingFrom: source).read(upToCount: 12) ?? Data()
        let made =
            start == Data("swift-credit".utf8)
            ? try Chain.import(source, to: target, genesis: record)
            : try Chain.restore(from: source, to: target, genesis: record)
        say("\(made.report)")
        try made.close()
    }
}

struct Snapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a copy of a chain file as it is now.")

    @Argument(help: "The chain file.")
    var chain: String

    @Argument(help: "The new file.")
    var out: String

    func run() throws {
        let chain = try Chain.open(at: URL(fileURLWithPath: chain))
        try chain.snapshot(to: URL(fileURLWithPath: out))
        try chain.close()
        say(out)
    }
}

struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drops the entries of all batches below a block; their roots stay.")

    @Argument(help: "The chain file.")
    var chain: String

    @Option(help: "The first block whose entries are kept.")
    var below: UInt64

    func run() throws {
        let chain = try Chain.open(at: URL(fileURLWithPath: chain))
        let count = try chain.prune(below: below)
        try chain.close()
        say("\(count) batches pruned")
    }
}
