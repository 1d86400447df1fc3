// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing

@Suite("PR4: reading reports every mebibyte and stops when asked")
struct ReadingProgressTests {
    /// A file of about 2.6 MiB.
    private func withFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
        let text = "a,b\n" + String(repeating: "1234567890.5,high\n", count: 150_000)
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }

    @Test
    func bothPassesAreSeen() throws {
        try withFile { url in
            var steps: [String] = []
            let table = try Table(csv: url) { progress in
                steps.append("\(progress.stage ?? "") \(progress.step)/\(progress.stepLimit)")
            }
            #expect(table.rowCount == 150_000)
            #expect(
                steps == [
                    "inferring the schema 1/3", "inferring the schema 2/3", "reading 1/3",
                    "reading 2/3",
                ])
        }
    }

    @Test
    func anObserverStopsIt() throws {
        try withFile { url in
            let error = #expect(throws: FeatureError.self) {
                try Table(csv: url, schema: TableSchema([.numeric("a"), .categorical("b")])) {
                    $0.stop()
                }
            }
            #expect(error?.code == .cancelled)
        }
    }
}
