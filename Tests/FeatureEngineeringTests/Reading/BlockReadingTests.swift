// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

/// Blocks on several threads and records one after the other must give the same.
@Suite("PR4: reading in blocks")
struct BlockReadingTests {
    private let schema = TableSchema([
        .numeric("amount", in: -1e6...1e6, missing: ["", "NA"]),
        .categorical("bank", ["a", "b", "c d"], missing: ["?"]), .categorical("city"),
        .date("opened", missing: [""]), .text("note", missing: ["-"]), .skipped("skipped"),
        .numeric("score", missing: ["-999"]),
    ])

    private func record(_ generator: inout TestGenerator, mayBeWrong: Bool) -> String {
        func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator)! }
        let number = Double.random(in: -1e4...1e4, using: &generator)
        var fields = [
            pick(["", "NA", " NA ", "\(number)", " 12 ", "1e3", "-0.5", "\"7\"", "+3."]),
            pick(["a", "b", "c d", "?", "\"a\"", " b "]),
            pick(["Wien", "\"Sankt \"\"X\"\", Tal\"", "Graz", "Ä", "\"a\nb\"", "\"\r\n\""]),
            pick(["", "2020-02-29", " 1999-12-31 ", "\"2000-01-01\""]),
            pick(["-", "plain", "\"with, comma\"", "\"\"\"\"", " blanks ", ""]),
            pick(["1", "x", "\"\n\n\"", ""]), pick(["-999", "12.5", "0", "-998", "1e-30"]),
        ]
        if mayBeWrong, Int.random(in: 0..<60, using: &generator) == 0 {
            let place = Int.random(in: 0..<fields.count, using: &generator)
            fields[place] = pick(["wrong", "1,2", "a\"b", "\"open", "\"x\"y", "2020-13-01", "2e7"])
        }
        return fields.joined(separator: ",")
    }

    @Test(arguments: propertySeeds(40))
    func blocksGiveTheSameTableOrNone(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
        text += "amount,bank,city,opened,note,skipped,score\n"
        let mayBeWrong = Bool.random(using: &generator)
        for _ in 0..<Int.random(in: 0...40, using: &generator) {
            text += record(&generator, mayBeWrong: mayBeWrong)
            text += ["\n", "\n", "\r\n", "\r", "\n\n"].randomElement(using: &generator)!
        }
        if Bool.random(using: &generator) { text += record(&generator, mayBeWrong: false) }
        let bytes = Array(text.utf8)
        let expected = Result {
            try Table(csvBytes: bytes, schema: schema, name: "text", chunkByteCount: 1 << 10)
        }
        var blockwise = 0
        for block in [90, 150, 256, 1000, 1 << 14] {
            for threads in 1...3 {
                let table = try Table(
                    csvBytes: bytes, schema: schema, name: "text", blockByteCount: block,
                    threadCount: threads)
                guard let table else { continue }
                blockwise += 1
                #expect(try table == expected.get(), "blocks of \(block), \(threads) threads")
            }
        }
        let whole = Result { try Table(csvText: text, schema: schema) }
        switch (whole, expected) {
        case (.success(let a), .success(let b)):
            #expect(a == b)
            // The largest block holds everything, so it cannot have given up.
            #expect(blockwise > 0)
        case (.failure(let a), .failure(let b)):
            #expect(a as? FeatureError == b as? FeatureError)
            #expect(blockwise == 0)
        default: Issue.record("\(whole) is not \(expected)")
        }
    }

    @Test func manyRowsOverSeveralBlocksAndThreads() throws {
        // Line ends within quotes must not end a block.
        let rows = (0..<5000).map {
            "\($0),\($0 % 7 == 0 ? "" : "\(Double($0) / 3)"),\"l\r\n\n\($0 % 91)\""
        }
        let text = "id,x,level\n" + rows.joined(separator: "\r\n")
        let schema = TableSchema([
            .numeric("x", missing: [""]), .categorical("level"), .numeric("id"),
        ])
        for threads in 1...4 {
            let table = try #require(
                try Table(
                    csvBytes: Array(text.utf8), schema: schema, name: "f", blockByteCount: 4096,
                    threadCount: threads))
            #expect(try table[column: "id"].numbers == (0..<5000).map(Double.init))
            #expect(
                try table[column: "x"].numbers?.enumerated().allSatisfy {
                    $0 % 7 == 0 ? $1.isNaN : $1 == Double($0) / 3
                } == true)
            #expect(try table[column: "level"].texts == (0..<5000).map { "l\r\n\n\($0 % 91)" })
        }
    }

    @Test(arguments: [
        "2e7,a,x,,y,,1", "1,z,x,,y,,1", "1x,a,x,,y,,1", "1,a,x,2020-02-30,y,,1", "1,a,x,,y,,1,2",
        "1,a,x,,y,1", "1,a,x\"y,,y,,1", "1,a,\"x\"y,,y,,1", "1,a,x,,y,,\"1", "1,a,x,,y,,",
    ])
    func oneWrongRecordMakesBlocksGiveUp(record: String) throws {
        let good = "1,a,x,,y,,1\n"
        func table(_ last: String) throws -> Table? {
            let text = "amount,bank,city,opened,note,skipped,score\n" + good + last + "\n" + good
            return try Table(
                csvBytes: Array(text.utf8), schema: schema, name: "f", blockByteCount: 1 << 10,
                threadCount: 1)
        }
        #expect(try table("1,a,x,,y,,1")?.rowCount == 3)
        #expect(try table(record) == nil)
    }

    @Test func aRecordLargerThanABlockIsReadOneByOne() throws {
        let schema = TableSchema([.text("a"), .text("b")])
        let long = String(repeating: "x", count: 500)
        let bytes = Array("a,b\n1,\(long)\n2,y\n".utf8)
        #expect(
            try Table(
                csvBytes: bytes, schema: schema, name: "f", blockByteCount: 64, threadCount: 2)
                == nil)
        #expect(try Table(csvText: "a,b\n1,\(long)\n2,y\n", schema: schema).rowCount == 2)
    }

    @Test func aCancelledTaskStopsReading() async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data("a,b\n1,2\n".utf8).write(to: url)
        let schema = TableSchema([.numeric("a"), .numeric("b")])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try Table(csv: url, schema: schema)
        }
        let error = await #expect(throws: FeatureError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(try Table(csv: url, schema: schema).rowCount == 1)
    }
}
