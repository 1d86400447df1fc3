// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The tests of the ledger that need an optimised build: `LedgerCampaign [PART...]`.
///
/// Prints a line for each group of runs; exits 1 and names the seeds where one fails.
@main enum LedgerCampaign {
    static func main() async throws {
        let names = CommandLine.arguments.dropFirst()
        let parts = names.isEmpty ? Part.allCases : names.compactMap { Part(rawValue: $0) }
        guard names.isEmpty || parts.count == names.count else {
            let known = Part.allCases.map { $0.rawValue }.joined(separator: " ")
            FileHandle.standardError.write(Data("usage: LedgerCampaign [\(known)]\n".utf8))
            exit(2)
        }
        var report = Report()
        for part in parts { await report.run(try part.groups()) }
        exit(report.hasFailed ? 1 : 0)
    }
}
