// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing
import _ExampleTestSupport

/// Every command on small chains.
@Suite struct CommandTests {
    private let digest = String(repeating: "ab", count: 32)

    @Test func `From keys to a receipt that is checked without the chain`() throws {
        try Tool.scene { tool in
            let id = try tool.expect(
                "init", "chain", "--bank", "a", "--bank", "c", "--bureau", "b", "--genesis", "g")
            #expect(id.count == 64)
            let makers = ["chain", "--bureau", "b", "--bank", "a", "--bank", "c"]
            func submit(_ kind: String, _ more: String...) throws -> String {
                try tool.expect(["submit", kind] + makers + more)
            }
            let proposal = try submit(
                "score", "--borrower", digest, "--score", "712", "--model", digest, "--inputs",
                digest)
            let refused = try tool("prove", "chain", "receipt", "--proposal", proposal)
            #expect(refused.status == 1 && refused.text.contains("scoreNotAccepted"))
            for bank in ["a", "c"] {
                _ = try submit("vote", "--voter", bank, "--proposal", proposal)
            }
            _ = try submit("model", "--digest", digest, "--name", "logit", "--version", "1")
            try tool.expect("prove", "chain", "receipt", "--proposal", proposal)
            let checked = try tool("receipt", "check", "receipt", "--genesis", "g")
            #expect(checked.status == 0 && checked.text.contains("score 712"))
            #expect(try tool("verify", "chain", "--genesis", "g").text.contains("4 blocks"))
            let stats = try tool("stats", "chain").text
            for line in ["scoreProposal: 1", "scoreVote: 2", "modelRecord: 1", "2 banks"] {
                #expect(stats.contains(line), "\(stats)")
            }
            // One bank of two is no quorum.
            let alone = try tool(
                "submit", "model", "chain", "--bureau", "b", "--bank", "a", "--digest", digest,
                "--name", "n", "--version", "1")
            #expect(alone.status == 1 && alone.text.contains("quorumNotReached"))
        }
    }

    @Test func `Entries are exported, imported, pruned and proved`() throws {
        try Tool.scene { tool in
            try tool.expect("init", "chain", "--bank", "a", "--bureau", "b", "--genesis", "g")
            let lines = (0..<10).map { "line \($0)" }.joined(separator: "\n")
            try Data(lines.utf8).write(to: tool.folder.appending(path: "lines"))
            let submitted = try tool(
                "submit", "entries", "chain", "lines", "--bureau", "b", "--bank", "a", "--batch",
                "4")
            #expect(submitted.text.hasSuffix("block 3 entries 2\n"), "\(submitted.text)")
            try tool.expect("prove", "chain", "proof", "--block", "2", "--entry", "1")
            let checked = try tool("receipt", "check", "proof", "--genesis", "g")
            let hexadecimal = "line 5".utf8.map { String($0, radix: 16) }.joined()
            #expect(checked.text.contains(hexadecimal), "\(checked.text)")
            try tool.expect("snapshot", "chain", "snapshot")
            #expect(try tool.expect("prune", "chain", "--below", "3") == "pruned")
            try tool.expect("export", "chain", "export")
            let report = try tool("verify", "chain").text
            #expect(report.contains("pruned below 3"))
            #expect(try tool("verify", "export").text == report)
            #expect(try tool("import", "export", "copy").text == report)
            #expect(try tool("import", "snapshot", "old").text.contains("3 blocks"))
            #expect(try tool("prove", "chain", "late", "--block", "1").text.contains("prunedBelow"))
            #expect(try tool("prove", "old", "early", "--block", "1").status == 0)
        }
    }

    @Test func `Errors name what is wrong and change nothing`() throws {
        try Tool.scene { tool in
            #expect(try tool("keygen", "a").status != 0)
            #expect(try tool("verify", "nothing").status == 1)
            try Data("no key".utf8).write(to: tool.folder.appending(path: "k"))
            #expect(try tool("init", "chain", "--bank", "k", "--bureau", "b").text.contains("key"))
            try tool.expect("init", "chain", "--bank", "a", "--bureau", "b")
            let again = try tool("init", "chain", "--bank", "a", "--bureau", "b")
            #expect(again.status == 1 && again.text.contains("fileExists"))
            var bytes = try Data(contentsOf: tool.folder.appending(path: "chain"))
            bytes[5_000] ^= 1
            try bytes.write(to: tool.folder.appending(path: "damaged"))
            let key = try FileManager.default.attributesOfItem(atPath: tool.path("a"))
            #expect(key[.posixPermissions] as? Int == 0o600)
            let help = try tool("--help").text
            for command in ["keygen", "init", "submit", "verify", "prove", "receipt", "export"] {
                #expect(help.contains(command))
            }
        }
    }
}
