// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

@Suite struct ExportTests {
    func exported(in folder: URL) throws -> (url: URL, report: ChainReport) {
        var network = try Network()
        let chain = try Chain.create(at: folder.appending(path: "chain"), genesis: network.genesis)
        try ChainTests.fill(chain, &network)
        let url = folder.appending(path: "export")
        try chain.export(to: url)
        expectError(.fileExists) { try chain.export(to: url) }
        let report = chain.report
        try chain.close()
        return (url, report)
    }

    @Test func importGivesTheSameChain() throws {
        try withTemporaryFolder { folder in
            let (url, report) = try exported(in: folder)
            #expect(try Chain.verify(export: url) == report)
            expectError(.wrongChain) {
                try Chain.verify(export: url, genesis: Network(banks: 4).genesis)
            }
            let copy = folder.appending(path: "copy")
            let chain = try Chain.import(url, to: copy)
            #expect(chain.report == report)
            let again = folder.appending(path: "again")
            try chain.export(to: again)
            try chain.close()
            #expect(try Data(contentsOf: again) == Data(contentsOf: url))
            #expect(try Chain.verify(file: copy) == report)
            expectError(.fileExists) { try Chain.import(url, to: copy) }
            #expect(try files(in: folder) == ["again", "chain", "copy", "export"])
        }
    }

    @Test func everyChangedByteIsDetected() throws {
        try withTemporaryFolder { folder in
            let bytes = Array(try Data(contentsOf: exported(in: folder).url))
            _ = try Chain.verifiedState(export: bytes)
            // Given the genesis, the members' signatures need not be checked each time.
            let genesis = try Network().genesis
            _ = try Chain.verifiedState(export: bytes, genesis: genesis)
            for offset in bytes.indices {
                var copy = bytes
                copy[offset] ^= UInt8(1 << (offset % 8))
                if (try? Chain.verifiedState(export: copy, genesis: genesis)) != nil {
                    Issue.record("byte \(offset) of \(bytes.count) is not covered")
                }
            }
        }
    }

    @Test func truncatedLongAndForeignFilesAreNamed() throws {
        try withTemporaryFolder { folder in
            let bytes = Array(try Data(contentsOf: exported(in: folder).url))
            for length in stride(from: 1, to: bytes.count, by: 13) {
                expectError(.truncatedFile, "\(length) bytes") {
                    try Chain.verifiedState(export: Array(bytes.prefix(length)))
                }
            }
            expectError(.truncatedFile) {
                try Chain.verifiedState(export: Array(bytes.dropLast()))
            }
            let error = expectError(.trailingBytes) {
                try Chain.verifiedState(export: bytes + [0, 0])
            }
            #expect(error?.message.contains("2 bytes") == true)
            for foreign in ["", "SQLite format 3", "swift-credit model 1\n"] {
                expectError(.foreignFile, foreign) {
                    try Chain.verifiedState(export: Array(foreign.utf8))
                }
            }
            let damaged = folder.appending(path: "damaged")
            var copy = bytes
            copy[bytes.count - 300] ^= 1
            try Data(copy).write(to: damaged)
            let refused = #expect(throws: LedgerError.self) {
                try Chain.import(damaged, to: folder.appending(path: "copy"))
            }
            #expect(refused?.height == 3)
            #expect(try files(in: folder) == ["chain", "damaged", "export"])
            expectError(.fileMissing) {
                try Chain.verify(export: folder.appending(path: "nothing"))
            }
        }
    }
}
