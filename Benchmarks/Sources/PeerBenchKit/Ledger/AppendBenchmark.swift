// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Ledger

/// `ledger.append`: n entries of 64 bytes onto a chain of one member on the disk, a thousand in a
/// block; each block is hashed, signed by the bureau, voted on by the bank and flushed.
struct AppendBenchmark: FeatureBenchmark {
    let name = "ledger.append"
    let sizes = ["100k"]
    let smallSize = "2k"
    private let entriesInBlock = 1_000
    private let entrySize = 64

    func workload(size: String, directory: String) throws -> Workload {
        let path = "\(directory)/ledger_entries_\(size).bin"
        let raw = try bytes(ofFile: path)
        guard raw.count == entrySize * itemCount(size) else {
            throw BenchmarkError(
                code: .data,
                message: "\(path) has \(raw.count) bytes, not \(entrySize * itemCount(size))")
        }
        let entries = stride(from: 0, to: raw.count, by: entrySize).map {
            Array(raw[$0..<$0 + entrySize])
        }
        let blocks = stride(from: 0, to: entries.count, by: entriesInBlock).map {
            Array(entries[$0..<min($0 + entriesInBlock, entries.count)])
        }
        let journal = try TemporaryJournal()
        var appended = 0
        return Workload {
            for block in blocks { try journal.append(block) }
            appended += entries.count
        } check: {
            let count = try journal.verifiedCount()
            guard count == appended else {
                throw BenchmarkError(
                    code: .wrongResult,
                    message: "\(name): \(count) entries on the disk, not \(appended)")
            }
            return ["entries": Double(entries.count), "blocks": Double(blocks.count)]
        }
    }
}

/// A chain of one member in a temporary folder, removed with this object.
private final class TemporaryJournal {
    private let folder: URL
    private let solo: SoloChain

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-append-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let bank = SigningIdentity.generate()
        let bureau = SigningIdentity.generate()
        let genesis = try Genesis(
            chainName: "append", banks: [bank], bureaus: [bureau], creationTime: 0)
        let chain = try Chain.create(at: folder.appending(path: "chain"), genesis: genesis)
        solo = try SoloChain(chain, bureau: bureau, bank: bank)
    }

    deinit {
        try? solo.chain.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func append(_ entries: [[UInt8]]) throws {
        try solo.append(entries: entries, to: "entries", now: 0)
    }

    func verifiedCount() throws -> Int {
        let report = try Chain.verify(file: folder.appending(path: "chain"))
        guard report.headHash == solo.chain.state.headHash else { return 0 }
        return Int(solo.chain.state.journals["entries"] ?? 0)
    }
}
